using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CallCenterKit.Media.Srtp;

/// <summary>AES in counter mode with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1).</summary>
internal sealed class AesCmCipher : SrtpCipher
{
    private const int RtcpTagSize = 10;                       // also of the suite whose RTP tag has 32 bits (RFC 4568 §6.2.2)

    private readonly int _rtpTagSize;
    private readonly AesCmKeystream _rtpStream;
    private readonly AesCmKeystream _rtcpStream;
    private readonly IncrementalHash _rtpHash;
    private readonly IncrementalHash _rtcpHash;

    public AesCmCipher(SrtpSessionKeys rtp, SrtpSessionKeys rtcp, int rtpTagSize)
    {
        _rtpTagSize = rtpTagSize;
        _rtpStream = new AesCmKeystream(rtp.Encryption, rtp.Salt);
        _rtcpStream = new AesCmKeystream(rtcp.Encryption, rtcp.Salt);
        _rtpHash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, rtp.Authentication);
        _rtcpHash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, rtcp.Authentication);
    }

    public override int RtpTagAtEnd => _rtpTagSize;

    public override int RtcpTagAtEnd => RtcpTagSize;

    public override int ProtectRtp(ReadOnlySpan<byte> packet, int headerSize, long index, Span<byte> output)
    {
        packet[..headerSize].CopyTo(output);
        _rtpStream.Apply(BinaryPrimitives.ReadUInt32BigEndian(packet[8..]), index, packet[headerSize..], output[headerSize..packet.Length]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        HashRtp(output[..packet.Length], index, hash);
        hash[.._rtpTagSize].CopyTo(output[packet.Length..]);
        return packet.Length + _rtpTagSize;
    }

    public override bool TryUnprotectRtp(Span<byte> packet, int headerSize, long index, out int length)
    {
        length = packet.Length - _rtpTagSize;
        if (length < headerSize)
            return false;
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        HashRtp(packet[..length], index, hash);
        if (!CryptographicOperations.FixedTimeEquals(hash[.._rtpTagSize], packet[length..]))
            return false;
        var payload = packet[headerSize..length];
        _rtpStream.Apply(BinaryPrimitives.ReadUInt32BigEndian(packet[8..]), index, payload, payload);
        return true;
    }

    public override int ProtectRtcp(Span<byte> buffer, int length, uint index)
    {
        var body = buffer[RtcpHeaderSize..length];
        _rtcpStream.Apply(BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]), index, body, body);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[length..], EncryptedFlag | index);
        var authenticated = length + RtcpIndexSize;
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        HashRtcp(buffer[..authenticated], hash);
        hash[..RtcpTagSize].CopyTo(buffer[authenticated..]);
        return authenticated + RtcpTagSize;
    }

    public override bool TryReadRtcpIndex(ReadOnlySpan<byte> packet, out uint word)
    {
        word = 0;
        var at = packet.Length - RtcpTagSize - RtcpIndexSize;
        return at >= RtcpHeaderSize && BinaryPrimitives.TryReadUInt32BigEndian(packet[at..], out word);
    }

    public override bool TryUnprotectRtcp(Span<byte> packet, out int length)
    {
        var authenticated = packet.Length - RtcpTagSize;
        length = authenticated - RtcpIndexSize;
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        HashRtcp(packet[..authenticated], hash);
        if (!CryptographicOperations.FixedTimeEquals(hash[..RtcpTagSize], packet[authenticated..]))
            return false;
        var index = BinaryPrimitives.ReadUInt32BigEndian(packet[length..]) & ~EncryptedFlag;
        var body = packet[RtcpHeaderSize..length];
        _rtcpStream.Apply(BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), index, body, body);
        return true;
    }

    public override void Dispose()
    {
        _rtpStream.Dispose();
        _rtcpStream.Dispose();
        _rtpHash.Dispose();
        _rtcpHash.Dispose();
    }

    // The packet and behind it the rollover counter, which is not sent (RFC 3711 §4.2).
    private void HashRtp(ReadOnlySpan<byte> packet, long index, Span<byte> hash)
    {
        Span<byte> rollover = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(rollover, (uint)(index >> 16));
        _rtpHash.AppendData(packet);
        _rtpHash.AppendData(rollover);
        _rtpHash.GetHashAndReset(hash);
    }

    private void HashRtcp(ReadOnlySpan<byte> packetAndIndex, Span<byte> hash)
    {
        _rtcpHash.AppendData(packetAndIndex);
        _rtcpHash.GetHashAndReset(hash);
    }
}

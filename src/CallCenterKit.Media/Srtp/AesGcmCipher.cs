using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CallCenterKit.Media.Srtp;

/// <summary>AES in Galois/counter mode, which encrypts and authenticates at once (RFC 7714).</summary>
internal sealed class AesGcmCipher(SrtpSessionKeys rtp, SrtpSessionKeys rtcp) : SrtpCipher
{
    public const int TagSize = 16;

    private const int NonceSize = 12;

    private readonly AesGcm _rtp = new(rtp.Encryption, TagSize);
    private readonly AesGcm _rtcp = new(rtcp.Encryption, TagSize);

    // The tag counts as the end of the encrypted part: an MKI and the index of RTCP follow it (RFC 7714 §8.2, §9.2).
    public override int RtpTagAtEnd => 0;

    public override int RtcpTagAtEnd => 0;

    public override int ProtectRtp(ReadOnlySpan<byte> packet, int headerSize, long index, Span<byte> output)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        WriteNonce(rtp.Salt, BinaryPrimitives.ReadUInt32BigEndian(packet[8..]), index, nonce);
        var header = packet[..headerSize];
        header.CopyTo(output);
        _rtp.Encrypt(nonce, packet[headerSize..], output[headerSize..packet.Length], output.Slice(packet.Length, TagSize), header);
        return packet.Length + TagSize;
    }

    public override bool TryUnprotectRtp(Span<byte> packet, int headerSize, long index, out int length)
    {
        length = packet.Length - TagSize;
        if (length < headerSize)
            return false;
        Span<byte> nonce = stackalloc byte[NonceSize];
        WriteNonce(rtp.Salt, BinaryPrimitives.ReadUInt32BigEndian(packet[8..]), index, nonce);
        return TryDecrypt(_rtp, nonce, packet[headerSize..length], packet[length..], packet[..headerSize]);
    }

    public override int ProtectRtcp(Span<byte> buffer, int length, uint index)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        Span<byte> associated = stackalloc byte[RtcpHeaderSize + RtcpIndexSize];
        WriteNonce(rtcp.Salt, BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]), index, nonce);
        WriteAssociated(buffer, EncryptedFlag | index, associated);
        var body = buffer[RtcpHeaderSize..length];
        _rtcp.Encrypt(nonce, body, body, buffer.Slice(length, TagSize), associated);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[(length + TagSize)..], EncryptedFlag | index);
        return length + TagSize + RtcpIndexSize;
    }

    public override bool TryReadRtcpIndex(ReadOnlySpan<byte> packet, out uint word)
    {
        word = 0;
        return packet.Length >= RtcpHeaderSize + TagSize + RtcpIndexSize
            && BinaryPrimitives.TryReadUInt32BigEndian(packet[^RtcpIndexSize..], out word);
    }

    public override bool TryUnprotectRtcp(Span<byte> packet, out int length)
    {
        var word = BinaryPrimitives.ReadUInt32BigEndian(packet[^RtcpIndexSize..]);
        length = packet.Length - TagSize - RtcpIndexSize;
        Span<byte> nonce = stackalloc byte[NonceSize];
        Span<byte> associated = stackalloc byte[RtcpHeaderSize + RtcpIndexSize];
        WriteNonce(rtcp.Salt, BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), word & ~EncryptedFlag, nonce);
        WriteAssociated(packet, word, associated);
        return TryDecrypt(_rtcp, nonce, packet[RtcpHeaderSize..length], packet.Slice(length, TagSize), associated);
    }

    public override void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    // Two zero bytes, SSRC and index, XOR salt (RFC 7714 §8.1, §9.1). An index of RTCP has 31 bits, so zeros stand before it.
    private static void WriteNonce(ReadOnlySpan<byte> salt, uint ssrc, long index, Span<byte> nonce)
    {
        nonce[0] = nonce[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(nonce[2..], ssrc);
        BinaryPrimitives.WriteUInt16BigEndian(nonce[6..], (ushort)(index >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(nonce[8..], (uint)index);
        for (var i = 0; i < NonceSize; i++)
            nonce[i] ^= salt[i];
    }

    // What is authenticated but readable: the header and the index that stands at the end (RFC 7714 §9.2).
    private static void WriteAssociated(ReadOnlySpan<byte> packet, uint indexWord, Span<byte> associated)
    {
        packet[..RtcpHeaderSize].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[RtcpHeaderSize..], indexWord);
    }

    // The platform tells a forgery by an exception only. Forgers are few: packets from elsewhere than the party are not tried.
    private static bool TryDecrypt(AesGcm cipher, ReadOnlySpan<byte> nonce, Span<byte> text, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated)
    {
        try
        {
            cipher.Decrypt(nonce, text, tag, text, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}

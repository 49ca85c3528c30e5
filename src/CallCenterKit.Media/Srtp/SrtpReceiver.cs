using System.Buffers.Binary;
using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Srtp;

/// <summary>Makes what a party sends readable, and tells what it did not send (RFC 3711 §3.3, §3.4).</summary>
internal sealed class SrtpReceiver(SrtpKey key) : IDisposable
{
    private readonly SrtpCipher _cipher = SrtpCipher.Create(key);
    private readonly SrtpStreams _rtp = new();
    private readonly SrtpStreams _rtcp = new();

    public SrtpKey Key => key;

    /// <summary>Makes an RTP packet readable where it lies.</summary>
    /// <param name="packet">A datagram, whatever it holds; changed in any case.</param>
    /// <param name="length">Bytes of the readable packet.</param>
    public SrtpVerdict UnprotectRtp(Span<byte> packet, out int length)
    {
        length = 0;
        if (!TryStripIdentifier(ref packet, _cipher.RtpTagAtEnd) || !RtpHeader.TryMeasure(packet, out var headerSize))
            return SrtpVerdict.NotAuthentic;
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        var window = _rtp.Find(ssrc);
        var index = window.IndexOf(BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
        if (!window.IsFresh(index))
            return SrtpVerdict.Replayed;
        if (!_cipher.TryUnprotectRtp(packet, headerSize, index, out length))
            return SrtpVerdict.NotAuthentic;
        _rtp.Keep(ssrc, window.With(index));
        return SrtpVerdict.Authentic;
    }

    /// <summary>Makes a compound RTCP packet readable where it lies.</summary>
    /// <param name="packet">A datagram, whatever it holds; changed in any case.</param>
    /// <param name="length">Bytes of the readable packet.</param>
    /// <remarks>Unencrypted RTCP is not taken: we agree to no session that has it (UNENCRYPTED_SRTCP, RFC 4568 §6.3.2).</remarks>
    public SrtpVerdict UnprotectRtcp(Span<byte> packet, out int length)
    {
        length = 0;
        if (!TryStripIdentifier(ref packet, _cipher.RtcpTagAtEnd)
            || !_cipher.TryReadRtcpIndex(packet, out var word)
            || (word & SrtpCipher.EncryptedFlag) == 0)
        {
            return SrtpVerdict.NotAuthentic;
        }

        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        var index = word & ~SrtpCipher.EncryptedFlag;
        var window = _rtcp.Find(ssrc);
        if (!window.IsFresh(index))
            return SrtpVerdict.Replayed;
        if (!_cipher.TryUnprotectRtcp(packet, out length))
            return SrtpVerdict.NotAuthentic;
        _rtcp.Keep(ssrc, window.With(index));
        return SrtpVerdict.Authentic;
    }

    public void Dispose() => _cipher.Dispose();

    // The MKI stands between what is authenticated and the tag, or last where the tag is part of the text (RFC 3711 §3.1).
    private bool TryStripIdentifier(ref Span<byte> packet, int tagAtEnd)
    {
        var size = key.Identifier.Length;
        if (size == 0)
            return true;
        var at = packet.Length - tagAtEnd - size;
        if (at < 0 || !packet.Slice(at, size).SequenceEqual(key.Identifier))
            return false;
        packet[^tagAtEnd..].CopyTo(packet[at..]);
        packet = packet[..^size];
        return true;
    }
}

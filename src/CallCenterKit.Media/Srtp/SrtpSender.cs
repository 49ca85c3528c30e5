using System.Buffers.Binary;
using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Srtp;

/// <summary>Encrypts and authenticates what a leg sends (RFC 3711 §3.3, §3.4).</summary>
internal sealed class SrtpSender(SrtpKey key) : IDisposable
{
    private readonly SrtpCipher _cipher = SrtpCipher.Create(key);
    private ReplayWindow _sent;
    private uint _ssrc;
    private uint _rtcpIndex;

    public SrtpKey Key => key;

    /// <summary>Protects an RTP packet.</summary>
    /// <param name="packet">A whole packet, which stays as it is. An SSRC of the past does not come back.</param>
    /// <param name="output">Apart from the packet; <see cref="SrtpCipher.MaxGrowth"/> longer than it.</param>
    /// <param name="length">Bytes of output.</param>
    /// <returns>
    /// False for a packet that may not be sent: its number was used before, as that of a duplicate a peer sent. Two texts
    /// under one number would give both away, and with GCM the key that authenticates.
    /// </returns>
    public bool TryProtectRtp(ReadOnlySpan<byte> packet, Span<byte> output, out int length)
    {
        length = 0;
        if (!RtpHeader.TryMeasure(packet, out var headerSize))
            return false;
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        if (ssrc != _ssrc)
            (_ssrc, _sent) = (ssrc, default);
        var index = _sent.IndexOf(BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
        if (!_sent.IsFresh(index))
            return false;
        _sent = _sent.With(index);
        length = _cipher.ProtectRtp(packet, headerSize, index, output);
        return true;
    }

    /// <summary>Protects a compound RTCP packet where it lies.</summary>
    /// <param name="buffer">Holds the packet and has room for <see cref="SrtpCipher.MaxGrowth"/> bytes more.</param>
    /// <param name="length">Bytes of the packet.</param>
    /// <returns>Bytes of the protected packet.</returns>
    public int ProtectRtcp(Span<byte> buffer, int length) => _cipher.ProtectRtcp(buffer, length, _rtcpIndex++);

    public void Dispose() => _cipher.Dispose();
}

using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Engine;

/// <summary>A received RTP packet where it lies.</summary>
internal readonly ref struct InboundPacket(Span<byte> datagram, int payloadStart, int payloadLength, RtpHeader header, long at)
{
    public Span<byte> Datagram { get; } = datagram;

    public int PayloadStart { get; } = payloadStart;

    public int PayloadLength { get; } = payloadLength;

    public RtpHeader Header { get; } = header;

    /// <summary>When it came.</summary>
    public long At { get; } = at;

    public ReadOnlySpan<byte> Payload => Datagram.Slice(PayloadStart, PayloadLength);
}

using System.Buffers.Binary;

namespace CallCenterKit.Media.Rtp;

/// <summary>One packet of a compound packet; asks for things that are not in it are answered with false.</summary>
public readonly ref struct RtcpPacket
{
    private const int SsrcSize = 4;
    private const byte CanonicalNameItem = 1;

    private readonly ReadOnlySpan<byte> _body;
    private readonly int _count;

    internal RtcpPacket(RtcpPacketType type, int count, ReadOnlySpan<byte> body)
    {
        Type = type;
        _count = count;
        _body = body;
    }

    /// <summary>Its kind; a number without a name for those not known here.</summary>
    public RtcpPacketType Type { get; }

    /// <summary>The source a report comes from, the first that a description names, or the first that leaves.</summary>
    /// <param name="ssrc">Names the source.</param>
    public bool TryReadSource(out uint ssrc)
    {
        var isThere = _body.Length >= SsrcSize && (IsReport || (IsKnown && _count > 0));
        ssrc = isThere ? BinaryPrimitives.ReadUInt32BigEndian(_body) : 0;
        return isThere;
    }

    /// <summary>What the source says it sent; only in a sender report.</summary>
    /// <param name="info">The figures.</param>
    public bool TryReadSenderInfo(out RtcpSenderInfo info)
    {
        var isThere = Type == RtcpPacketType.SenderReport && _body.Length >= SsrcSize + RtcpSenderInfo.Size;
        info = isThere ? RtcpSenderInfo.Read(_body[SsrcSize..]) : default;
        return isThere;
    }

    /// <summary>What the source says it received; only in reports.</summary>
    /// <param name="index">From 0 on, until false is returned.</param>
    /// <param name="block">The figures.</param>
    public bool TryReadReportBlock(int index, out RtcpReportBlock block)
    {
        block = default;
        if (!IsReport || (uint)index >= (uint)_count)
            return false;
        var start = SsrcSize + (Type == RtcpPacketType.SenderReport ? RtcpSenderInfo.Size : 0) + (index * RtcpReportBlock.Size);
        if (_body.Length < start + RtcpReportBlock.Size)
            return false;
        block = RtcpReportBlock.Read(_body[start..]);
        return true;
    }

    /// <summary>The canonical name of the first source a description names.</summary>
    /// <param name="name">UTF-8, at most 255 bytes.</param>
    public bool TryReadCanonicalName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (Type != RtcpPacketType.SourceDescription || _count == 0 || _body.Length < SsrcSize)
            return false;
        for (var items = _body[SsrcSize..]; items.Length >= 2 && items[0] != 0; items = items[(2 + items[1])..])
        {
            if (items.Length < 2 + items[1])
                return false;
            if (items[0] == CanonicalNameItem)
            {
                name = items.Slice(2, items[1]);
                return true;
            }
        }

        return false;
    }

    private bool IsReport => Type is RtcpPacketType.SenderReport or RtcpPacketType.ReceiverReport;

    private bool IsKnown => Type is RtcpPacketType.SourceDescription or RtcpPacketType.Goodbye;
}

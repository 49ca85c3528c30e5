using System.Buffers.Binary;

namespace CallCenterKit.Media.Rtp;

/// <summary>What a receiver says about one source (RFC 3550 §6.4.1).</summary>
/// <param name="Ssrc">The source.</param>
/// <param name="FractionLost">Packets lost since the report before, in 1/256 of those expected.</param>
/// <param name="CumulativeLost">Packets lost since the beginning, -8,388,608 to 8,388,607; below 0 when packets were doubled.</param>
/// <param name="HighestSequence">The highest sequence number received, with the count of wraps in the upper half.</param>
/// <param name="Jitter">In ticks of the RTP clock.</param>
/// <param name="LastSenderReport">The middle of the source's last report; 0 before the first.</param>
/// <param name="DelaySinceLastSenderReport">From its arrival to this report, in 1/65,536 s.</param>
public readonly record struct RtcpReportBlock(
    uint Ssrc,
    byte FractionLost,
    int CumulativeLost,
    uint HighestSequence,
    uint Jitter,
    uint LastSenderReport,
    uint DelaySinceLastSenderReport)
{
    internal const int Size = 24;

    /// <summary>The way to the receiver and back; null if it has not seen a report of ours (RFC 3550 §6.4.1).</summary>
    /// <param name="arrival">Of this block, on the clock our reports carry.</param>
    public TimeSpan? RoundTrip(NtpTimestamp arrival)
    {
        if (LastSenderReport == 0)
            return null;
        var units = (int)(arrival.Middle - LastSenderReport - DelaySinceLastSenderReport);
        return TimeSpan.FromSeconds(Math.Max(units, 0) / 65536.0);
    }

    internal static RtcpReportBlock Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32BigEndian(bytes),
        bytes[4],
        BinaryPrimitives.ReadInt32BigEndian(bytes[4..]) << 8 >> 8,
        BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]));

    internal void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], ((uint)FractionLost << 24) | ((uint)CumulativeLost & 0xFFFFFF));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[20..], DelaySinceLastSenderReport);
    }
}

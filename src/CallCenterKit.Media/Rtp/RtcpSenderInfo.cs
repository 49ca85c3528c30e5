using System.Buffers.Binary;

namespace CallCenterKit.Media.Rtp;

/// <summary>What a source says it sent (RFC 3550 §6.4.1).</summary>
/// <param name="Ntp">Wall time of the report.</param>
/// <param name="RtpTimestamp">The same moment on the stream's clock.</param>
/// <param name="PacketCount">Packets sent since the source began.</param>
/// <param name="OctetCount">Payload bytes sent since the source began.</param>
public readonly record struct RtcpSenderInfo(NtpTimestamp Ntp, uint RtpTimestamp, uint PacketCount, uint OctetCount)
{
    internal const int Size = 20;

    internal static RtcpSenderInfo Read(ReadOnlySpan<byte> bytes) => new(
        new NtpTimestamp(BinaryPrimitives.ReadUInt64BigEndian(bytes)),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]));

    internal void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Ntp.Value);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], PacketCount);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], OctetCount);
    }
}

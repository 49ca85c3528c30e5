using System.Buffers.Binary;

namespace CallCenterKit.Media.Rtp;

/// <summary>The fixed header of an RTP packet (RFC 3550 §5.1).</summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Marker">For audio: the first packet after silence (RFC 3551 §4.1); for events: the first of an event.</param>
/// <param name="SequenceNumber">One more per packet sent; wraps.</param>
/// <param name="Timestamp">Ticks of the format's RTP clock at the first sample; wraps.</param>
/// <param name="Ssrc">Names the source within the session.</param>
public readonly record struct RtpHeader(byte PayloadType, bool Marker, ushort SequenceNumber, uint Timestamp, uint Ssrc)
{
    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public const int Size = 12;

    private const int Version2 = 0x80;
    private const int PaddingBit = 0x20;
    private const int ExtensionBit = 0x10;

    /// <summary>Reads a packet; contributing sources, a header extension and padding are skipped.</summary>
    /// <param name="packet">One datagram, whatever it holds.</param>
    /// <param name="header">The fixed fields.</param>
    /// <param name="payload">The part of <paramref name="packet"/> between headers and padding; may be empty.</param>
    /// <returns>False if it is not a whole packet of version 2.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out RtpHeader header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        if (!TryMeasure(packet, out var start) || !TryFindEnd(packet, start, out var end))
            return false;

        header = new RtpHeader(
            (byte)(packet[1] & 0x7F),
            (packet[1] & 0x80) != 0,
            BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[8..]));
        payload = packet[start..end];
        return true;
    }

    /// <summary>Writes the fixed header; the payload goes behind it.</summary>
    /// <param name="packet">At least <see cref="Size"/> bytes.</param>
    /// <returns><see cref="Size"/>.</returns>
    public int Write(Span<byte> packet)
    {
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], Timestamp);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], SequenceNumber);
        packet[1] = (byte)((Marker ? 0x80 : 0) | (PayloadType & 0x7F));
        packet[0] = Version2;
        return Size;
    }

    /// <summary>Tells how long the headers are: fixed one, contributing sources and extension. Padding is not looked at, it may be encrypted.</summary>
    /// <returns>False if it is not a packet of version 2 with whole headers.</returns>
    internal static bool TryMeasure(ReadOnlySpan<byte> packet, out int headerSize)
    {
        headerSize = 0;
        if (packet.Length < Size || (packet[0] & 0xC0) != Version2)
            return false;
        headerSize = Size + (4 * (packet[0] & 0x0F));
        if ((packet[0] & ExtensionBit) != 0)
        {
            if (packet.Length < headerSize + 4)
                return false;
            headerSize += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(headerSize + 2)..]));
        }

        return headerSize <= packet.Length;
    }

    private static bool TryFindEnd(ReadOnlySpan<byte> packet, int start, out int end)
    {
        end = packet.Length;
        if ((packet[0] & PaddingBit) != 0)
        {
            if (packet[^1] == 0)
                return false;                                 // the count includes itself
            end -= packet[^1];
        }

        return start <= end;
    }
}

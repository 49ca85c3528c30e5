using System.Buffers.Binary;

namespace CallCenterKit.Testing;

/// <summary>The header of an RTP packet (RFC 3550 §5.1), read and written by a few lines of its own on purpose.</summary>
internal readonly record struct RtpPacket(int PayloadType, bool Marker, ushort Sequence, uint Timestamp, uint Ssrc)
{
    public const int HeaderBytes = 12;

    public static bool TryRead(ReadOnlySpan<byte> datagram, out RtpPacket packet, out ReadOnlySpan<byte> payload)
    {
        packet = default;
        payload = default;
        if (datagram.Length < HeaderBytes || datagram[0] >> 6 != 2)
            return false;
        var start = HeaderBytes + (4 * (datagram[0] & 15));
        if ((datagram[0] & 0x10) != 0 && datagram.Length >= start + 4)
            start += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(datagram[(start + 2)..]));
        var end = datagram.Length - ((datagram[0] & 0x20) != 0 ? datagram[^1] : 0);
        if (start > end)
            return false;
        packet = new RtpPacket(
            datagram[1] & 127,
            (datagram[1] & 128) != 0,
            BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]));
        payload = datagram[start..end];
        return true;
    }

    public void Write(Span<byte> datagram)
    {
        datagram[0] = 0x80;
        datagram[1] = (byte)(PayloadType | (Marker ? 128 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[8..], Ssrc);
    }
}

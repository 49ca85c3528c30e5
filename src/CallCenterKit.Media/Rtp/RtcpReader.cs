using System.Buffers.Binary;

namespace CallCenterKit.Media.Rtp;

/// <summary>Goes through the packets of a datagram (RFC 3550 §6.1). Never allocates.</summary>
/// <param name="datagram">Whatever arrived.</param>
public ref struct RtcpReader(ReadOnlySpan<byte> datagram)
{
    private const int HeaderSize = 4;
    private const int PaddingBit = 0x20;

    private ReadOnlySpan<byte> _rest = datagram;

    /// <summary>Tells RTCP from RTP on a shared port by the second byte (RFC 5761 §4).</summary>
    /// <param name="datagram">Whatever arrived.</param>
    public static bool IsRtcp(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= HeaderSize && (datagram[0] & 0xC0) == 0x80 && datagram[1] is >= 192 and <= 223;

    /// <summary>Reads the next packet, of a known kind or not.</summary>
    /// <param name="packet">Valid as long as the datagram.</param>
    /// <returns>False at the end, and where the rest is malformed.</returns>
    public bool TryRead(out RtcpPacket packet)
    {
        packet = default;
        if (!IsRtcp(_rest))
            return false;
        var size = 4 * (BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) + 1);
        if (size > _rest.Length)
            return false;

        var bytes = _rest[..size];
        _rest = _rest[size..];
        var padding = (bytes[0] & PaddingBit) != 0 ? bytes[^1] : 0;
        if (padding > size - HeaderSize)
            return false;
        packet = new RtcpPacket((RtcpPacketType)bytes[1], bytes[0] & 0x1F, bytes[HeaderSize..(size - padding)]);
        return true;
    }
}

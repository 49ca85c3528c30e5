using System.Buffers.Binary;

namespace CallCenterKit.Media.Rtp;

/// <summary>Writes the packets of one compound packet behind each other (RFC 3550 §6.1): a report, the names, perhaps a goodbye.</summary>
/// <remarks>Never allocates. Each method returns false and writes nothing where there is no room.</remarks>
/// <param name="buffer">Receives the datagram; 128 bytes hold a report with one block, a short name and a goodbye.</param>
public ref struct RtcpWriter(Span<byte> buffer)
{
    private const int HeaderSize = 4;
    private const int SsrcSize = 4;
    private const int MaxBlocks = 31;
    private const byte CanonicalNameItem = 1;

    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Writes a sender report (RFC 3550 §6.4.1).</summary>
    /// <param name="ssrc">Ours.</param>
    /// <param name="info">What we sent.</param>
    /// <param name="blocks">What we received; at most 31.</param>
    public bool TryWriteSenderReport(uint ssrc, scoped in RtcpSenderInfo info, scoped ReadOnlySpan<RtcpReportBlock> blocks)
    {
        var size = HeaderSize + SsrcSize + RtcpSenderInfo.Size + (blocks.Length * RtcpReportBlock.Size);
        if (blocks.Length > MaxBlocks || !TryBegin(RtcpPacketType.SenderReport, blocks.Length, size, out var packet))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet[HeaderSize..], ssrc);
        info.Write(packet[(HeaderSize + SsrcSize)..]);
        WriteBlocks(packet[(HeaderSize + SsrcSize + RtcpSenderInfo.Size)..], blocks);
        return true;
    }

    /// <summary>Writes a receiver report (RFC 3550 §6.4.2).</summary>
    /// <param name="ssrc">Ours.</param>
    /// <param name="blocks">What we received; at most 31.</param>
    public bool TryWriteReceiverReport(uint ssrc, scoped ReadOnlySpan<RtcpReportBlock> blocks)
    {
        var size = HeaderSize + SsrcSize + (blocks.Length * RtcpReportBlock.Size);
        if (blocks.Length > MaxBlocks || !TryBegin(RtcpPacketType.ReceiverReport, blocks.Length, size, out var packet))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet[HeaderSize..], ssrc);
        WriteBlocks(packet[(HeaderSize + SsrcSize)..], blocks);
        return true;
    }

    /// <summary>Writes a source description with the canonical name, which each compound packet carries (RFC 3550 §6.5.1).</summary>
    /// <param name="ssrc">Ours.</param>
    /// <param name="canonicalName">UTF-8, at most 255 bytes; the same for all our streams.</param>
    public bool TryWriteSourceDescription(uint ssrc, scoped ReadOnlySpan<byte> canonicalName)
    {
        // The item list ends with at least one zero and is filled up to 32 bits.
        var size = (HeaderSize + SsrcSize + 2 + canonicalName.Length + 4) & ~3;
        if (canonicalName.Length > byte.MaxValue || !TryBegin(RtcpPacketType.SourceDescription, 1, size, out var packet))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet[HeaderSize..], ssrc);
        packet[8] = CanonicalNameItem;
        packet[9] = (byte)canonicalName.Length;
        canonicalName.CopyTo(packet[10..]);
        packet[(10 + canonicalName.Length)..].Clear();
        return true;
    }

    /// <summary>Writes a goodbye (RFC 3550 §6.6).</summary>
    /// <param name="ssrc">Ours.</param>
    public bool TryWriteGoodbye(uint ssrc)
    {
        if (!TryBegin(RtcpPacketType.Goodbye, 1, HeaderSize + SsrcSize, out var packet))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet[HeaderSize..], ssrc);
        return true;
    }

    private static void WriteBlocks(Span<byte> target, scoped ReadOnlySpan<RtcpReportBlock> blocks)
    {
        for (var i = 0; i < blocks.Length; i++)
            blocks[i].Write(target[(i * RtcpReportBlock.Size)..]);
    }

    private bool TryBegin(RtcpPacketType type, int count, int size, out Span<byte> packet)
    {
        packet = default;
        if (_buffer.Length - Length < size)
            return false;
        packet = _buffer.Slice(Length, size);
        packet[0] = (byte)(0x80 | count);
        packet[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)((size / 4) - 1));
        Length += size;
        return true;
    }
}

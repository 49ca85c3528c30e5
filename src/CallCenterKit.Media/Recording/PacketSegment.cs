using System.Buffers;
using System.Buffers.Binary;

namespace CallCenterKit.Media.Recording;

/// <summary>A part of a <see cref="PacketRing"/>: written from its beginning by one thread, read behind it by another.</summary>
internal sealed class PacketSegment(int size)
{
    public const int HeaderSize = 16;

    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(size);
    private int _written;
    private PacketSegment? _next;

    /// <summary>How many bytes can be read. Read <see cref="Next"/> before it: a segment that has one is not written any more.</summary>
    public int Written => Volatile.Read(ref _written);

    /// <summary>What was written after this one.</summary>
    public PacketSegment? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }

    public bool TryWrite(in RingPacket packet, ReadOnlySpan<byte> payload)
    {
        if (_written + HeaderSize + payload.Length > size)
            return false;
        var to = _bytes.AsSpan(_written, HeaderSize + payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(to, payload.Length);
        to[4] = packet.Channel;
        to[5] = packet.Codec;
        BinaryPrimitives.WriteUInt16LittleEndian(to[6..], packet.Missing);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], packet.Position);
        payload.CopyTo(to[HeaderSize..]);
        Volatile.Write(ref _written, _written + to.Length);
        return true;
    }

    /// <summary>Reads the packet that begins at a place.</summary>
    /// <returns>Its payload, there until <see cref="Reset"/>.</returns>
    public ReadOnlySpan<byte> Read(int at, out RingPacket packet)
    {
        var from = _bytes.AsSpan(at);
        packet = new RingPacket(from[4], from[5], BinaryPrimitives.ReadUInt16LittleEndian(from[6..]), BinaryPrimitives.ReadInt64LittleEndian(from[8..]));
        return from.Slice(HeaderSize, BinaryPrimitives.ReadInt32LittleEndian(from));
    }

    /// <summary>Makes it empty. Nobody else may hold it.</summary>
    public void Reset()
    {
        _next = null;
        _written = 0;
    }

    /// <summary>Gives the memory back. Nobody may use it any more.</summary>
    public void Release() => ArrayPool<byte>.Shared.Return(_bytes);
}

using System.Buffers;
using System.Buffers.Binary;

namespace CallCenterKit.Media.Recording;

/// <summary>Carries packets from one media thread to the writer's thread without a lock. A full ring refuses.</summary>
internal sealed class PacketRing
{
    private const int Capacity = 32768;         // 1.8 s of both directions of G.711
    private const int HeaderSize = 16;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(Capacity);
    private long _written;
    private long _read;

    /// <summary>The media thread's.</summary>
    public bool TryWrite(RingPacket packet, ReadOnlySpan<byte> payload)
    {
        var size = HeaderSize + payload.Length;
        if (_written - Volatile.Read(ref _read) + size > Capacity)
            return false;
        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, payload.Length);
        header[4] = packet.Channel;
        header[5] = packet.Codec;
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], packet.Position);
        CopyIn(_written, header);
        CopyIn(_written + HeaderSize, payload);
        Volatile.Write(ref _written, _written + size);
        return true;
    }

    /// <summary>The writer's thread's.</summary>
    /// <param name="packet">What it is.</param>
    /// <param name="payload">Receives it.</param>
    /// <param name="length">Of the payload.</param>
    public bool TryRead(out RingPacket packet, Span<byte> payload, out int length)
    {
        packet = default;
        length = 0;
        if (Volatile.Read(ref _written) == _read)
            return false;
        Span<byte> header = stackalloc byte[HeaderSize];
        CopyOut(_read, header);
        length = BinaryPrimitives.ReadInt32LittleEndian(header);
        packet = new RingPacket(header[4], header[5], BinaryPrimitives.ReadInt64LittleEndian(header[8..]));
        CopyOut(_read + HeaderSize, payload[..length]);
        Volatile.Write(ref _read, _read + HeaderSize + length);
        return true;
    }

    /// <summary>Gives the memory back; neither side may use the ring any more.</summary>
    public void Release() => ArrayPool<byte>.Shared.Return(_buffer);

    private void CopyIn(long at, ReadOnlySpan<byte> bytes)
    {
        var start = (int)(at % Capacity);
        var first = Math.Min(bytes.Length, Capacity - start);
        bytes[..first].CopyTo(_buffer.AsSpan(start));
        bytes[first..].CopyTo(_buffer);
    }

    private void CopyOut(long at, Span<byte> bytes)
    {
        var start = (int)(at % Capacity);
        var first = Math.Min(bytes.Length, Capacity - start);
        _buffer.AsSpan(start, first).CopyTo(bytes);
        _buffer.AsSpan(0, bytes.Length - first).CopyTo(bytes[first..]);
    }
}

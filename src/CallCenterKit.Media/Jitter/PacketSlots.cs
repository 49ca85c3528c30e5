namespace CallCenterKit.Media.Jitter;

/// <summary>Keeps the packets of one stream in the order of their positions until they are decoded. One thread.</summary>
/// <remarks>Slots are used again, and each grows to the longest packet it ever held: a steady stream allocates nothing.</remarks>
internal sealed class PacketSlots
{
    /// <summary>More than a second of 20 ms packets.</summary>
    public const int Capacity = 64;

    private readonly Slot[] _slots = new Slot[Capacity];
    private readonly byte[] _order = new byte[Capacity];      // the first Count by position, behind them the free ones
    private int _count;

    public PacketSlots()
    {
        for (var i = 0; i < Capacity; i++)
            _order[i] = (byte)i;
    }

    public int Count => _count;

    public bool TryFirst(out long position)
    {
        position = _count == 0 ? 0 : _slots[_order[0]].Position;
        return _count > 0;
    }

    /// <summary>Takes a packet in; the oldest gives way when all slots are taken.</summary>
    /// <param name="position">Of its first sample.</param>
    /// <param name="sequence">As received.</param>
    /// <param name="payload">Copied.</param>
    /// <returns>False if a packet of that position is there already.</returns>
    public bool TryAdd(long position, ushort sequence, ReadOnlySpan<byte> payload)
    {
        var place = _count;
        while (place > 0 && _slots[_order[place - 1]].Position >= position)
            place--;
        if (place < _count && _slots[_order[place]].Position == position)
            return false;
        if (_count == Capacity)
        {
            RemoveFirst();
            place = Math.Max(0, place - 1);
        }

        var free = _order[_count];
        _order.AsSpan(place, _count - place).CopyTo(_order.AsSpan(place + 1));
        _order[place] = free;
        _count++;
        _slots[free].Fill(position, sequence, payload);
        return true;
    }

    /// <summary>Of the first packet.</summary>
    public ushort FirstSequence => _slots[_order[0]].Sequence;

    /// <summary>The payload of the first packet; valid until the next is added.</summary>
    public ReadOnlySpan<byte> First() => _slots[_order[0]].Payload;

    public void RemoveFirst()
    {
        var free = _order[0];
        _count--;
        _order.AsSpan(1, _count).CopyTo(_order);
        _order[_count] = free;
    }

    public void Clear() => _count = 0;

    private struct Slot
    {
        private byte[]? _bytes;
        private int _length;

        public long Position { get; private set; }

        public ushort Sequence { get; private set; }

        public readonly ReadOnlySpan<byte> Payload => _bytes.AsSpan(0, _length);

        public void Fill(long position, ushort sequence, ReadOnlySpan<byte> payload)
        {
            if (_bytes is null || _bytes.Length < payload.Length)
                _bytes = new byte[payload.Length];
            payload.CopyTo(_bytes);
            (Position, Sequence, _length) = (position, sequence, payload.Length);
        }
    }
}

namespace CallCenterKit.Media.Recording;

/// <summary>
/// Carries packets from one media thread to the writer's thread without a lock, through segments that take turns. While the disk
/// hangs, somebody else provides more of them, up to a bound. With no segment left it refuses.
/// </summary>
internal sealed class PacketRing
{
    private readonly int _segmentBytes;
    private readonly int _mostSegments;
    private PacketSegment _writing;             // the media thread's
    private PacketSegment _reading;             // the writer's
    private int _read;                          // the writer's
    private PacketSegment? _spare;
    private int _segments = 2;

    /// <summary>Begins with two segments.</summary>
    /// <param name="segmentBytes">Size of a segment: half a second or more, so that whoever provides comes in time.</param>
    /// <param name="mostSegments">The bound; 2 or more.</param>
    public PacketRing(int segmentBytes, int mostSegments)
    {
        _segmentBytes = segmentBytes;
        _mostSegments = mostSegments;
        _writing = _reading = new PacketSegment(segmentBytes);
        _spare = new PacketSegment(segmentBytes);
    }

    /// <summary>How much memory it holds. Any thread.</summary>
    public int Segments => Volatile.Read(ref _segments);

    /// <summary>The media thread's. Does not allocate.</summary>
    public bool TryWrite(in RingPacket packet, ReadOnlySpan<byte> payload)
    {
        if (_writing.TryWrite(packet, payload))
            return true;
        if (PacketSegment.HeaderSize + payload.Length > _segmentBytes || Interlocked.Exchange(ref _spare, null) is not { } spare)
            return false;
        spare.TryWrite(packet, payload);
        _writing.Next = spare;                                // the reader goes on to it only now
        _writing = spare;
        return true;
    }

    /// <summary>The writer's thread's.</summary>
    /// <param name="packet">What it is.</param>
    /// <param name="payload">There until the next call.</param>
    public bool TryRead(out RingPacket packet, out ReadOnlySpan<byte> payload)
    {
        var next = _reading.Next;
        if (_read == _reading.Written)
        {
            if (next is null)
            {
                packet = default;
                payload = default;
                return false;
            }

            Recycle(_reading);
            (_reading, _read) = (next, 0);
        }

        payload = _reading.Read(_read, out packet);
        _read += PacketSegment.HeaderSize + payload.Length;
        return true;
    }

    /// <summary>The writer is late: sees to it that there is a spare segment. Any thread but the media thread.</summary>
    public void Provide()
    {
        if (Volatile.Read(ref _spare) is not null || Volatile.Read(ref _segments) >= _mostSegments)
            return;
        Interlocked.Increment(ref _segments);
        KeepSpare(new PacketSegment(_segmentBytes));
    }

    /// <summary>Gives the memory back; neither side may use the ring any more.</summary>
    public void Release()
    {
        Interlocked.Exchange(ref _spare, null)?.Release();
        for (PacketSegment? segment = _reading, next; segment is not null; segment = next)
        {
            next = segment.Next;
            segment.Release();
        }
    }

    private void Recycle(PacketSegment segment)
    {
        segment.Reset();
        KeepSpare(segment);
    }

    private void KeepSpare(PacketSegment segment)
    {
        if (Interlocked.CompareExchange(ref _spare, segment, null) is null)
            return;
        segment.Release();
        Interlocked.Decrement(ref _segments);
    }
}

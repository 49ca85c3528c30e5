namespace CallCenterKit.Testing;

/// <summary>Counts the packets of a stream by sequence number; a new source or a jump begins a new stretch.</summary>
internal struct RtpCount
{
    private const int LargestJump = 3000;                  // MAX_DROPOUT of RFC 3550 §A.1

    private bool _started;
    private uint _ssrc;
    private ushort _highest;
    private ulong _recent;                                 // bit n: highest - n has arrived
    private long _expected;

    public long Received { get; private set; }

    public long OutOfOrder { get; private set; }

    public readonly long Lost => Math.Max(0, _expected - Received);

    /// <summary>Counts a packet; false when it has been here before.</summary>
    public bool Add(in RtpPacket packet)
    {
        var step = (short)(packet.Sequence - _highest);
        if (!_started || packet.Ssrc != _ssrc || Math.Abs((int)step) > LargestJump)
        {
            (_started, _ssrc, _highest, _recent) = (true, packet.Ssrc, packet.Sequence, 1);
            _expected++;
            Received++;
            return true;
        }

        return step > 0 ? AddNext(packet.Sequence, step) : AddLate(-step);
    }

    private bool AddNext(ushort sequence, int step)
    {
        _recent = step < 64 ? (_recent << step) | 1 : 1;
        _highest = sequence;
        _expected += step;
        Received++;
        return true;
    }

    private bool AddLate(int behind)
    {
        OutOfOrder++;
        if (behind >= 64 || (_recent & (1UL << behind)) != 0)
            return false;
        _recent |= 1UL << behind;
        Received++;
        return true;
    }
}

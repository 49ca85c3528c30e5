namespace CallCenterKit.Media.Jitter;

/// <summary>
/// Knows how much later than the fastest the packets of a stream arrive, and from that how long playing has to wait for
/// them. A late packet counts at once; it is forgotten after some others.
/// </summary>
/// <remarks>All in samples. What the clocks of the two sides drift apart moves the fastest along, which is that of the last ten seconds.</remarks>
internal sealed class ArrivalDelays
{
    /// <summary>No wait is longer, whatever the network does.</summary>
    public const int MostMilliseconds = 200;

    private const int Remembered = 75;                        // 1.5 s of 20 ms packets
    private const int LateOfRemembered = 2;                   // may be later than the wait
    private const int BinMilliseconds = 2;
    private const int Bins = (1000 / BinMilliseconds) + 1;
    private const int MarginMilliseconds = 2;
    private const int WindowSeconds = 5;

    private readonly int _rateHz;
    private readonly int _binSamples;
    private readonly ushort[] _recent = new ushort[Remembered];
    private readonly byte[] _counts = new byte[Bins];
    private int _next;
    private long _fastest = long.MaxValue;
    private long _fastestBefore = long.MaxValue;
    private long _windowStart = long.MinValue;

    public ArrivalDelays(int rateHz)
    {
        _rateHz = rateHz;
        _binSamples = rateHz * BinMilliseconds / 1000;
    }

    /// <summary>Packets remembered.</summary>
    public int Count { get; private set; }

    /// <summary>The transit of the fastest packet: its arrival less its position. Meaningless before the first.</summary>
    public long Fastest => Math.Min(_fastest, _fastestBefore);

    public void Note(long transit, long arrival)
    {
        if (_windowStart == long.MinValue || arrival - _windowStart > (long)WindowSeconds * _rateHz)
        {
            _fastestBefore = _fastest;
            _fastest = transit;
            _windowStart = arrival;
        }

        _fastest = Math.Min(_fastest, transit);
        Remember((int)Math.Min((transit - Fastest + _binSamples - 1) / _binSamples, Bins - 1));
    }

    /// <summary>The stream begins anew: its transits say nothing about those before, but the network is the same.</summary>
    public void Restart() => (_fastest, _fastestBefore, _windowStart) = (long.MaxValue, long.MaxValue, long.MinValue);

    /// <summary>Samples that playing has to stay behind the fastest packet; nothing while all packets are equally fast.</summary>
    public int Needed()
    {
        var rest = Count * LateOfRemembered / Remembered;
        var bin = Bins - 1;
        for (; bin > 0; bin--)
        {
            rest -= _counts[bin];
            if (rest < 0)
                break;
        }

        return bin == 0 ? 0 : Math.Min((bin * BinMilliseconds) + MarginMilliseconds, Least() + MostMilliseconds) * _rateHz / 1000;
    }

    // Above zero while none of the packets was as fast as the fastest once was: the way has become longer for all.
    private int Least()
    {
        var bin = 0;
        while (bin < Bins - 1 && _counts[bin] == 0)
            bin++;
        return bin * BinMilliseconds;
    }

    private void Remember(int bin)
    {
        if (Count == Remembered)
            _counts[_recent[_next]]--;
        else
            Count++;
        _recent[_next] = (ushort)bin;
        _counts[bin]++;
        _next = (_next + 1) % Remembered;
    }
}

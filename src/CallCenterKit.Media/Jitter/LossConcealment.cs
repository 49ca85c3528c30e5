namespace CallCenterKit.Media.Jitter;

/// <summary>
/// Puts something in the place of lost packets that the ear takes for the same voice: the last period of it, again and
/// again, and fading, since after 60 ms nobody knows what was said (the idea of ITU-T G.711 Appendix I).
/// </summary>
internal sealed class LossConcealment(int rateHz)
{
    private const int FadeFromMilliseconds = 10;
    private const int SilentFromMilliseconds = 60;
    private const double LeastLikeness = 0.5;

    private readonly short[] _cycle = new short[PitchFinder.Longest(rateHz)];
    private readonly int _fadeFrom = rateHz * FadeFromMilliseconds / 1000;
    private readonly int _silentFrom = rateHz * SilentFromMilliseconds / 1000;
    private readonly int _stepLength = rateHz / 500;
    private int _period;
    private int _made;
    private int _step;

    /// <summary>Samples of what came before that <see cref="Begin"/> wants to see.</summary>
    public int PastNeeded { get; } = PitchFinder.Needed(rateHz);

    /// <summary>From <see cref="Begin"/> to <see cref="End"/>.</summary>
    public bool IsActive { get; private set; }

    /// <summary>A hole begins.</summary>
    /// <param name="past">What was heard last, at least <see cref="PastNeeded"/> samples.</param>
    public void Begin(ReadOnlySpan<short> past)
    {
        IsActive = true;
        _made = 0;
        _period = PitchFinder.Find(past, rateHz, out var likeness);
        if (likeness < LeastLikeness)
            _period = _cycle.Length;                          // short repetitions of noise would hum
        past[^_period..].CopyTo(_cycle);
        JoinEnds(past);
        // The first repetition joins what was heard already: the step between them dies away instead.
        _step = past[^1] - past[past.Length - 1 - _period];
    }

    /// <summary>Makes what comes next; silence in the end.</summary>
    public void Next(Span<short> pcm)
    {
        for (var i = 0; i < pcm.Length; i++, _made++)
        {
            if (_made >= _silentFrom)
            {
                pcm[i..].Clear();
                return;
            }

            var sample = (int)_cycle[_made % _period];
            if (_made < _stepLength)
                sample += _step * (_stepLength - _made) / _stepLength;
            if (_made > _fadeFrom)
                sample = sample * (_silentFrom - _made) / (_silentFrom - _fadeFrom);
            pcm[i] = (short)Math.Clamp(sample, short.MinValue, short.MaxValue);
        }
    }

    /// <summary>The hole is over: what was made fades into what comes.</summary>
    /// <param name="pcm">The first of what comes; changed in place.</param>
    public void End(Span<short> pcm)
    {
        IsActive = false;
        Span<short> made = stackalloc short[32];
        var faded = Math.Min(pcm.Length, rateHz / 200);
        for (var start = 0; start < faded; start += made.Length)
        {
            var part = made[..Math.Min(made.Length, faded - start)];
            Next(part);
            for (var i = 0; i < part.Length; i++)
                pcm[start + i] = Between(part[i], pcm[start + i], start + i + 1, faded + 1);
        }
    }

    /// <summary>A sample on the way from one sound to another.</summary>
    public static short Between(short from, short to, int step, int steps) => (short)(from + ((to - from) * step / steps));

    // The last quarter of the cycle becomes what came before the cycle, so that its end leads into its beginning.
    private void JoinEnds(ReadOnlySpan<short> past)
    {
        var quarter = _period / 4;
        var before = past.Slice(past.Length - _period - quarter, quarter);
        for (var i = 0; i < quarter; i++)
        {
            ref var sample = ref _cycle[_period - quarter + i];
            sample = Between(sample, before[i], i + 1, quarter);
        }
    }
}

namespace CallCenterKit.Media.Jitter;

/// <summary>Decoded audio that waits to be heard, behind what was heard last. Makes it longer or shorter by whole periods of the voice.</summary>
internal sealed class PlayoutLine
{
    private const int HeardMilliseconds = 40;
    private const int MostWaitingMilliseconds = 300;
    private const int QuietAmplitude = 120;                   // -49 dB below full scale

    private readonly int _rateHz;
    private readonly int _heard;
    private readonly short[] _samples;

    public PlayoutLine(int rateHz)
    {
        _rateHz = rateHz;
        _heard = rateHz * HeardMilliseconds / 1000;
        _samples = new short[_heard + (rateHz * MostWaitingMilliseconds / 1000)];
    }

    /// <summary>Samples not heard yet.</summary>
    public int Waiting { get; private set; }

    /// <summary>The end of the line, as long as the concealment wants it.</summary>
    public ReadOnlySpan<short> Latest => _samples.AsSpan(Waiting, _heard);

    /// <summary>Where more can be written; then <see cref="Extend"/>.</summary>
    public Span<short> Free => _samples.AsSpan(_heard + Waiting);

    public void Extend(int samples) => Waiting += samples;

    /// <summary>The last samples that were added.</summary>
    public Span<short> Last(int samples) => _samples.AsSpan(_heard + Waiting - samples, samples);

    /// <summary>Drops the beginning of what was added last.</summary>
    /// <param name="added">Samples that were added.</param>
    /// <param name="cut">How many of them go.</param>
    public void CutFromLast(int added, int cut)
    {
        var last = Last(added);
        last[cut..].CopyTo(last);
        Waiting -= cut;
    }

    public void DropWaiting() => Waiting = 0;

    /// <summary>Lets the first samples be heard.</summary>
    public void Take(Span<short> pcm)
    {
        _samples.AsSpan(_heard, pcm.Length).CopyTo(pcm);
        _samples.AsSpan(pcm.Length, _heard + Waiting - pcm.Length).CopyTo(_samples);
        Waiting -= pcm.Length;
    }

    /// <summary>Makes the line longer by about as much as is wanted.</summary>
    /// <returns>Samples put in; 0 if too little waits.</returns>
    public int Lengthen(int wanted)
    {
        var longest = PitchFinder.Longest(_rateHz);
        if (Waiting < longest)
            return 0;
        var length = IsQuiet(longest) ? Math.Min(wanted, longest) : Period(out _);
        var source = _samples.AsSpan(_heard - length);
        source[..(length + Waiting)].CopyTo(source[length..]); // once more what was heard last, then all the rest
        var repeated = _samples.AsSpan(_heard, length);
        var next = _samples.AsSpan(_heard + length, length);
        for (var i = 0; i < length; i++)
            repeated[i] = LossConcealment.Between(next[i], repeated[i], i + 1, length + 1);
        Waiting += length;
        return length;
    }

    /// <summary>Makes the line shorter by at most so much, where it can't be heard.</summary>
    /// <param name="most">Samples.</param>
    /// <param name="left">Samples that have to wait afterwards.</param>
    /// <param name="leastLikeness">How alike the two periods have to be that become one.</param>
    /// <returns>Samples taken out; 0 if nothing fits.</returns>
    public int Shorten(int most, int left, double leastLikeness)
    {
        var longest = Math.Min(PitchFinder.Longest(_rateHz), Math.Min(Waiting - left, Waiting / 2));
        if (longest <= 0)
            return 0;
        int length;
        if (IsQuiet(Math.Min(Waiting, 2 * longest)))
            length = Math.Min(most, longest);
        else if (Math.Min(most, longest) < PitchFinder.Shortest(_rateHz))
            return 0;                                         // no period is so short: most frames end here
        else if ((length = Period(out var likeness)) > most || likeness < leastLikeness)
            return 0;
        if (length > longest)
            return 0;
        var first = _samples.AsSpan(_heard, length);
        var second = _samples.AsSpan(_heard + length, length);
        for (var i = 0; i < length; i++)
            second[i] = LossConcealment.Between(first[i], second[i], i + 1, length + 1);
        _samples.AsSpan(_heard + length, Waiting - length).CopyTo(_samples.AsSpan(_heard));
        Waiting -= length;
        return length;
    }

    // Looks at what was heard last and the beginning of what waits: that is where the line is changed.
    private int Period(out double likeness)
    {
        var ahead = Math.Min(Waiting, 2 * PitchFinder.Longest(_rateHz));
        return PitchFinder.Find(_samples.AsSpan(ahead, _heard), _rateHz, out likeness);
    }

    private bool IsQuiet(int ahead)
    {
        foreach (var sample in _samples.AsSpan(_heard - ahead, 2 * ahead))
        {
            if (Math.Abs((int)sample) > QuietAmplitude)
                return false;
        }

        return true;
    }
}

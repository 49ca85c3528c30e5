namespace CallCenterKit.Media.Jitter;

/// <summary>Finds after how many samples a voice, or a tone, looks the same again.</summary>
internal static class PitchFinder
{
    private const int ShortestPer10000 = 25;                  // 2.5 ms: 400 Hz
    private const int LongestPer10000 = 150;                  // 15 ms: 67 Hz
    private const int ComparedPer10000 = 200;
    private const int CoarseRateHz = 4000;

    /// <summary>The shortest period that is looked for.</summary>
    public static int Shortest(int rateHz) => rateHz * ShortestPer10000 / 10000;

    /// <summary>The longest period that is looked for.</summary>
    public static int Longest(int rateHz) => rateHz * LongestPer10000 / 10000;

    /// <summary>Samples that <see cref="Find"/> looks at.</summary>
    public static int Needed(int rateHz) => rateHz * (LongestPer10000 + ComparedPer10000) / 10000;

    /// <summary>Finds the period at the end of a piece.</summary>
    /// <param name="pcm">At least <see cref="Needed"/> samples.</param>
    /// <param name="rateHz">Samples per second.</param>
    /// <param name="likeness">Of the last 20 ms and what is one period before: up to 1; about 0 for noise, and 0 for silence.</param>
    public static int Find(ReadOnlySpan<short> pcm, int rateHz, out double likeness)
    {
        var compared = rateHz * ComparedPer10000 / 10000;
        var (shortest, longest) = (Shortest(rateHz), Longest(rateHz));
        var step = Math.Max(1, rateHz / CoarseRateHz);
        var best = Best(pcm, compared, shortest, longest, step, out likeness);
        return step == 1
            ? best
            : Best(pcm, compared, Math.Max(shortest, best - step + 1), Math.Min(longest, best + step - 1), 1, out likeness);
    }

    private static int Best(ReadOnlySpan<short> pcm, int compared, int first, int last, int step, out double likeness)
    {
        var best = last;
        likeness = double.MinValue;
        for (var lag = first; lag <= last; lag += step)
        {
            var own = Likeness(pcm[^compared..], pcm.Slice(pcm.Length - compared - lag, compared), step);
            if (own > likeness)
                (best, likeness) = (lag, own);
        }

        return best;
    }

    private static double Likeness(ReadOnlySpan<short> a, ReadOnlySpan<short> b, int step)
    {
        long product = 0, powerA = 0, powerB = 0;
        for (var i = 0; i < a.Length; i += step)
        {
            product += a[i] * b[i];
            powerA += a[i] * a[i];
            powerB += b[i] * b[i];
        }

        return powerA == 0 || powerB == 0 ? 0 : product / Math.Sqrt((double)powerA * powerB);
    }
}

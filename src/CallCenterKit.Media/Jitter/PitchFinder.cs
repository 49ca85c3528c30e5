using System.Numerics;
using System.Runtime.CompilerServices;

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Best(ReadOnlySpan<short> pcm, int compared, int first, int last, int step, out double likeness)
    {
        var (count, lags) = ((compared + step - 1) / step, ((last - first) / step) + 1);
        // Doubles add and multiply such numbers exactly, and many at once.
        Span<double> own = stackalloc double[count], before = stackalloc double[count + lags - 1];
        Thin(pcm[^compared..], step, own);
        Thin(pcm[^(compared + first + ((lags - 1) * step))..], step, before);
        var power = Dot(own, own);
        var best = last;
        likeness = double.MinValue;
        for (var i = 0; i < lags; i++)
        {
            var like = Likeness(own, power, before.Slice(lags - 1 - i, count));
            if (like > likeness)
                (best, likeness) = (first + (i * step), like);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Thin(ReadOnlySpan<short> pcm, int step, Span<double> thin)
    {
        for (var i = 0; i < thin.Length; i++)
            thin[i] = pcm[i * step];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Likeness(ReadOnlySpan<double> a, double powerA, ReadOnlySpan<double> b)
    {
        var powerB = Dot(b, b);
        return powerA == 0 || powerB == 0 ? 0 : Dot(a, b) / Math.Sqrt(powerA * powerB);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var at = 0;
        var sums = Vector<double>.Zero;
        for (; at <= a.Length - Vector<double>.Count; at += Vector<double>.Count)
            sums += new Vector<double>(a[at..]) * new Vector<double>(b[at..]);
        var sum = Vector.Sum(sums);
        for (; at < a.Length; at++)
            sum += a[at] * b[at];
        return sum;
    }
}

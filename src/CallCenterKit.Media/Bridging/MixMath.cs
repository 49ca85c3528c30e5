using System.Numerics;

namespace CallCenterKit.Media.Bridging;

/// <summary>Sums of samples, as many at once as the processor takes. Spans of one call have one length.</summary>
internal static class MixMath
{
    /// <summary>Adds samples to a sum.</summary>
    public static void Add(Span<int> sum, ReadOnlySpan<short> samples)
    {
        var at = 0;
        for (; at <= sum.Length - Vector<short>.Count; at += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(samples[at..]), out var low, out var high);
            (new Vector<int>(sum[at..]) + low).CopyTo(sum[at..]);
            (new Vector<int>(sum[(at + Vector<int>.Count)..]) + high).CopyTo(sum[(at + Vector<int>.Count)..]);
        }

        for (; at < sum.Length; at++)
            sum[at] += samples[at];
    }

    /// <summary>A sum without one of those who are in it.</summary>
    public static void Without(ReadOnlySpan<int> sum, ReadOnlySpan<short> samples, Span<int> rest)
    {
        var at = 0;
        for (; at <= sum.Length - Vector<short>.Count; at += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(samples[at..]), out var low, out var high);
            (new Vector<int>(sum[at..]) - low).CopyTo(rest[at..]);
            (new Vector<int>(sum[(at + Vector<int>.Count)..]) - high).CopyTo(rest[(at + Vector<int>.Count)..]);
        }

        for (; at < sum.Length; at++)
            rest[at] = sum[at] - samples[at];
    }

    /// <summary>The sample furthest from zero.</summary>
    public static int Peak(ReadOnlySpan<int> sum)
    {
        var (most, at) = (Vector<int>.Zero, 0);
        for (; at <= sum.Length - Vector<int>.Count; at += Vector<int>.Count)
            most = Vector.Max(most, Vector.Abs(new Vector<int>(sum[at..])));
        var peak = 0;
        for (var i = 0; i < Vector<int>.Count; i++)
            peak = Math.Max(peak, most[i]);
        for (; at < sum.Length; at++)
            peak = Math.Max(peak, Math.Abs(sum[at]));
        return peak;
    }

    /// <summary>Samples of a sum; what does not fit becomes the most that does.</summary>
    public static void Narrow(ReadOnlySpan<int> sum, Span<short> samples)
    {
        Vector<int> most = new(short.MaxValue), least = new(short.MinValue);
        var at = 0;
        for (; at <= sum.Length - Vector<short>.Count; at += Vector<short>.Count)
        {
            var low = Vector.Max(least, Vector.Min(most, new Vector<int>(sum[at..])));
            var high = Vector.Max(least, Vector.Min(most, new Vector<int>(sum[(at + Vector<int>.Count)..])));
            Vector.Narrow(low, high).CopyTo(samples[at..]);
        }

        for (; at < sum.Length; at++)
            samples[at] = (short)Math.Clamp(sum[at], short.MinValue, short.MaxValue);
    }

    /// <summary>Mean power, 1 for the loudest square wave.</summary>
    public static float Power(ReadOnlySpan<short> samples)
    {
        var (sums, at) = (Vector<float>.Zero, 0);
        for (; at <= samples.Length - Vector<short>.Count; at += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(samples[at..]), out var low, out var high);
            Vector<float> first = Vector.ConvertToSingle(low), second = Vector.ConvertToSingle(high);
            sums += (first * first) + (second * second);
        }

        var sum = Vector.Sum(sums);
        for (; at < samples.Length; at++)
            sum += (float)samples[at] * samples[at];
        return samples.IsEmpty ? 0 : sum / samples.Length / ((float)short.MaxValue * short.MaxValue);
    }
}

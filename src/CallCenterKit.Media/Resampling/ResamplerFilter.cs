using System.Collections.Concurrent;

namespace CallCenterKit.Media.Resampling;

/// <summary>
/// The taps between two sample rates, one set for each place a new sample can have between two old ones. A sinc under a Kaiser
/// window, 64 samples of the lower rate long: flat up to 7/16 of the lower rate, over 60 dB down from half of it. Immutable.
/// </summary>
internal sealed class ResamplerFilter
{
    /// <summary>To either side, in samples of the lower rate.</summary>
    private const int HalfWidth = 32;

    private const double CutOff = 15.0 / 32;    // of the lower rate: the middle between pass-band and stop-band
    private const double Kaiser = 6.3;          // 65 dB
    private const int VectorSamples = 16;       // a set of taps fills whole vectors

    private static readonly ConcurrentDictionary<(int FromHz, int ToHz), ResamplerFilter> Known = new();

    private readonly float[] _taps;

    private ResamplerFilter(int fromHz, int toHz)
    {
        var divisor = GreatestCommonDivisor(fromHz, toHz);
        (Phases, Advance) = (toHz / divisor, fromHz / divisor);
        Delay = (double)HalfWidth * fromHz / Math.Min(fromHz, toHz);
        Length = ((int)Math.Ceiling(2 * Delay) + VectorSamples - 1) / VectorSamples * VectorSamples;
        _taps = new float[Phases * Length];
        for (var phase = 0; phase < Phases; phase++)
            Build(_taps.AsSpan(phase * Length, Length), (double)phase / Phases);
    }

    /// <summary>Places between two old samples.</summary>
    public int Phases { get; }

    /// <summary>How many of these places lie between two new samples.</summary>
    public int Advance { get; }

    /// <summary>Taps of one set: how many old samples a new one is made of.</summary>
    public int Length { get; }

    /// <summary>In old samples.</summary>
    public double Delay { get; }

    public static ResamplerFilter Between(int fromHz, int toHz) =>
        Known.GetOrAdd((fromHz, toHz), static rates => new ResamplerFilter(rates.FromHz, rates.ToHz));

    /// <summary>The taps of a place; the last one meets the newest sample.</summary>
    public ReadOnlySpan<float> Taps(int phase) => _taps.AsSpan(phase * Length, Length);

    private void Build(Span<float> taps, double place)
    {
        var scale = HalfWidth / Delay;          // from old samples to samples of the lower rate
        var exact = new double[taps.Length];
        double sum = 0;
        for (var i = 0; i < taps.Length; i++)
        {
            exact[i] = Tap((place + (taps.Length - 1 - i) - Delay) * scale);
            sum += exact[i];
        }

        // Each set passes a steady level as it is, so that places do not ripple.
        for (var i = 0; i < taps.Length; i++)
            taps[i] = (float)(exact[i] / sum);
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);

    private static double Tap(double at)
    {
        if (Math.Abs(at) >= HalfWidth)
            return 0;
        var angle = 2 * Math.PI * CutOff * at;
        var sinc = angle == 0 ? 1 : Math.Sin(angle) / angle;
        var beside = at / HalfWidth;
        return sinc * Bessel(Kaiser * Math.Sqrt(1 - (beside * beside)));
    }

    /// <summary>The modified Bessel function of order 0; a constant factor does not matter.</summary>
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var n = 1; term > sum * 1e-12; n++)
        {
            term *= x * x / (4.0 * n * n);
            sum += term;
        }

        return sum;
    }
}

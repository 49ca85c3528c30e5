namespace CallCenterKit.Ivr.Speaking;

/// <summary>Brings a whole piece of speech to 8,000 samples per second, at whatever rate an engine has spoken it.</summary>
/// <remarks>
/// A low-pass of windowed sinc (Kaiser), one row of coefficients for each place an output sample can have between two input
/// samples: up to 3.4 kHz within 0.1 dB, from 4 kHz on at least 60 dB down.
/// </remarks>
internal static class TelephoneSpeech
{
    public const int RateHz = 8_000;

    private const double CutoffHz = 3_700;                    // the middle between 3.4 and 4 kHz
    private const double TransitionHz = 600;
    private const double Attenuation = 70;                    // dB
    private const double Beta = 0.1102 * (Attenuation - 8.7); // Kaiser's formula for more than 50 dB

    /// <exception cref="ArgumentOutOfRangeException">The rate is under 8,000 or over 48,000.</exception>
    public static short[] Convert(ReadOnlySpan<short> pcm, int rateHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rateHz, RateHz);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rateHz, 48_000);
        if (rateHz == RateHz)
            return pcm.ToArray();

        var divisor = Divisor(rateHz, RateHz);
        var (up, down) = (RateHz / divisor, rateHz / divisor);
        var half = (int)Math.Ceiling((Attenuation - 8) / (2.285 * Math.Tau * TransitionHz / rateHz) / 2);
        var rows = new float[up][];
        var result = new short[(int)((long)pcm.Length * RateHz / rateHz)];
        for (var i = 0; i < result.Length; i++)
        {
            var place = (long)i * down;
            var row = rows[place % up] ??= Row((double)(place % up) / up, half, rateHz);
            result[i] = Sum(pcm, (int)(place / up) - half + 1, row);
        }

        return result;
    }

    private static short Sum(ReadOnlySpan<short> pcm, int start, float[] row)
    {
        var sum = 0f;
        for (var tap = Math.Max(0, -start); tap < row.Length && start + tap < pcm.Length; tap++)
            sum += row[tap] * pcm[start + tap];
        return (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
    }

    // Tap number half - 1 is the input sample at or before the output sample.
    private static float[] Row(double fraction, int half, int rateHz)
    {
        var row = new double[2 * half];
        for (var tap = 0; tap < row.Length; tap++)
        {
            var distance = tap - (half - 1) - fraction;
            row[tap] = Sinc(2 * CutoffHz / rateHz * distance) * Window(distance / half);
        }

        var gain = row.Sum();                                 // 1 at 0 Hz, in every row alike
        return [.. row.Select(value => (float)(value / gain))];
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Window(double x) => Math.Abs(x) >= 1 ? 0 : Bessel(Beta * Math.Sqrt(1 - (x * x))) / Bessel(Beta);

    /// <summary>The modified Bessel function of the first kind and order 0.</summary>
    private static double Bessel(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}

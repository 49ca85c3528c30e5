namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>How much of a frequency is in a signal of any rate, told from its neighbours by over 90 dB (Blackman-Harris window).</summary>
internal static class Spectrum
{
    /// <summary>Amplitude of the sine of that frequency.</summary>
    public static double LevelOf(ReadOnlySpan<short> pcm, double frequencyHz, int rateHz)
    {
        double real = 0, imaginary = 0, sum = 0;
        for (var i = 0; i < pcm.Length; i++)
        {
            var weight = Window(2 * Math.PI * i / pcm.Length);
            var angle = 2 * Math.PI * frequencyHz * i / rateHz;
            sum += weight;
            real += weight * pcm[i] * Math.Cos(angle);
            imaginary += weight * pcm[i] * Math.Sin(angle);
        }

        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / sum;
    }

    private static double Window(double angle) =>
        0.35875 - (0.48829 * Math.Cos(angle)) + (0.14128 * Math.Cos(2 * angle)) - (0.01168 * Math.Cos(3 * angle));
}

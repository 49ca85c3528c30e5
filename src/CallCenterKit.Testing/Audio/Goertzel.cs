namespace CallCenterKit.Testing;

/// <summary>How strong one frequency is, in windows of 200 ms so that a lost packet or a jump of phase does little harm.</summary>
internal static class Goertzel
{
    public const int WindowSamples = 1600;
    public const double Nothing = -120;

    private const int SampleRateHz = 8000;

    // Hann: a tone 50 Hz away is over 60 dB down, a rectangle would let it through at 20.
    private static readonly double[] Hann = BuildHann();

    /// <summary>Mean level of a frequency in dB, 0 being a full-scale sine; -120 for nothing or less than a window.</summary>
    public static double Level(ReadOnlySpan<short> samples, double frequencyHz)
    {
        double power = 0;
        var windows = samples.Length / WindowSamples;
        for (var i = 0; i < windows; i++)
            power += Power(samples.Slice(i * WindowSamples, WindowSamples), frequencyHz);
        return windows == 0 ? Nothing : ToDecibel(power / windows);
    }

    /// <summary>Level of everything in dB, 0 being a full-scale sine.</summary>
    public static double Level(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        return samples.IsEmpty ? Nothing : ToDecibel(2 * sum / samples.Length / (short.MaxValue * (double)short.MaxValue));
    }

    private static double Power(ReadOnlySpan<short> window, double frequencyHz)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * frequencyHz / SampleRateHz);
        double previous = 0, beforeThat = 0;
        for (var i = 0; i < window.Length; i++)
        {
            var current = (window[i] * Hann[i]) + (coefficient * previous) - beforeThat;
            (beforeThat, previous) = (previous, current);
        }

        var squared = (previous * previous) + (beforeThat * beforeThat) - (coefficient * previous * beforeThat);
        const double FullScale = short.MaxValue * (WindowSamples / 4.0);       // a Hann window sums to half its length, a sine to half of that
        return squared / (FullScale * FullScale);
    }

    private static double ToDecibel(double power) => Math.Max(Nothing, 10 * Math.Log10(Math.Max(power, 1e-30)));

    private static double[] BuildHann()
    {
        var window = new double[WindowSamples];
        for (var i = 0; i < window.Length; i++)
            window[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / WindowSamples));
        return window;
    }
}

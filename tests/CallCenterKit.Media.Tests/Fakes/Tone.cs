namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>Makes sines and finds them again.</summary>
internal static class Tone
{
    public const int RateHz = 8000;
    public const int FrameSamples = 160;

    public static short[] Sine(int frequencyHz, int startSample, int samples, int amplitude = 8000)
    {
        var pcm = new short[samples];
        for (var i = 0; i < samples; i++)
            pcm[i] = (short)(amplitude * Math.Sin(2 * Math.PI * frequencyHz * (startSample + i) / RateHz));
        return pcm;
    }

    /// <summary>Amplitude of the sine of that frequency (Goertzel).</summary>
    public static double LevelOf(ReadOnlySpan<short> pcm, int frequencyHz)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * frequencyHz / RateHz);
        double previous = 0, beforePrevious = 0;
        foreach (var sample in pcm)
        {
            var current = sample + (coefficient * previous) - beforePrevious;
            beforePrevious = previous;
            previous = current;
        }

        var power = (previous * previous) + (beforePrevious * beforePrevious) - (coefficient * previous * beforePrevious);
        return pcm.IsEmpty ? 0 : 2 * Math.Sqrt(Math.Max(power, 0)) / pcm.Length;
    }

    /// <summary>The highest level in any 40 ms: what a busy machine does to the pace of packets does not hide a tone or make one.</summary>
    public static double PeakLevelOf(ReadOnlySpan<short> pcm, int frequencyHz)
    {
        var peak = 0.0;
        for (var at = 0; at + (2 * FrameSamples) <= pcm.Length; at += FrameSamples)
            peak = Math.Max(peak, LevelOf(pcm.Slice(at, 2 * FrameSamples), frequencyHz));
        return peak;
    }

    public static bool Has(ReadOnlySpan<short> pcm, int frequencyHz, int amplitude = 8000) =>
        LevelOf(pcm, frequencyHz) > amplitude * 0.8;

    public static bool Lacks(ReadOnlySpan<short> pcm, int frequencyHz, int amplitude = 8000) =>
        LevelOf(pcm, frequencyHz) < amplitude * 0.05;
}

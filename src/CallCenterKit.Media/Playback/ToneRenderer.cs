using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Playback;

/// <summary>Makes the sound of tones.</summary>
internal static class ToneRenderer
{
    private const int RateHz = 8000;
    private const double Amplitude = 7336;      // -10 dBm0, where a full-scale sine is +3.14 dBm0 (ITU-T G.711)

    public static Prompt Render(TonePattern pattern)
    {
        var pcm = new List<short>();
        for (var part = pattern; part is not null; part = part.Then)
        {
            pcm.AddRange(Enumerable.Range(0, WholeFrames(part.On)).Select(i => Sample(part, i)));
            pcm.AddRange(new short[WholeFrames(part.Off)]);
        }

        return new Prompt([.. pcm], RateHz);
    }

    private static short Sample(TonePattern part, int index) => part.SecondHz is { } second
        ? (short)((Sine(part.FrequencyHz, index) + Sine(second, index)) / Math.Sqrt(2))
        : (short)Sine(part.FrequencyHz, index);

    private static double Sine(int frequencyHz, int index) => Amplitude * Math.Sin(Math.Tau * frequencyHz * index / RateHz);

    private static int WholeFrames(TimeSpan duration) =>
        (int)((duration.Ticks + MediaThread.FrameTicks - 1) / MediaThread.FrameTicks) * (RateHz / 50);
}

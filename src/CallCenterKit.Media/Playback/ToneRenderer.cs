using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Playback;

/// <summary>Makes the sound of tones.</summary>
internal static class ToneRenderer
{
    private const int RateHz = 8000;
    private const double Amplitude = 7336;      // -10 dBm0, where a full-scale sine is +3.14 dBm0 (ITU-T G.711)

    public static Prompt Render(TonePattern pattern)
    {
        var on = WholeFrames(pattern.On);
        var pcm = new short[on + WholeFrames(pattern.Off)];
        for (var i = 0; i < on; i++)
            pcm[i] = (short)(Amplitude * Math.Sin(2 * Math.PI * pattern.FrequencyHz * i / RateHz));
        return new Prompt(pcm, RateHz);
    }

    private static int WholeFrames(TimeSpan duration) =>
        (int)((duration.Ticks + MediaThread.FrameTicks - 1) / MediaThread.FrameTicks) * (RateHz / 50);
}

using CallCenterKit.Media.Resampling;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Brings a whole piece of speech to 8,000 samples per second, at whatever rate an engine has spoken it.</summary>
internal static class TelephoneSpeech
{
    public const int RateHz = 8_000;

    /// <exception cref="ArgumentOutOfRangeException">The rate is under 8,000 or over 48,000.</exception>
    public static short[] Convert(ReadOnlySpan<short> pcm, int rateHz) => Resampler.ConvertWhole(pcm, rateHz, RateHz);
}

using CallCenterKit.Media.Wav;

namespace CallCenterKit.Tests.Interop;

/// <summary>The key 5 as a phone without telephone events sends it: in the audio itself (ITU-T Q.23).</summary>
internal static class KeyTones
{
    /// <summary>Both frequencies of the key.</summary>
    public static IReadOnlyList<int> Hz { get; } = [770, 1336];

    private const int RateHz = 48_000;
    private const double Amplitude = 0.3;

    /// <summary>Writes ten seconds of the key, pressed for 100 ms and let go for 100 ms, as <see cref="BaresipPhone.SayAsync"/> wants it.</summary>
    public static void Write(string path)
    {
        using var writer = WavWriter.Create(path, channels: 2, RateHz);
        for (var i = 0; i < 10 * RateHz; i++)
        {
            var isPressed = i % (RateHz / 5) < RateHz / 10;
            var sample = isPressed ? (short)(short.MaxValue * Hz.Sum(hz => Amplitude * Math.Sin(2 * Math.PI * hz * i / RateHz))) : (short)0;
            writer.Append([sample, sample]);
        }
    }
}

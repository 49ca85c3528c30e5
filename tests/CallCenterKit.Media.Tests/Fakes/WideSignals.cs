namespace CallCenterKit.Media.Tests.Fakes;

/// <summary>Signals at 16,000 samples per second that lead a codec to the ends of its tables; each the same in every run.</summary>
internal static class WideSignals
{
    public const int RateHz = 16000;

    public static IEnumerable<string> Names => ["silence", "noise", "loud noise", "quiet noise", "sweep", "full scale", "square", "voice", "impulses", "bursts"];

    public static short[] Make(string name, int samples = 2 * RateHz)
    {
        var random = new Random(7);
        var pcm = new short[samples];
        for (var i = 0; i < samples; i++)
            pcm[i] = (short)Math.Clamp(Math.Round(At(name, i, random)), short.MinValue, short.MaxValue);
        return pcm;
    }

    private static double At(string name, int i, Random random)
    {
        var seconds = (double)i / RateHz;
        return name switch
        {
            "silence" => 0,
            "noise" => 6000 * Noise(random),
            "loud noise" => random.Next(2) == 0 ? short.MinValue : short.MaxValue,
            "quiet noise" => 3 * Noise(random),
            // From 50 Hz to 7.9 kHz in 2 s, over and over.
            "sweep" => 20000 * Math.Sin(2 * Math.PI * ((50 * (seconds % 2)) + (1962.5 * (seconds % 2) * (seconds % 2)))),
            "full scale" => 40000 * Math.Sin(2 * Math.PI * 997 * seconds),
            "square" => i / 37 % 2 == 0 ? short.MaxValue : short.MinValue,
            // A buzz of 120 Hz with formants, 4 syllables in a second.
            "voice" => 2500 * Math.Abs(Math.Sin(4 * Math.PI * seconds)) * (Buzz(seconds, 500) + Buzz(seconds, 1500) + (0.5 * Buzz(seconds, 2500)) + (0.2 * Noise(random))),
            "impulses" => i % 800 == 0 ? short.MaxValue : i % 800 == 400 ? short.MinValue : 0,
            "bursts" => i / 3200 % 2 == 0 ? 0 : 32767 * Noise(random),
            _ => throw new ArgumentException($"There is no signal '{name}'.", nameof(name)),
        };
    }

    private static double Noise(Random random) => (2 * random.NextDouble()) - 1;

    private static double Buzz(double seconds, double formantHz)
    {
        var sincePulse = seconds % (1.0 / 120);
        return Math.Exp(-200 * sincePulse) * Math.Sin(2 * Math.PI * formantHz * sincePulse);
    }
}

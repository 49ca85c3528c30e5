using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Bridging;

public sealed class MixLimiterTests
{
    private const int Frame = 160;

    [Fact]
    public void One_voice_passes_unchanged_however_loud()
    {
        var loud = Tone.Sine(440, 0, 50 * Frame, 32_767);

        Assert.Equal(loud, Limit(Sum(loud)));
    }

    [Fact]
    public void Voices_that_are_too_loud_together_keep_their_shape()
    {
        var sum = Sum(Tone.Sine(440, 0, 100 * Frame, 30_000), Tone.Sine(1010, 0, 100 * Frame, 30_000));

        var heard = Limit(sum).AsSpan(2 * Frame); // once it is down

        Assert.All(heard.ToArray(), sample => Assert.InRange(sample, -32_100, 32_100));
        double wanted = 0, error = 0, gain = Tone.LevelOf(heard, 440) / 30_000;
        for (var i = 0; i < heard.Length; i++)
        {
            wanted += Math.Pow(gain * sum[i + (2 * Frame)], 2);
            error += Math.Pow((gain * sum[i + (2 * Frame)]) - heard[i], 2);
        }

        Assert.True(10 * Math.Log10(wanted / error) > 40, $"Distortion is only {10 * Math.Log10(wanted / error):F1} dB down.");
        var clipped = sum.Select(sample => (short)Math.Clamp(sample, short.MinValue, short.MaxValue)).ToArray();
        Assert.True(Tone.LevelOf(clipped, (2 * 1010) - 440) > 20 * Tone.LevelOf(heard, (2 * 1010) - 440));
    }

    [Fact]
    public void The_gain_comes_back_within_a_second_and_not_at_once()
    {
        var limiter = new MixLimiter();
        var heard = new short[Frame];
        limiter.Apply(Sum(Tone.Sine(440, 0, Frame, 32_000), Tone.Sine(440, 0, Frame, 32_000)), 8000, heard);
        Assert.InRange(limiter.Gain, 0.45f, 0.55f);

        var quiet = Sum(Tone.Sine(440, 0, Frame, 1000));
        limiter.Apply(quiet, 8000, heard);
        Assert.InRange(limiter.Gain, 0.45f, 0.6f);
        for (var i = 0; i < 49; i++)
            limiter.Apply(quiet, 8000, heard);

        Assert.Equal(1, limiter.Gain);
        Assert.Equal(quiet.Select(sample => (short)sample), heard);
    }

    [Theory]
    [InlineData(160)]
    [InlineData(320)]
    [InlineData(960)]
    [InlineData(77)]
    public void Sums_are_those_of_one_sample_after_another(int length)
    {
        var random = new Random(7);
        var (one, two) = (Noise(random, length), Noise(random, length));
        var (sum, rest, narrow) = (new int[length], new int[length], new short[length]);

        MixMath.Add(sum, one);
        MixMath.Add(sum, two);
        MixMath.Without(sum, one, rest);
        MixMath.Narrow(sum, narrow);

        Assert.Equal(one.Zip(two, (a, b) => a + b), sum);
        Assert.Equal(two.Select(sample => (int)sample), rest);
        Assert.Equal(sum.Select(sample => (short)Math.Clamp(sample, short.MinValue, short.MaxValue)), narrow);
        Assert.Equal(sum.Max(Math.Abs), MixMath.Peak(sum));
        Assert.Equal(one.Average(sample => Math.Pow(sample / 32767.0, 2)), MixMath.Power(one), 4);
    }

    private static short[] Noise(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];

    private static int[] Sum(params short[][] voices) => [.. Enumerable.Range(0, voices[0].Length).Select(i => voices.Sum(voice => voice[i]))];

    private static short[] Limit(int[] sum)
    {
        var limiter = new MixLimiter();
        var heard = new short[sum.Length];
        for (var at = 0; at < sum.Length; at += Frame)
            limiter.Apply(sum.AsSpan(at, Frame), 8000, heard.AsSpan(at, Frame));
        return heard;
    }
}

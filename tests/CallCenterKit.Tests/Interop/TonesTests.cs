namespace CallCenterKit.Tests.Interop;

/// <summary>What judges the calls is judged first.</summary>
public class TonesTests
{
    private const int Rate = 8000;

    [Fact]
    public void A_steady_tone_has_its_level_no_gap_and_no_splice()
    {
        var report = Tones.Measure(Sine(437, 0.5, 0, Rate * 4), Rate, 437);

        Assert.Equal(-6.0, report.LevelDb, 0.1);
        Assert.Equal(TimeSpan.Zero, report.LongestGap);
        Assert.Equal(0, report.Splices);
        Assert.Equal(4, report.Length.TotalSeconds, 0.02);
    }

    [Fact]
    public void Another_tone_is_far_below()
    {
        Assert.True(Tones.LevelDb(Sine(437, 0.5, 0, Rate * 4), Rate, 1033) < -80);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(200)]
    public void Silence_within_a_tone_is_measured(int milliseconds)
    {
        var samples = Sine(437, 0.5, 0, Rate * 4);
        samples.AsSpan(Rate, Rate / 1000 * milliseconds).Clear();

        var gap = Tones.Measure(samples, Rate, 437).LongestGap;

        Assert.Equal(milliseconds, gap.TotalMilliseconds, 5.0);
    }

    [Fact]
    public void A_tone_is_split_at_its_longest_gap()
    {
        var samples = Sine(437, 0.5, 0, Rate * 4);
        samples.AsSpan(Rate / 2, 400).Clear();
        samples.AsSpan(Rate, Rate / 5).Clear();

        var (before, gap, after) = Tones.SplitAtGap(new(Rate, [samples]), 0, 437);

        Assert.Equal(1, before.Length.TotalSeconds, 0.006);
        Assert.Equal(0.2, gap.Length.TotalSeconds, 0.006);
        Assert.Equal(2.8, after.Length.TotalSeconds, 0.006);
    }

    [Fact]
    public void A_short_tone_shows_in_the_peak_though_not_in_the_mean()
    {
        var samples = new short[Rate * 20];
        Sine(437, 0.5, 0, Rate / 2).CopyTo(samples, Rate * 10);

        Assert.Equal(-6.0, Tones.PeakDb(samples, Rate, 437), 0.5);
        Assert.True(Tones.LevelDb(samples, Rate, 437) < -20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void A_lost_packet_is_one_splice(int packets)
    {
        const int Packet = Rate / 50;
        var samples = Sine(437, 0.5, 0, Rate).Concat(Sine(437, 0.5, Rate + (packets * Packet), Rate)).ToArray();

        Assert.Equal(1, Tones.Measure(samples, Rate, 437).Splices);
    }

    [Fact]
    public void A_quiet_tone_under_silence_is_not_heard()
    {
        var report = Tones.Measure(new short[Rate], Rate, 437);

        Assert.Equal(TimeSpan.Zero, report.Length);
        Assert.True(report.LevelDb < -100);
    }

    private static short[] Sine(double hz, double amplitude, int offset, int count) =>
        [.. Enumerable.Range(offset, count).Select(i => (short)(amplitude * short.MaxValue * Math.Sin(2 * Math.PI * hz * i / Rate)))];
}

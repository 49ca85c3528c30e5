namespace CallCenterKit.Ivr.Speaking;

public class TelephoneSpeechTests
{
    private const double Level = 10_000;

    [Theory]
    [InlineData(16_000, 300)]
    [InlineData(16_000, 3_400)]
    [InlineData(22_050, 1_000)]
    [InlineData(22_050, 3_400)]
    [InlineData(48_000, 3_000)]
    public void What_a_telephone_carries_stays_as_it_was(int rateHz, double frequencyHz) =>
        Assert.InRange(Decibels(Convert(rateHz, frequencyHz)), -0.1, 0.1);

    [Theory]
    [InlineData(16_000, 4_001)]
    [InlineData(16_000, 7_000)]
    [InlineData(22_050, 4_001)]
    [InlineData(22_050, 4_600)]
    [InlineData(22_050, 10_000)]
    [InlineData(48_000, 20_000)]
    public void What_would_come_back_as_another_tone_is_gone(int rateHz, double frequencyHz) =>
        Assert.True(Decibels(Convert(rateHz, frequencyHz)) < -60);

    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(22_050)]
    public void It_takes_as_long_as_before(int rateHz) => Assert.Equal(16_000, TelephoneSpeech.Convert(new short[2 * rateHz], rateHz).Length);

    [Theory]
    [InlineData(7_999)]
    [InlineData(48_001)]
    public void Other_rates_are_refused(int rateHz) => Assert.Throws<ArgumentOutOfRangeException>(() => TelephoneSpeech.Convert([], rateHz));

    [Fact]
    public void The_loudest_samples_do_not_wrap()
    {
        var square = Enumerable.Range(0, 22_050).Select(i => i / 50 % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();

        var converted = TelephoneSpeech.Convert(square, 22_050);

        for (var i = 1; i < converted.Length; i++)
            Assert.False(converted[i - 1] > 30_000 && converted[i] < -30_000);
    }

    private static short[] Convert(int rateHz, double frequencyHz) => TelephoneSpeech.Convert(
        [.. Enumerable.Range(0, rateHz).Select(i => (short)Math.Round(Level * Math.Sin(Math.Tau * frequencyHz * i / rateHz)))], rateHz);

    /// <summary>Against the tone that went in, in the middle, where the filter is full.</summary>
    private static double Decibels(short[] pcm) =>
        20 * Math.Log10(Math.Max(1e-6, Math.Sqrt(pcm[500..^500].Average(sample => (double)sample * sample)) / (Level / Math.Sqrt(2))));
}

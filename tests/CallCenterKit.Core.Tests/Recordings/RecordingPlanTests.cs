using CallCenterKit.Voice;

namespace CallCenterKit.Recordings;

public class RecordingPlanTests
{
    [Theory]
    [InlineData(RecordingFormat.WavMuLaw, RecordingChannels.Stereo, 8_000, 345_600_000_000)]
    [InlineData(RecordingFormat.WavMuLaw, RecordingChannels.Mono, 8_000, 172_800_000_000)]
    [InlineData(RecordingFormat.WavPcm16, RecordingChannels.Stereo, 8_000, 691_200_000_000)]
    [InlineData(RecordingFormat.WavPcm16, RecordingChannels.Mono, 8_000, 345_600_000_000)]
    [InlineData(RecordingFormat.WavPcm16, RecordingChannels.Stereo, 16_000, 1_382_400_000_000)]
    public void A_thousand_calls_a_day_of_four_minutes_kept_for_ninety_days(RecordingFormat format, RecordingChannels channels, int rateHz, long bytes) =>
        Assert.Equal(bytes, new RecordingPlan(1_000, TimeSpan.FromMinutes(4), 90) { Format = format, Channels = channels, SampleRateHz = rateHz }.Bytes);

    [Fact]
    public void A_great_center_does_not_overflow() =>
        Assert.Equal(21_024_000_000_000_000, new RecordingPlan(1_000_000, TimeSpan.FromMinutes(5), 3_650 / 5 * 3) { Format = RecordingFormat.WavPcm16 }.Bytes);
}

using CallCenterKit.Shared;

namespace CallCenterKit.Time;

public class ClockTests
{
    [Fact]
    public void Instants_are_cut_to_whole_microseconds() =>
        Assert.Equal(SampleIds.Noon.AddMicroseconds(1), Clock.Cut(SampleIds.Noon.AddMicroseconds(1).AddTicks(9)));

    [Fact]
    public void Instants_are_UTC() =>
        Assert.Equal(TimeSpan.Zero, Clock.Cut(SampleIds.Noon.ToOffset(TimeSpan.FromHours(2))).Offset);

    [Fact]
    public void A_wall_clock_set_back_is_not_followed()
    {
        var time = new AdjustableTime();
        var clock = new Clock(time);

        time.Wall -= TimeSpan.FromHours(1);
        time.Elapsed += TimeSpan.FromSeconds(3);

        Assert.Equal(SampleIds.Noon.AddSeconds(3), clock.Now);
    }

    private sealed class AdjustableTime : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = SampleIds.Noon;

        public TimeSpan Elapsed { get; set; } = TimeSpan.FromDays(9);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}

using static CallCenterKit.Recordings.RecordingMode;

namespace CallCenterKit.Recordings;

public class RecordingPolicyTests
{
    [Theory]
    [InlineData(null, null, null, null, null)]
    [InlineData(FromAnswer, null, null, null, FromAnswer)]
    [InlineData(FromAnswer, OnDemand, null, null, OnDemand)]
    [InlineData(FromAnswer, OnDemand, FromIvr, null, FromIvr)]
    [InlineData(FromAnswer, OnDemand, FromIvr, OnDemand, OnDemand)]
    [InlineData(null, FromIvr, null, null, FromIvr)]
    [InlineData(null, null, FromAnswer, null, FromAnswer)]
    [InlineData(null, null, null, OnDemand, OnDemand)]
    [InlineData(OnDemand, null, null, FromIvr, FromIvr)]
    [InlineData(Never, FromIvr, FromIvr, FromIvr, Never)]
    [InlineData(FromIvr, Never, FromIvr, FromIvr, Never)]
    [InlineData(FromIvr, FromIvr, Never, FromIvr, Never)]
    [InlineData(FromIvr, FromIvr, FromIvr, Never, Never)]
    [InlineData(Never, null, null, null, Never)]
    public void Never_counts_wherever_it_stands_and_else_the_nearest(RecordingMode? center, RecordingMode? number, RecordingMode? queue, RecordingMode? agent, RecordingMode? expected) =>
        Assert.Equal(expected, RecordingPolicy.Resolve(center, number, queue, agent));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, OnDemand, OnDemand)]
    [InlineData(OnDemand, FromAnswer, FromAnswer)]
    [InlineData(FromAnswer, FromIvr, FromIvr)]
    [InlineData(FromIvr, Never, Never)]
    [InlineData(null, Never, Never)]
    public void Of_two_who_are_there_never_counts_and_else_whoever_wants_more(RecordingMode? one, RecordingMode? other, RecordingMode? expected)
    {
        Assert.Equal(expected, RecordingPolicy.Together(one, other));
        Assert.Equal(expected, RecordingPolicy.Together(other, one));
    }
}

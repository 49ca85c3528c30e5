using CallCenterKit.Routing;
using CallCenterKit.Shared.Journal;
using static CallCenterKit.Metrics.Timeline;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Metrics;

public class LiveFiguresTests
{
    private readonly LiveFigures _figures = new();
    private readonly Timeline _time;

    public LiveFiguresTests() => _time = new(_figures);

    private QueueFigures Of(QueueId queue) => Assert.Single(_figures.Current.Queues, figures => figures.Queue == queue);

    [Fact]
    public void Before_anything_happens_there_is_nothing_to_divide_by()
    {
        var total = _figures.Current.Total;

        Assert.Equal((null, null, null), (total.ServiceLevelF4, total.AverageSpeedOfAnswer, total.AbandonmentRate));
        Assert.Empty(_figures.Current.Queues);
    }

    [Fact]
    public void Service_level_F4_leaves_out_who_abandoned_within_the_threshold()
    {
        _time.Configure();
        _time.Waits(1, Support, QueueExit.Answered, 4);
        _time.Waits(2, Support, QueueExit.Answered, 10); // At the threshold is in time.
        _time.Waits(3, Support, QueueExit.Answered, 10.000001);
        _time.Waits(4, Support, QueueExit.Abandoned, 10); // At the threshold is not after it.
        _time.Waits(5, Support, QueueExit.Abandoned, 3);
        _time.Waits(6, Support, QueueExit.Abandoned, 25);

        var support = Of(Support);

        Assert.Equal((6, 3, 2, 3, 1), (support.Entered, support.Answered, support.AnsweredInTime, support.Abandoned, support.AbandonedAfterThreshold));
        Assert.Equal(2.0 / (3 + 1), support.ServiceLevelF4);
        Assert.Equal(3.0 / 6, support.AbandonmentRate);
        Assert.Equal(TimeSpan.FromSeconds(24.000001) / 3, support.AverageSpeedOfAnswer);
        Assert.Equal(TimeSpan.FromSeconds(25), support.LongestWait);
    }

    [Fact]
    public void In_the_total_each_call_is_measured_by_the_threshold_of_its_queue()
    {
        _time.Configure();
        _time.Waits(1, Support, QueueExit.Answered, 20); // Late: 10 s.
        _time.Waits(2, Sales, QueueExit.Answered, 20); // In time: 30 s.
        _time.Waits(3, Sales, QueueExit.Abandoned, 20);

        Assert.Equal((0.0, 1.0), (Of(Support).ServiceLevelF4, Of(Sales).ServiceLevelF4));
        Assert.Equal(0.5, _figures.Current.Total.ServiceLevelF4);
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), null), (Of(Support).Threshold, Of(Sales).Threshold, _figures.Current.Total.Threshold));
    }

    [Fact]
    public void A_queue_that_the_model_does_not_name_has_20_seconds()
    {
        _time.Waits(1, Support, QueueExit.Answered, 20);
        _time.Waits(2, Support, QueueExit.Answered, 20.5);

        Assert.Equal(0.5, Of(Support).ServiceLevelF4);
    }

    [Fact]
    public void A_threshold_that_changes_counts_from_then_on()
    {
        _time.Waits(1, Support, QueueExit.Answered, 15);
        _time.Configure();
        _time.Waits(2, Support, QueueExit.Answered, 15);

        Assert.Equal(0.5, Of(Support).ServiceLevelF4);
    }

    [Fact]
    public void Who_waits_now_shows_with_the_oldest()
    {
        _time.Configure();
        _time.Enters(1, 7, Support);
        _time.Enters(2, 9, Support, enqueuedAt: 3);
        _time.Enters(3, 8, Sales);

        Assert.Equal((2, Noon.AddSeconds(3)), (Of(Support).Waiting, Of(Support).WaitingSince));
        Assert.Equal((3, Noon.AddSeconds(3)), (_figures.Current.Total.Waiting, _figures.Current.Total.WaitingSince));

        _time.Leaves(2, 12, Support, QueueExit.Answered, 9);

        Assert.Equal((1, Noon.AddSeconds(7)), (Of(Support).Waiting, Of(Support).WaitingSince));
    }

    [Fact]
    public void A_call_that_moves_on_counts_in_both_queues_and_once_in_the_total()
    {
        _time.Enters(1, 0, Support);
        _time.Leaves(1, 25, Support, QueueExit.Moved, 25);
        _time.Enters(1, 25, Sales, enqueuedAt: 0, stay: 1);
        _time.Leaves(1, 40, Sales, QueueExit.Answered, 40, stay: 1);

        Assert.Equal((1, 1, 0), (Of(Support).Entered, Of(Support).MovedOn, Of(Support).Answered));
        Assert.Equal((1, 1, TimeSpan.FromSeconds(40)), (Of(Sales).Entered, Of(Sales).Answered, Of(Sales).AverageSpeedOfAnswer));
        var total = _figures.Current.Total;
        Assert.Equal((1, 0, 1, TimeSpan.FromSeconds(40)), (total.Entered, total.MovedOn, total.Answered, total.AverageSpeedOfAnswer));
    }

    [Fact]
    public void Every_stay_ends_in_exactly_one_way()
    {
        _time.Configure();
        var call = 0;
        foreach (var exit in Enum.GetValues<QueueExit>().SelectMany(exit => Enumerable.Repeat(exit, (int)exit + 1)))
            _time.Waits(++call, Support, exit, 5);
        _time.Enters(90, 90, Support);
        _time.At(91, new QueueRefused(Interaction(91), Support));

        var support = Of(Support);

        Assert.Equal((1, 2, 3, 4 + 6 + 7 + 8 + 9 + 10, 5), (support.Answered, support.Abandoned, support.TimedOut, support.Withdrawn, support.MovedOn));
        Assert.Equal(support.Entered, support.Answered + support.Abandoned + support.TimedOut + support.Withdrawn + support.MovedOn + support.Waiting);
        var total = _figures.Current.Total;
        Assert.Equal(total.Entered, total.Answered + total.Abandoned + total.TimedOut + total.Withdrawn + total.Waiting);
        Assert.Equal((1, 1), (support.Refused, total.Refused));
    }

    [Fact]
    public void A_stay_that_began_before_the_first_entry_is_left_out()
    {
        _time.Leaves(1, 30, Support, QueueExit.Closed, 4_000);

        Assert.Equal((0, TimeSpan.Zero), (_figures.Current.Total.Withdrawn, _figures.Current.Total.LongestWait));
    }

    [Fact]
    public void A_picture_stays_what_it_was()
    {
        _time.Configure();
        _time.Waits(1, Support, QueueExit.Answered, 4);
        var before = _figures.Current;
        Assert.Same(before, _figures.Current);

        _time.At(60, new AgentResumed(Alice, new("x")));
        Assert.Same(before, _figures.Current);
        _time.Waits(2, Support, QueueExit.Abandoned, 40);

        Assert.NotSame(before, _figures.Current);
        Assert.Equal((1, 2), (before.Total.Entered, _figures.Current.Total.Entered));
        Assert.Equal((Noon, Noon.AddSeconds(42)), (_figures.Current.Since, _figures.Current.At));
    }

    [Fact]
    public void Every_kind_of_event_is_taken()
    {
        _time.At(0, [.. SampleEvents.All]);

        Assert.Equal((1, 1), (_figures.Current.Total.Entered, _figures.Current.Total.Answered));
    }
}

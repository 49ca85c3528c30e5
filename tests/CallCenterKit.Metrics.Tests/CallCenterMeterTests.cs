using System.Diagnostics.Metrics;
using CallCenterKit.Conversations;
using CallCenterKit.Live;
using CallCenterKit.Routing;
using CallCenterKit.Shared.Journal;
using CallCenterKit.Voice;
using static CallCenterKit.Metrics.Timeline;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Metrics;

public sealed class CallCenterMeterTests : IDisposable
{
    private readonly MeterReading _reading = new();
    private readonly Timeline _time;
    private LiveView? _board;

    public CallCenterMeterTests() => _time = new(new CallCenterMeter(_reading, new("main"), () => _board));

    public void Dispose() => _reading.Dispose();

    [Fact]
    public void The_meter_says_which_center()
    {
        var meter = Assert.Single(_reading.Meters);

        Assert.Equal("CallCenterKit", meter.Name);
        Assert.Equal([new("callcenter.center", "main")], meter.Tags!);
    }

    [Fact]
    public void Legs_that_begin_to_sound_poor_are_counted()
    {
        _time.Arrives(1, 0);
        _time.At(20, new LegQualityPoor(Interaction(1), Call(2), 2.7, 0.12, TimeSpan.Zero, TimeSpan.Zero));
        _time.At(40, new LegQualityGood(Interaction(1), Call(2), 4));

        Assert.Equal(["1"], _reading.Of(MetricNames.PoorLegs).Select(text => text.Trim()));
    }

    [Fact]
    public void A_served_call_is_measured_from_arrival_to_after_call_work()
    {
        _time.Arrives(1, 0);
        _time.Enters(1, 5, Support);
        _time.Rings(1, 6, OfferEnd.NoAnswer, 20);
        _time.Rings(2, 26, OfferEnd.Answered, 3.5);
        _time.Leaves(1, 29.5, Support, QueueExit.Answered, 24.5);
        _time.At(29.5,
            new AssignmentStarted(Alice, Interaction(1), Support, "voice", 1, TimeSpan.FromSeconds(24.5)),
            new ConversationJoined(Interaction(1), Call(2), Alice, new("1001"), Support));
        _time.At(40, new ConversationHeld(Interaction(1), Call(2)));
        _time.At(45, new ConversationResumed(Interaction(1), Call(2)));
        _time.Ends(1, 60);
        _time.At(60,
            new ConversationParted(Interaction(1), Call(2), Alice, HangUpCause.Normal, CallEndedBy.Center),
            new AssignmentOver(Alice, Interaction(1), Support, Noon.AddSeconds(70)));
        _time.At(67, new WrapUpEnded(Alice, Interaction(1), "resolved", TimedOut: false));

        Assert.Equal(["1 inbound", "-1 inbound"], _reading.Of(MetricNames.ActiveCalls));
        Assert.Equal(["1 inbound completed"], _reading.Of(MetricNames.Calls));
        Assert.Equal(["60 inbound completed"], _reading.Of(MetricNames.CallDuration));
        Assert.Equal(["1 support", "-1 support"], _reading.Of(MetricNames.Waiting));
        Assert.Equal(["24.5 support answered"], _reading.Of(MetricNames.WaitDuration));
        Assert.Equal(["1 support no_answer", "1 support answered"], _reading.Of(MetricNames.Offers));
        Assert.Equal(["20 support no_answer", "3.5 support answered"], _reading.Of(MetricNames.OfferDuration));
        Assert.Equal(["25.5 support"], _reading.Of(MetricNames.TalkDuration));
        Assert.Equal(["5 support"], _reading.Of(MetricNames.HoldDuration));
        Assert.Equal(["7 support"], _reading.Of(MetricNames.WrapUpDuration));
    }

    [Fact]
    public void An_abandoned_call_has_a_wait_and_no_talk()
    {
        _time.Arrives(1, 0);
        _time.Enters(1, 5, Support);
        _time.Ends(1, 17);
        _time.Leaves(1, 17, Support, QueueExit.Abandoned, 12);

        Assert.Equal(["1 inbound abandoned"], _reading.Of(MetricNames.Calls));
        Assert.Equal(["12 support abandoned"], _reading.Of(MetricNames.WaitDuration));
        Assert.Empty(_reading.Of(MetricNames.TalkDuration));
        Assert.Empty(_reading.Of(MetricNames.HoldDuration));
    }

    [Fact]
    public void A_call_that_found_no_place_is_refused_by_its_queue()
    {
        _time.Arrives(1, 0, CallDirection.Outbound);
        _time.At(1, new FlowEntered(Interaction(1), "welcome"), new QueueRefused(Interaction(1), Support));
        _time.Ends(1, 2);

        Assert.Equal(["1 support"], _reading.Of(MetricNames.Refused));
        Assert.Equal(["1 outbound unserved"], _reading.Of(MetricNames.Calls));
    }

    [Fact]
    public void What_an_earlier_life_began_is_left_out_but_what_it_cut_off_is_counted()
    {
        _time.Leaves(1, 0, Support, QueueExit.Closed, 4_000);
        _time.At(0,
            new OfferEnded(new(1, 1), Alice, Interaction(1), Support, OfferEnd.Withdrawn, null, null),
            new InteractionInterrupted(Interaction(1), Noon.AddHours(-1)));

        Assert.Equal(["1 interrupted"], _reading.Of(MetricNames.Calls));
        Assert.Empty(_reading.Of(MetricNames.Waiting));
        Assert.Empty(_reading.Of(MetricNames.WaitDuration));
        Assert.Empty(_reading.Of(MetricNames.Offers));
        Assert.Empty(_reading.Of(MetricNames.ActiveCalls));
    }

    [Fact]
    public void Agents_are_counted_by_state_when_somebody_looks()
    {
        _reading.Observe();
        Assert.Empty(_reading.Of(MetricNames.Agents));

        _board = new(Noon, 1, [Agent("alice", AgentState.Talking), Agent("bob", AgentState.WrappingUp), Agent("eve", AgentState.Talking)], [], []);
        _reading.Observe();

        Assert.Equal(
            ["0 logged_out", "0 unreachable", "0 paused", "0 available", "0 ringing", "2 talking", "1 wrapping_up"],
            _reading.Of(MetricNames.Agents));
    }

    [Fact]
    public void Durations_are_seconds_and_counts_say_what_they_count()
    {
        var units = new Dictionary<string, string?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (_reading.Meters.Contains(instrument.Meter))
                    units[instrument.Name] = instrument.Unit;
            },
        };
        listener.Start();

        Assert.Equal(16, units.Count);
        Assert.All(units, instrument => Assert.Equal(
            instrument.Key.EndsWith(".duration", StringComparison.Ordinal) ? "s" : "{",
            instrument.Value![..1]));
    }

    [Fact]
    public void Every_kind_of_event_is_taken()
    {
        _time.At(0, [.. SampleEvents.All]);

        Assert.Equal(["1 inbound completed", "1 interrupted"], _reading.Of(MetricNames.Calls));
    }

    private static LiveAgent Agent(string id, AgentState state) => new(new(id), id, state, Noon, new("1001"), null, null);
}

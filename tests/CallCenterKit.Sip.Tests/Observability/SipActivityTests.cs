using System.Collections.Frozen;
using System.Diagnostics;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Testing;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Observability;

public sealed class SipActivityTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly CallId _id = new(Guid.Parse("0198f000-0000-7000-8000-5350414e0001"));

    [Fact]
    public void Call_is_a_span_from_its_invite_to_its_end()
    {
        using var source = new SipActivitySource(_time);
        List<Activity> ended = [];
        using var listener = Listen(ended);

        var span = source.Start(Facts(CallDirection.Inbound, new CallOrigin.FromTrunk("carrier")));
        Assert.Null(Activity.Current);
        _time.Advance(TimeSpan.FromSeconds(1));
        span.Ringing();
        _time.Advance(TimeSpan.FromSeconds(4));
        span.Answered();
        _time.Advance(TimeSpan.FromSeconds(60));
        span.Ended(new(HangUpCause.Normal, CallEndedBy.Party));

        var activity = Assert.Single(ended, one => Equals(one.GetTagItem(SipMetricNames.Call), _id.ToString()));
        Assert.Equal(ActivityKind.Server, activity.Kind);
        Assert.Equal(TimeSpan.FromSeconds(65), activity.Duration);
        Assert.Equal(["ringing", "answered"], activity.Events.Select(one => one.Name));
        Assert.Equal(TimeSpan.FromSeconds(5), activity.Events.Last().Timestamp - activity.StartTimeUtc);
        Assert.Equal("inbound", activity.GetTagItem(SipMetricNames.Direction));
        Assert.Equal("carrier", activity.GetTagItem(SipMetricNames.Trunk));
        Assert.Equal("****4000", activity.GetTagItem(SipMetricNames.From));
        Assert.Equal("100", activity.GetTagItem(SipMetricNames.To));
        Assert.Equal("Normal", activity.GetTagItem(SipMetricNames.Cause));
        Assert.Equal("Party", activity.GetTagItem(SipMetricNames.EndedBy));
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        Assert.Null(activity.Parent);
    }

    [Fact]
    public void Call_that_failed_is_an_error_with_its_status()
    {
        using var source = new SipActivitySource(_time);
        List<Activity> ended = [];
        using var listener = Listen(ended);

        var span = source.Start(Facts(CallDirection.Outbound, new CallOrigin.Dialled(new DialTarget.ToEndpoint(new("alice")))));
        span.OverTrunk("second");
        span.Ended(new(HangUpCause.Congestion, CallEndedBy.Network, 503));

        var activity = Assert.Single(ended, one => Equals(one.GetTagItem(SipMetricNames.Call), _id.ToString()));
        Assert.Equal((ActivityKind.Client, ActivityStatusCode.Error), (activity.Kind, activity.Status));
        Assert.Equal("alice", activity.GetTagItem(SipMetricNames.Endpoint));
        Assert.Equal("second", activity.GetTagItem(SipMetricNames.Trunk));
        Assert.Equal(503, activity.GetTagItem(SipMetricNames.Status));
    }

    [Fact]
    public void Span_of_the_host_is_not_taken_for_the_parent_and_stays_current()
    {
        using var source = new SipActivitySource(_time);
        List<Activity> ended = [];
        using var listener = Listen(ended);
        using var mine = new Activity("mine").Start();

        source.Start(Facts(CallDirection.Inbound, new CallOrigin.Stranger())).Ended(new(HangUpCause.Normal, CallEndedBy.Party));

        Assert.Same(mine, Activity.Current);
        Assert.Equal(default, Assert.Single(ended, one => Equals(one.GetTagItem(SipMetricNames.Call), _id.ToString())).ParentSpanId);
    }

    [Fact]
    public void Without_a_listener_there_is_no_span_and_nothing_happens()
    {
        var span = default(SipActivity);

        span.Ringing();
        span.Answered();
        span.OverTrunk("x");
        span.Ended(new(HangUpCause.Normal, CallEndedBy.Party));

        Assert.Null(Activity.Current);
    }

    private static ActivityListener Listen(List<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SipMetricNames.Meter,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (ended)
                    ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private SipCallFacts Facts(CallDirection direction, CallOrigin origin) => new(_id, direction, origin)
    {
        From = new("+49301234000"),
        To = new("100"),
        Attributes = FrozenDictionary<string, string>.Empty,
    };
}

using System.Diagnostics;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Observability;

/// <summary>Makes the spans of calls; there are none while nobody listens.</summary>
internal sealed class SipActivitySource(TimeProvider time) : IDisposable
{
    private readonly ActivitySource _source = new(SipMetricNames.Meter);

    /// <summary>Begins the span of a leg, with its INVITE.</summary>
    public SipActivity Start(SipCallFacts facts)
    {
        if (!_source.HasListeners())
            return default;
        var isInbound = facts.Direction == CallDirection.Inbound;
        // Whatever runs on this thread next is not part of the call.
        var before = Activity.Current;
        Activity.Current = null;
        var span = _source.StartActivity(
            isInbound ? "call inbound" : "call outbound", isInbound ? ActivityKind.Server : ActivityKind.Client, default(ActivityContext),
            startTime: time.GetUtcNow());
        Activity.Current = before;
        if (span is null)
            return default;
        span.SetTag(SipMetricNames.Direction, isInbound ? "inbound" : "outbound");
        span.SetTag(SipMetricNames.Call, facts.Id.ToString());
        span.SetTag(SipMetricNames.From, SipMask.Numbers(facts.From.Number));
        span.SetTag(SipMetricNames.To, SipMask.Numbers(facts.To.Number));
        Locate(span, facts.Origin);
        return new(span, time);
    }

    public void Dispose() => _source.Dispose();

    private static void Locate(Activity span, CallOrigin origin)
    {
        switch (origin)
        {
            case CallOrigin.FromTrunk trunk:
                span.SetTag(SipMetricNames.Trunk, trunk.Trunk);
                break;
            case CallOrigin.FromEndpoint endpoint:
                span.SetTag(SipMetricNames.Endpoint, endpoint.Endpoint.Text);
                break;
            case CallOrigin.Dialled { Target: DialTarget.ToEndpoint target }:
                span.SetTag(SipMetricNames.Endpoint, target.Endpoint.Text);
                break;
        }
    }
}

/// <summary>The span of one leg, from its INVITE to its end. The default does nothing.</summary>
internal readonly struct SipActivity(Activity span, TimeProvider time)
{
    private readonly Activity? _span = span;

    /// <summary>The trunk that carries an outbound leg, once it is known.</summary>
    public void OverTrunk(string trunk) => _span?.SetTag(SipMetricNames.Trunk, trunk);

    public void Ringing() => Note("ringing");

    public void Answered() => Note("answered");

    /// <summary>Ends the span; nothing may follow.</summary>
    public void Ended(CallEnding ending)
    {
        if (_span is null)
            return;
        _span.SetTag(SipMetricNames.Cause, ending.Cause.ToString());
        _span.SetTag(SipMetricNames.EndedBy, ending.By.ToString());
        if (ending.Status is { } status)
            _span.SetTag(SipMetricNames.Status, status);
        if (ending.Cause is HangUpCause.NetworkLost or HangUpCause.Failed or HangUpCause.Congestion)
            _span.SetStatus(ActivityStatusCode.Error, ending.Cause.ToString());
        _span.SetEndTime(time.GetUtcNow().UtcDateTime);
        var before = Activity.Current;
        _span.Stop(); // makes current what was so at the start
        Activity.Current = before;
    }

    private void Note(string what) => _span?.AddEvent(new(what, time.GetUtcNow()));
}

using CallCenterKit.Conversations;
using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;
using CallCenterKit.Model;
using CallCenterKit.Offers;
using CallCenterKit.Recordings;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>A call to one of our phones, to an agent, or on to a number outside, without a queue.</summary>
internal sealed class DirectCall(ConversationHost host, CenterServices center, Interactions interactions) : ILegListener
{
    /// <summary>How long an agent's phones are rung one after another before the last goes on alone.</summary>
    private static readonly TimeSpan OrderedRingTime = TimeSpan.FromSeconds(30);

    private bool _rung;

    /// <summary>Rings, joins the two, and returns when one of them has left.</summary>
    /// <param name="target">A phone, an agent, or a rule to the outside.</param>
    /// <param name="number">What was dialled, or where the caller was sent.</param>
    public async ValueTask RunAsync(DialPlanTarget target, string number)
    {
        TakeCaller();
        switch (target)
        {
            case ToExtension extension: await CallPhoneAsync(extension).ConfigureAwait(false); break;
            case ToAgent agent: await CallAgentAsync(agent.Agent).ConfigureAwait(false); break;
            case ToOutside: await CallOutsideAsync(number).ConfigureAwait(false); break;
            default: throw new ArgumentOutOfRangeException(nameof(target), target, "Not a target of a direct call.");
        }
    }

    public void OnSignal(ICall call, CallSignal signal)
    {
        if (signal is not (CallSignal.Ringing or CallSignal.EarlyAudio) || _rung)
            return;
        _rung = true;
        _ = RingCallerAsync();
    }

    /// <summary>An agent who calls is offered nothing meanwhile.</summary>
    private void TakeCaller()
    {
        if (host.Customer.Origin is not CallOrigin.FromEndpoint { Endpoint: var phone } || center.Board.AgentAt(phone) is not { Id: var agent })
            return;
        center.Routing.Post(new CallTaken(agent, host.Interaction) { Direction = CallDirection.Outbound });
        // Another leg of the agent may have taken the place of this one; then the conversation says when it is over.
        host.Customer.Ended.UnsafeRegister(
            _ =>
            {
                if (!host.HasJoined(agent))
                    center.Routing.Post(new AssignmentEnded(agent, host.Interaction));
            },
            null);
    }

    private async ValueTask CallPhoneAsync(ToExtension extension)
    {
        var (outcome, endpoint) = await RingAsync([new(extension.Endpoint)], default).ConfigureAwait(false);
        if (outcome is DialOutcome.Answered answered)
            await TalkAsync(answered.Call, endpoint, center.Board.AgentAt(endpoint)?.Id, extension.Recording).ConfigureAwait(false);
        else
            host.Customer.HangUp(CauseOf(outcome));
    }

    private async ValueTask CallAgentAsync(AgentId agent)
    {
        if (center.Board.Find(agent) is not { Endpoint: { } lease })
        {
            host.Customer.HangUp(HangUpCause.NoAnswer);
            return;
        }
        var (outcome, endpoint) = await RingAsync(center.PhonesOf(agent, lease), center.RingOrderOf(agent)).ConfigureAwait(false);
        if (outcome is DialOutcome.Answered answered)
            await TalkAsync(answered.Call, endpoint, agent, rule: null).ConfigureAwait(false);
        else
            host.Customer.HangUp(CauseOf(outcome));
    }

    private async ValueTask CallOutsideAsync(string dialled)
    {
        if (Outside.FindFor(center, host.Customer, dialled) is not { } number)
        {
            host.Customer.HangUp(HangUpCause.Forbidden);
            return;
        }
        var outcome = await DialAsync(new()
        {
            Id = new(center.Ids.Next()),
            Target = number.Target,
            Caller = number.Shown,
            RingTime = number.Rule.RingTime,
            PreferFormatsOf = host.Customer,
            IsEmergency = number.IsEmergency,
        }).ConfigureAwait(false);
        if (outcome is DialOutcome.Answered answered)
            await TalkAsync(answered.Call, new(number.Rule.Name), agent: null, number.Rule.Recording).ConfigureAwait(false);
        else
            host.Customer.HangUp(DialCauses.Of(outcome));
    }

    private async ValueTask<(DialOutcome Outcome, EndpointId Endpoint)> RingAsync(IReadOnlyList<AgentEndpoint> phones, RingOrder order)
    {
        var ring = new AgentRing(center, interactions);
        using var left = host.Customer.Ended.UnsafeRegister(static state => ((AgentRing)state!).Cancel(HangUpCause.Cancelled), ring);
        return await ring.RunAsync(new()
        {
            Phones = phones,
            Order = order,
            Caller = host.Customer.From,
            PreferFormatsOf = host.Customer,
            Time = order == RingOrder.InOrder ? OrderedRingTime : null,
            IsOpenEnded = true,
            Listener = this,
        }).ConfigureAwait(false);
    }

    private async ValueTask<DialOutcome> DialAsync(DialRequest request)
    {
        interactions.Listen(request.Id, this);
        try
        {
            return await center.DialAsync(request, host.Customer, host.Customer.Ended).ConfigureAwait(false);
        }
        finally
        {
            interactions.ForgetLeg(request.Id);
        }
    }

    private async ValueTask TalkAsync(ICall leg, EndpointId endpoint, AgentId? agent, RecordingMode? rule)
    {
        var parted = host.Session.BeginTalk();
        var recording = RecordingPolicy.Resolve(number: rule, agent: center.RecordingOf(agent));
        if (agent is { } known)
            center.Routing.Post(new CallTaken(known, host.Interaction));
        host.Join(leg, agent is { } who
            ? new AgentJoined(leg.Id, who, endpoint, null, recording)
            : new ExtensionJoined(leg.Id, endpoint, recording));
        await parted.WaitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RingCallerAsync()
    {
        try
        {
            await host.Customer.RingAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller left while the phone began to ring.
        }
    }

    private static HangUpCause CauseOf(DialOutcome outcome) => outcome switch
    {
        DialOutcome.Busy => HangUpCause.Busy,
        DialOutcome.NoAnswer => HangUpCause.NoAnswer,
        DialOutcome.Rejected => HangUpCause.Rejected,
        _ => HangUpCause.NoAnswer,
    };
}

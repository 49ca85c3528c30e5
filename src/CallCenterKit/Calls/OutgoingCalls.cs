using CallCenterKit.Hosting;
using CallCenterKit.Offers;
using CallCenterKit.Routing;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>Where calls to the outside begin: at one of our phones, or at a desk.</summary>
internal sealed class OutgoingCalls(CenterServices center, Interactions interactions, ContactLookup contacts)
{
    /// <summary>How long the phone of an agent who dials at a desk is rung.</summary>
    private static readonly TimeSpan PhoneRingTime = TimeSpan.FromSeconds(30);

    /// <summary>One of our phones dials; no flow starts that would have to wait until it is written.</summary>
    public void Start(ICall caller, InteractionId interaction, OutsideNumber number, EndpointId phone, AgentId? agent)
    {
        var call = new OutgoingCall(new(interaction, number, phone, agent, $"endpoint:{phone}"), center, interactions);
        call.Begin(contacts.FindAsync(number.Number, name: null));
        Run(call, caller);
    }

    /// <summary>Somebody asks for a call of an agent: the agent's phone is rung first, then the number is dialled.</summary>
    public async Task<DialResult> DialAsync(AgentId agent, string dialled, ActorId by, CancellationToken cancellationToken)
    {
        center.Work.Enter();
        try
        {
            return await RingAndDialAsync(agent, dialled, by, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            center.Work.Leave();
        }
    }

    private async ValueTask<DialResult> RingAndDialAsync(AgentId agent, string dialled, ActorId by, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (center.Board.Find(agent) is not { Endpoint: { } lease, State: not AgentState.Unreachable } seen)
            return new DialResult.AgentAway();
        if (seen.State is AgentState.Talking or AgentState.Ringing)
            return new DialResult.AgentBusy();
        if (Outside.Find(center, dialled, lease, agent, out var refusal) is not { } number)
            return new DialResult.Refused(refusal);
        var interaction = new InteractionId(center.Ids.Next());
        var call = new OutgoingCall(new(interaction, number, lease, agent, $"agent:{agent}", by), center, interactions);
        call.Begin(contacts.FindAsync(number.Number, name: null));
        return await RingAsync(call, interaction, new()
        {
            Phones = center.PhonesOf(agent, lease),
            Order = center.RingOrderOf(agent),
            Caller = new(number.Number),
            Time = PhoneRingTime,
        }, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<DialResult> RingAsync(OutgoingCall call, InteractionId interaction, RingRequest request, CancellationToken cancellationToken)
    {
        var ring = new AgentRing(center, interactions);
        using var wanted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, center.Stopping);
        using var withdrawal = wanted.Token.UnsafeRegister(static state => ((AgentRing)state!).Cancel(HangUpCause.Cancelled), ring);
        try
        {
            var (outcome, _) = await ring.RunAsync(request).ConfigureAwait(false);
            if (outcome is DialOutcome.Answered answered)
            {
                Run(call, answered.Call);
                return new DialResult.Dialled(interaction);
            }
            call.GiveUp(HangUpCause.Cancelled);
            return new DialResult.PhoneNotAnswered(DialCauses.Of(outcome));
        }
        catch
        {
            call.GiveUp(HangUpCause.Cancelled);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private void Run(OutgoingCall call, ICall caller)
    {
        center.Work.Enter();
        _ = RunAsync(call, caller);
    }

    private async Task RunAsync(OutgoingCall call, ICall caller)
    {
        await call.RunAsync(caller).ConfigureAwait(false);
        center.Work.Leave();
    }
}

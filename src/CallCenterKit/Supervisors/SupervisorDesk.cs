using CallCenterKit.Calls;
using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.DialPlans;
using CallCenterKit.Hosting;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Supervisors;

/// <summary>Brings supervisors to the calls of agents: those whose phones are rung, and those who dial the feature. Any thread.</summary>
internal sealed class SupervisorDesk(CenterServices center, Interactions interactions)
{
    private static readonly TimeSpan RingTime = TimeSpan.FromSeconds(30);

    /// <summary>Rings the phone and lets whoever answers join.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing rings any more.</exception>
    public async Task<SupervisionResult> RingAsync(InteractionId interaction, SupervisionRequest request, ActorId by, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (host, scope, refusal) = Find(interaction, request.Agent, request.Role, by);
        if (host is null)
            return refusal!;
        center.Work.Enter();
        try
        {
            return await RingAsync(host, request, scope, by, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            center.Work.Leave();
        }
    }

    public DeskOutcome Change(InteractionId interaction, SupervisionRole role, ActorId by) =>
        interactions.Find(interaction)?.Supervisors.Change(by, role) ?? DeskOutcome.NotInCall;

    public DeskOutcome End(InteractionId interaction, ActorId by) =>
        interactions.Find(interaction)?.Supervisors.End(by) ?? DeskOutcome.NotInCall;

    /// <summary>True when the call is for the feature: it joins the call of the agent at the extension dialled behind it, or is refused.</summary>
    public async ValueTask<bool> TryTakeAsync(ICall call)
    {
        if (center.DialPlan.Find(call.To.Number) is not ToFeature { Feature: var feature } || SupervisorFeature.RoleOf(feature) is not { } role)
            return false;
        if (call.Origin is CallOrigin.FromEndpoint { Endpoint: var phone })
            await TakeAsync(call, phone, role).ConfigureAwait(false);
        else
            call.HangUp(HangUpCause.Forbidden); // Only our own phones, which have registered with a password.
        return true;
    }

    private async ValueTask TakeAsync(ICall call, EndpointId phone, SupervisionRole role)
    {
        var by = TransferTargets.ActorOf(phone, center.Board.AgentAt(phone)?.Id);
        var extension = center.DialPlan.RestOf(call.To.Number);
        if (!EndpointId.TryFrom(extension, out var supervised) || center.Board.AgentAt(supervised) is not { Interaction: { } interaction } agent)
        {
            call.HangUp(HangUpCause.NotFound);
            return;
        }
        var (host, scope, refusal) = Find(interaction, agent.Id, role, by);
        if (host is null)
        {
            call.HangUp(refusal is SupervisionResult.Forbidden ? HangUpCause.Forbidden : HangUpCause.NotFound);
            return;
        }
        await center.Work.ParkAsync(call.AnswerAsync(CancellationToken.None)).ConfigureAwait(false);
        host.Join(call, new SupervisorJoined(call.Id, phone, agent.Id, role, scope, by));
    }

    /// <summary>The conversation of the agent's call and how far it may be supervised; no conversation, and why, when it may not.</summary>
    private (ConversationHost? Host, SupervisionScope Scope, SupervisionResult? Refusal) Find(InteractionId interaction, AgentId agent, SupervisionRole role, ActorId by)
    {
        if (interactions.Find(interaction) is not { } host || !host.HasJoined(agent))
            return (null, default, new SupervisionResult.NotInCall());
        if (center.Setup.Supervision.Find(by, agent, host.Queue, role) is not { } scope)
        {
            SupervisorsLog.Refused(center.Logger, by, interaction, agent, role);
            return (null, default, new SupervisionResult.Forbidden());
        }
        return host.Supervisors.Has(by) ? (null, default, new SupervisionResult.AlreadyThere()) : (host, scope, null);
    }

    private async ValueTask<SupervisionResult> RingAsync(ConversationHost host, SupervisionRequest request, SupervisionScope scope, ActorId by, CancellationToken cancellationToken)
    {
        using var wanted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.Customer.Ended, center.Stopping);
        var dial = new DialRequest
        {
            Id = new(center.Ids.Next()),
            Target = new DialTarget.ToEndpoint(request.Phone),
            Caller = new(host.LegOf(request.Agent) is { } leg && host.PhoneOf(leg) is { } phone ? phone.Value : ""),
            RingTime = RingTime,
            PreferFormatsOf = host.Customer,
        };
        try
        {
            var outcome = await center.DialAsync(dial, host.Customer, wanted.Token).ConfigureAwait(false);
            if (outcome is not DialOutcome.Answered { Call: var call })
                return new SupervisionResult.PhoneNotAnswered(DialCauses.Of(outcome));
            host.Join(call, new SupervisorJoined(call.Id, request.Phone, request.Agent, request.Role, scope, by));
            return new SupervisionResult.Joined();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SupervisionResult.NotInCall(); // The customer left meanwhile, or the center stops.
        }
    }
}

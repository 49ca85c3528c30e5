using System.Collections.Concurrent;
using CallCenterKit.Calls;
using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Supervisors;

/// <summary>The supervisors of one interaction: what their phones signal, and in which role they may go on. Any thread.</summary>
internal sealed class SupervisorLegs(CenterServices center, ConversationHost host)
{
    private readonly ConcurrentDictionary<CallId, SupervisorJoined> _legs = new();

    public void Add(SupervisorJoined joined) => _legs[joined.Leg] = joined;

    public void Forget(CallId leg) => _legs.TryRemove(leg, out _);

    public bool Has(CallId leg) => _legs.ContainsKey(leg);

    public bool Has(ActorId by) => Find(by) is not null;

    public DeskOutcome Change(ActorId by, SupervisionRole role)
    {
        if (Find(by) is not { } joined)
            return DeskOutcome.NotInCall;
        if (center.Setup.Supervision.Find(by, joined.Agent, host.Queue, role) is null)
            return DeskOutcome.Forbidden;
        host.Post(new SupervisionRoleAsked(joined.Leg, role, by));
        return DeskOutcome.Asked;
    }

    public DeskOutcome End(ActorId by)
    {
        if (Find(by) is not { } joined)
            return DeskOutcome.NotInCall;
        host.Post(new SupervisionEndAsked(joined.Leg, by));
        return DeskOutcome.Asked;
    }

    /// <summary>True when the leg is a supervisor's: it holds nobody and passes nobody on; keys 1, 2 and 3 choose the role.</summary>
    public bool TryTake(ICall call, CallSignal signal)
    {
        if (!_legs.TryGetValue(call.Id, out var joined))
            return false;
        switch (signal)
        {
            case CallSignal.Digit { Key: '1' }: Change(joined.Actor, SupervisionRole.Listen); break;
            case CallSignal.Digit { Key: '2' }: Change(joined.Actor, SupervisionRole.Whisper); break;
            case CallSignal.Digit { Key: '3' }: Change(joined.Actor, SupervisionRole.Barge); break;
            case CallSignal.TransferAsked: call.ReportTransfer(TransferProgress.Rejected); break;
            case CallSignal.Ended: return false;
            default: break;
        }
        return true;
    }

    private SupervisorJoined? Find(ActorId by) => _legs.Values.FirstOrDefault(joined => joined.Actor == by);
}

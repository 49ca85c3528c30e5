using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>Legs that come in and belong to a conversation that is there already: one that takes the place of another, and a call from a phone that holds somebody.</summary>
internal sealed class SecondCalls(CenterServices center, Interactions interactions)
{
    /// <summary>True when the leg belongs to a conversation, or was refused.</summary>
    public bool TryTake(ICall call)
    {
        var phone = call.Origin is CallOrigin.FromEndpoint from ? from.Endpoint : (EndpointId?)null;
        if (call.Replaces is { } old)
        {
            TakeOver(call, old, phone);
            return true;
        }
        return phone is { } ours && TryConsult(call, ours);
    }

    /// <summary>Only one of our phones takes a place: anybody else could listen in.</summary>
    private void TakeOver(ICall call, CallId old, EndpointId? phone)
    {
        if (phone is not { } ours)
            Refuse(call, old, HangUpCause.Forbidden, "it does not come from a phone of ours");
        else if (interactions.ListenerOf(old) is ConversationHost host)
            TakeOver(call, old, ours, host);
        else
            Refuse(call, old, HangUpCause.NotFound, "nobody talks there");
    }

    private void TakeOver(ICall call, CallId old, EndpointId phone, ConversationHost host)
    {
        var agent = center.Board.AgentAt(phone)?.Id;
        host.Join(call, new LegTakenOver(old, call.Id, agent, phone) { Recording = center.RecordingOf(agent) });
    }

    private void Refuse(ICall call, CallId old, HangUpCause cause, string why)
    {
        CallsLog.TakeOverRefused(center.Logger, old, why);
        call.HangUp(cause);
    }

    /// <summary>Whoever calls a person while somebody is on hold consults them; a machine is called by itself.</summary>
    private bool TryConsult(ICall call, EndpointId phone)
    {
        if (interactions.HeldBy(phone) is not { } held)
            return false;
        var target = TransferTargets.Of(center, call.To.Number, phone);
        if (target is not (TransferTarget.ToPhone or TransferTarget.ToOutside))
            return false;
        held.Host.Join(call, new SecondCallCame(call.Id, held.Leg, target, TransferTargets.ActorOf(phone, center.Board.AgentAt(phone)?.Id)));
        return true;
    }
}

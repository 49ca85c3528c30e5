using CallCenterKit.Model;
using CallCenterKit.Queues;

namespace CallCenterKit.Routing;

// Callbacks keep the place of whoever asked for one. The agent is rung first, so there are never more than free agents.
public sealed partial class RoutingEngine
{
    private void Decide(RequestCallback command, RoutingOutput output)
    {
        if (_state.EntriesByInteraction.TryGetValue(command.Interaction, out var entry) && entry.Reach == PartyReach.Present)
            Book(entry, output);
    }

    private void Book(QueueEntry entry, RoutingOutput output)
    {
        var waited = Now - entry.EnqueuedAt;
        var already = entry.Party is { } party && _state.Callbacks.ContainsKey((entry.Queue, party));
        if (already)
        {
            Exit(entry, QueueExit.CallbackMerged, output);
        }
        else
        {
            while (entry.IsOffered)
                Withdraw(entry.Offers[0], OfferEnd.CallerLeft, restUntil: null, output);
            Happen(new CallbackBooked(entry.Id, entry.Interaction, entry.Queue), output);
        }
        output.Add(new Release(entry.Interaction, entry.Queue, new QueueOutcome.CallbackBooked(waited, already)));
    }

    private void Call(QueueEntry entry, OpenOffer offer, RoutingOutput output)
    {
        Happen(new CallbackCalled(offer.Id, entry.Id, entry.Interaction, entry.Queue, offer.Agent.Id, entry.Attempts + 1), output);
        output.Add(new CallBack(offer.Id, entry.Interaction, entry.Queue, offer.Agent.Id, entry.Attempts));
    }

    private void Decide(PartyReached command, RoutingOutput output)
    {
        if (_state.Calling.TryGetValue(command.Offer, out var entry))
            Join(entry, command.Offer, entry.CallingAgent!.Value, output);
    }

    private void Decide(PartyNotReached command, RoutingOutput output)
    {
        if (!_state.Calling.TryGetValue(command.Offer, out var entry))
            return;
        var rules = RulesOf(entry);
        var agent = entry.CallingAgent!.Value;
        var retryAt = command.Reason == CallbackFailure.AgentLeft ? Now : Now + rules.RetryAfter;
        var isLast = command.Reason != CallbackFailure.AgentLeft && entry.Attempts >= rules.Attempts;
        Happen(new CallbackMissed(command.Offer, entry.Id, entry.Interaction, entry.Queue, command.Reason, retryAt), output);
        if (isLast || entry.BookedAt + rules.Expiry <= Now)
            GiveBack(entry, overflow: null, QueueExit.CallbackGivenUp, output);
        LeaveIfFree(agent, output);
    }

    private void CallbackDue(QueueModel queue, QueueEntry entry, RoutingOutput output)
    {
        if (entry.CallingFor is null && entry.BookedAt + queue.Callbacks.Expiry <= Now)
            GiveBack(entry, overflow: null, QueueExit.CallbackGivenUp, output);
    }

    /// <summary>The party is wanted no more: the agent who waits for it is free.</summary>
    private void StopCalling(QueueEntry entry, OfferId calling, RoutingOutput output)
    {
        var agent = entry.CallingAgent!.Value;
        Happen(new CallbackMissed(calling, entry.Id, entry.Interaction, entry.Queue, CallbackFailure.Failed, Now), output);
        output.Add(new WithdrawOffer(calling, agent, entry.Interaction, OfferEnd.CallerLeft));
    }

    private CallbackRules RulesOf(QueueEntry entry) => _state.Model.Queues.GetValueOrDefault(entry.Queue)?.Callbacks ?? new();
}

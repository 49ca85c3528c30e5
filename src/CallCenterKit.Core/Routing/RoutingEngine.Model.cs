namespace CallCenterKit.Routing;

// Changes that touch many at once: another model, another life.
public sealed partial class RoutingEngine
{
    private void Decide(ApplyModel command, RoutingOutput output)
    {
        _strategies.Check(command.Model);
        foreach (var agent in AgentsInOrder().Where(agent => agent.Endpoint is not null && !command.Model.Agents.ContainsKey(agent.Id)))
            LogOut(agent, Itself, output);
        var before = _state.Model;
        Happen(new ModelApplied(command.Model), output);
        foreach (var entry in EntriesInOrder().Where(entry => !command.Model.Queues.ContainsKey(entry.Queue)))
            SendAway(entry, before.Queues.GetValueOrDefault(entry.Queue)?.Overflow, QueueExit.Closed, output);
    }

    /// <summary>The phone calls of the process that died are over, and nobody is there to perform an effect on them.</summary>
    private void CloseWhatDied(RoutingOutput output)
    {
        foreach (var offer in _state.Offers.Values.OrderBy(offer => offer.Id.Epoch).ThenBy(offer => offer.Id.Number).ToList())
            Close(offer, output);
        foreach (var entry in EntriesInOrder())
            Close(entry, output);
        foreach (var agent in AgentsInOrder())
        {
            foreach (var dead in agent.Assignments.Where(each => each.Channel == Model.Channels.Voice && each.WrapUpUntil is null).ToList())
                Happen(new AssignmentOver(agent.Id, dead.Interaction, dead.Queue, WrapUpUntil: null), output);
            LeaveIfFree(agent.Id, output);
        }
    }

    private void Close(OpenOffer offer, RoutingOutput output)
    {
        if (offer.SettleBy is null)
            Happen(new OfferEnded(offer.Id, offer.Agent.Id, offer.Interaction, offer.Queue, OfferEnd.Withdrawn, RestUntil: null, SettleBy: null), output);
        else
            Happen(new OfferSettled(offer.Id, offer.Agent.Id), output);
    }

    private void Close(QueueEntry entry, RoutingOutput output)
    {
        if (entry.ScoresUntil is not null)
            Happen(new ScoresEnded(entry.Id, entry.Rounds, ScoringOutcome.FellBack), output);
        if (entry.CallingFor is { } calling)
            Happen(new CallbackMissed(calling, entry.Id, entry.Interaction, entry.Queue, CallbackFailure.AgentLeft, Now), output);
        if (entry.Reach == PartyReach.Present)
            Happen(new QueueLeft(entry.Id, entry.Interaction, entry.Queue, QueueExit.Closed, Now - entry.EnqueuedAt), output);
    }

    private List<Presence> AgentsInOrder() => [.. _state.Agents.Values.OrderBy(agent => agent.Id.Value, StringComparer.Ordinal)];

    private List<QueueEntry> EntriesInOrder() => [.. _state.Entries.Values.OrderBy(entry => entry.Rank)];
}

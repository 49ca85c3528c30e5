namespace CallCenterKit.Routing;

/// <summary>Turns the state of routing into plain data and back.</summary>
internal static class RoutingStateSnapshot
{
    public static RoutingSnapshot Write(RoutingState state, ulong generator) => new(
        state.Epoch,
        state.LastEntry,
        state.LastOffer,
        generator,
        state.Model,
        [.. state.Agents.Values.OrderBy(agent => agent.Id.Value, StringComparer.Ordinal).Select(Write)],
        [.. state.Entries.Values.OrderBy(entry => entry.Id.Epoch).ThenBy(entry => entry.Id.Number).Select(Write)],
        [.. state.LostEndpoints.OrderBy(endpoint => endpoint.Value, StringComparer.Ordinal)]);

    public static QueueEntry Read(EntrySnapshot saved) => new(saved.Entry, saved.Interaction, saved.Queue)
    {
        Channel = saved.Channel,
        Cost = saved.Cost,
        Reach = saved.Reach,
        EnqueuedAt = saved.EnqueuedAt,
        EnteredAt = saved.EnteredAt,
    };

    public static Presence Read(AgentSnapshot saved)
    {
        var agent = new Presence(saved.Agent)
        {
            Endpoint = saved.Endpoint,
            PauseReason = saved.PauseReason,
            IsMarked = saved.Marked,
            Since = saved.Since,
            AvailableSince = saved.AvailableSince,
            LastCallEndedAt = saved.LastCallEndedAt,
            Calls = saved.Calls,
            RestUntil = saved.RestUntil,
            RestYields = saved.RestYields,
        };
        foreach (var each in saved.Assignments)
            agent.Assignments.Add(new(each.Interaction, each.Queue, each.Channel, each.Cost) { WrapUpUntil = each.WrapUpUntil });
        if (saved.Offer is { } offer)
            agent.Offer = Read(offer, agent);
        return agent;
    }

    private static OpenOffer Read(OfferSnapshot saved, Presence agent) => new(saved.Offer, saved.Entry, saved.Interaction, saved.Queue, agent)
    {
        Channel = saved.Channel,
        Cost = saved.Cost,
        ExpiresAt = saved.ExpiresAt,
        SettleBy = saved.SettleBy,
    };

    private static AgentSnapshot Write(Presence agent) => new()
    {
        Agent = agent.Id,
        Endpoint = agent.Endpoint,
        PauseReason = agent.PauseReason,
        Marked = agent.IsMarked,
        Since = agent.Since,
        AvailableSince = agent.AvailableSince,
        LastCallEndedAt = agent.LastCallEndedAt,
        Calls = agent.Calls,
        RestUntil = agent.RestUntil,
        RestYields = agent.RestYields,
        Offer = agent.Offer is { } offer ? Write(offer) : null,
        Assignments = [.. agent.Assignments.Select(Write)],
    };

    private static OfferSnapshot Write(OpenOffer offer) =>
        new(offer.Id, offer.Entry, offer.Interaction, offer.Queue, offer.Channel, offer.Cost, offer.ExpiresAt, offer.SettleBy);

    private static AssignmentSnapshot Write(Assignment assignment) =>
        new(assignment.Interaction, assignment.Queue, assignment.Channel, assignment.Cost, assignment.WrapUpUntil);

    private static EntrySnapshot Write(QueueEntry entry) => new(
        entry.Id, entry.Interaction, entry.Queue, entry.Channel, entry.Cost, entry.Reach, entry.EnqueuedAt, entry.EnteredAt);
}

namespace CallCenterKit.Routing;

/// <summary>Turns the state of routing into plain data and back.</summary>
internal static class RoutingStateSnapshot
{
    public static RoutingSnapshot Write(RoutingState state, ulong seed) => new(
        state.At,
        state.Epoch,
        state.LastEntry,
        state.LastOffer,
        seed,
        state.Model,
        [.. state.Agents.Values.OrderBy(agent => agent.Id.Value, StringComparer.Ordinal).Select(Write)],
        [.. state.Queues.Values.OrderBy(queue => queue.Id.Value, StringComparer.Ordinal).Select(Write)],
        [.. state.Entries.Values.OrderBy(entry => entry.Id.Epoch).ThenBy(entry => entry.Id.Number).Select(Write)],
        [.. state.LostEndpoints.OrderBy(endpoint => endpoint.Value, StringComparer.Ordinal)]);

    public static void Read(QueueSnapshot saved, QueueBook book) =>
        (book.LastChosen, book.Cursor, book.Rates, book.EmptySince) = (saved.LastChosen, saved.Cursor, saved.Rates, saved.EmptySince);

    public static QueueEntry Read(EntrySnapshot saved) => new(saved.Entry, saved.Interaction, saved.Queue)
    {
        Channel = saved.Channel,
        Cost = saved.Cost,
        Reach = saved.Reach,
        EnqueuedAt = saved.EnqueuedAt,
        EnteredAt = saved.EnteredAt,
        Requirement = saved.Requirement,
        Credits = saved.Credits,
        Vip = saved.Vip,
        Party = saved.Party,
        Owner = saved.Owner,
        WaitsForOwner = saved.WaitsForOwner,
        Except = saved.Except,
        TiersOpened = saved.TiersOpened,
        Relaxed = saved.Relaxed,
        StepsMissed = saved.StepsMissed,
        AnnouncedAt = saved.AnnouncedAt,
        ToldPlace = saved.ToldPlace,
        ToldWait = saved.ToldWait,
        BookedAt = saved.BookedAt,
        Attempts = saved.Attempts,
        RetryAt = saved.RetryAt,
        CallingFor = saved.CallingFor,
        CallingAgent = saved.CallingAgent,
        Rounds = saved.Rounds,
        ScoresUntil = saved.ScoresUntil,
        FellBack = saved.FellBack,
    };

    public static Presence Read(AgentSnapshot saved)
    {
        var agent = new Presence(saved.Agent)
        {
            Endpoint = saved.Endpoint,
            PauseReason = saved.PauseReason,
            IsLeaving = saved.LeavingBy is not null,
            LeavingBy = saved.LeavingBy ?? default,
            IsMarked = saved.QualifyAt is not null,
            QualifyAt = saved.QualifyAt,
            Since = saved.Since,
            AvailableSince = saved.AvailableSince,
            LastCallEndedAt = saved.LastCallEndedAt,
            LastOfferedAt = saved.LastOfferedAt,
            Calls = saved.Calls,
            TalkTime = saved.TalkTime,
            Missed = saved.Missed,
            LoggedInAt = saved.LoggedInAt,
            TimedUntil = saved.TimedUntil,
            RestUntil = saved.RestUntil,
            RestYields = saved.RestYields,
        };
        agent.Tally.Load(saved.Tally);
        foreach (var (state, time) in saved.TimeIn)
            agent.TicksIn[(int)state] = time.Ticks;
        agent.Assignments.AddRange(saved.Assignments.Select(Read));
        agent.MissingDispositions.AddRange(saved.MissingDispositions);
        if (saved.Offer is { } offer)
            agent.Offer = Read(offer, agent);
        return agent;
    }

    private static Assignment Read(AssignmentSnapshot saved) => new(saved.Interaction, saved.Queue, saved.Channel, saved.Cost)
    {
        OfferedAt = saved.OfferedAt,
        StartedAt = saved.StartedAt,
        WrapUpUntil = saved.WrapUpUntil,
        IsHeld = saved.IsHeld,
        Disposition = saved.Disposition,
        IsTaken = saved.IsTaken,
        Direction = saved.Direction,
    };

    private static OpenOffer Read(OfferSnapshot saved, Presence agent) => new(saved.Offer, saved.Entry, saved.Interaction, saved.Queue, agent)
    {
        MadeAt = saved.MadeAt,
        ExpiresAt = saved.ExpiresAt,
        SettleBy = saved.SettleBy,
    };

    private static AgentSnapshot Write(Presence agent) => new()
    {
        Agent = agent.Id,
        Endpoint = agent.Endpoint,
        PauseReason = agent.PauseReason,
        LeavingBy = agent.IsLeaving ? agent.LeavingBy : null,
        QualifyAt = agent.IsMarked ? agent.QualifyAt : null,
        Since = agent.Since,
        AvailableSince = agent.AvailableSince,
        LastCallEndedAt = agent.LastCallEndedAt,
        LastOfferedAt = agent.LastOfferedAt,
        Calls = agent.Calls,
        TalkTime = agent.TalkTime,
        Tally = [.. agent.Tally.Slots],
        Missed = agent.Missed,
        LoggedInAt = agent.LoggedInAt,
        TimeIn = Enum.GetValues<AgentState>().Where(state => agent.TicksIn[(int)state] > 0).ToDictionary(state => state, state => new TimeSpan(agent.TicksIn[(int)state])),
        TimedUntil = agent.TimedUntil,
        RestUntil = agent.RestUntil,
        RestYields = agent.RestYields,
        Offer = agent.Offer is { } offer ? Write(offer) : null,
        Assignments = [.. agent.Assignments.Select(Write)],
        MissingDispositions = [.. agent.MissingDispositions],
    };

    private static OfferSnapshot Write(OpenOffer offer) =>
        new(offer.Id, offer.Entry, offer.Interaction, offer.Queue, offer.MadeAt, offer.ExpiresAt, offer.SettleBy);

    private static AssignmentSnapshot Write(Assignment each) => new(
        each.Interaction, each.Queue, each.Channel, each.Cost, each.OfferedAt, each.StartedAt, each.WrapUpUntil, each.IsHeld, each.Disposition)
    {
        IsTaken = each.IsTaken,
        Direction = each.Direction,
    };

    private static QueueSnapshot Write(QueueBook book) => new(book.Id, book.LastChosen, book.Cursor, book.Rates, book.EmptySince);

    private static EntrySnapshot Write(QueueEntry entry) => new()
    {
        Entry = entry.Id,
        Interaction = entry.Interaction,
        Queue = entry.Queue,
        Channel = entry.Channel,
        Cost = entry.Cost,
        Reach = entry.Reach,
        EnqueuedAt = entry.EnqueuedAt,
        EnteredAt = entry.EnteredAt,
        Requirement = entry.Requirement,
        Credits = entry.Credits,
        Vip = entry.Vip,
        Party = entry.Party,
        Owner = entry.Owner,
        WaitsForOwner = entry.WaitsForOwner,
        Except = entry.Except,
        TiersOpened = entry.TiersOpened,
        Relaxed = entry.Relaxed,
        StepsMissed = entry.StepsMissed,
        AnnouncedAt = entry.AnnouncedAt,
        ToldPlace = entry.ToldPlace,
        ToldWait = entry.ToldWait,
        BookedAt = entry.BookedAt,
        Attempts = entry.Attempts,
        RetryAt = entry.RetryAt,
        CallingFor = entry.CallingFor,
        CallingAgent = entry.CallingAgent,
        Rounds = entry.Rounds,
        ScoresUntil = entry.ScoresUntil,
        FellBack = entry.FellBack,
    };
}

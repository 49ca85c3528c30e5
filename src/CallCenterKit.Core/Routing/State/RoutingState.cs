using System.Runtime.InteropServices;
using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>What the events of routing add up to. The engine decides by it and the live board shows it.</summary>
internal sealed partial class RoutingState(long epoch, IRoutingStateObserver? observer = null)
{
    public long Epoch { get; } = epoch;

    /// <summary>When the last event happened.</summary>
    public DateTimeOffset At { get; private set; }

    public long LastEntry { get; private set; }

    public long LastOffer { get; private set; }

    public CallCenterModel Model { get; private set; } = CallCenterModel.Empty;

    public Dictionary<QueueId, QueueBook> Queues { get; } = [];

    public Dictionary<AgentId, Presence> Agents { get; } = [];

    public Dictionary<EntryId, QueueEntry> Entries { get; } = [];

    public Dictionary<InteractionId, QueueEntry> EntriesByInteraction { get; } = [];

    /// <summary>How many callbacks a party has in a queue.</summary>
    public Dictionary<(QueueId, PartyId), int> Callbacks { get; } = [];

    /// <summary>Entries whose party is being called, by the offer whose agent waits for it.</summary>
    public Dictionary<OfferId, QueueEntry> Calling { get; } = [];

    /// <summary>Who speaks with a party, or holds it: more than one after an escalation.</summary>
    public Dictionary<InteractionId, Presence[]> Carriers { get; } = [];

    public Dictionary<OfferId, OpenOffer> Offers { get; } = [];

    /// <summary>Who works from which endpoint.</summary>
    public Dictionary<EndpointId, Presence> Leases { get; } = [];

    public HashSet<EndpointId> LostEndpoints { get; } = [];

    /// <summary>Among whose several phones an endpoint is. Follows from the model.</summary>
    public Dictionary<EndpointId, Presence> Owners { get; } = [];

    public void Apply(RoutingEvent happened, DateTimeOffset at)
    {
        At = at;
        switch (happened)
        {
            case ModelApplied e: Apply(e, at); break;
            case EndpointReachability e: Apply(e, at); break;
            case AgentLoggedIn e: Apply(e, at); break;
            case AgentLoggedOut e: Apply(e, at); break;
            case AgentLeaving e: Apply(e, at); break;
            case AgentPaused e: Apply(e, at); break;
            case AgentResumed e: Apply(e, at); break;
            case AgentUnreachable e: Apply(e, at); break;
            case QueueEntered e: Apply(e, at); break;
            case QueueRefused: break;
            case QueueLeft e: Apply(e, at); break;
            case EntryOpened e: Apply(e); break;
            case StepMissed e: Apply(e); break;
            case PlaceAnnounced e: Apply(e, at); break;
            case CallbackBooked e: Apply(e, at); break;
            case CallbackCalled e: Apply(e, at); break;
            case CallbackMissed e: Apply(e, at); break;
            case ScoresAsked e: Apply(e); break;
            case ScoresEnded e: Apply(e); break;
            case OfferMade e: Apply(e, at); break;
            case OfferEnded e: Apply(e, at); break;
            case OfferSettled e: Apply(e, at); break;
            case AssignmentStarted e: Apply(e, at); break;
            case AssignmentTaken e: Apply(e, at); break;
            case AssignmentOver e: Apply(e, at); break;
            case AssignmentHeld e: Apply(e); break;
            case WrapUpEnded e: Apply(e, at); break;
            case DispositionMissing e: Apply(e, at); break;
            case DispositionGiven e: Apply(e, at); break;
            default: throw new ArgumentException($"Routing has no rule for {happened.GetType()}.", nameof(happened));
        }
    }

    public void Load(RoutingSnapshot snapshot)
    {
        (At, Model) = (snapshot.At, snapshot.Model);
        LostEndpoints.UnionWith(snapshot.UnreachableEndpoints);
        if (snapshot.Epoch == Epoch)
            (LastEntry, LastOffer) = (snapshot.LastEntry, snapshot.LastOffer);
        foreach (var saved in snapshot.Queues)
            RoutingStateSnapshot.Read(saved, BookOf(saved.Queue));
        foreach (var entry in snapshot.Entries)
            Add(RoutingStateSnapshot.Read(entry));
        foreach (var saved in snapshot.Agents)
        {
            var agent = RoutingStateSnapshot.Read(saved);
            agent.Model = Model.Agents.GetValueOrDefault(agent.Id);
            agent.IsLost = HasLostAll(agent);
            agent.State = agent.Evaluate();
            Agents[agent.Id] = agent;
            if (agent.Endpoint is { } leased)
                Leases[leased] = agent;
            foreach (var assignment in agent.Assignments.Where(each => each is { WrapUpUntil: null, StartedAt: not null }))
                AddCarrier(assignment.Interaction, agent);
        }
        foreach (var offer in Agents.Values.Select(agent => agent.Offer).OfType<OpenOffer>().OrderBy(offer => offer.Id.Epoch).ThenBy(offer => offer.Id.Number))
            Add(offer);
        FollowModel();
    }

    public QueueBook? FindBook(QueueId id) => Queues.GetValueOrDefault(id);

    private void Apply(ModelApplied happened, DateTimeOffset at)
    {
        var before = Model;
        Model = happened.Model;
        foreach (var (id, model) in before.Queues)
        {
            if (!Model.Queues.TryGetValue(id, out var after))
                continue;
            MoveCursor(BookOf(id), model, after);
            if (model.LeaveRule != after.LeaveRule)
                BookOf(id).EmptySince = null; // Another rule counts from now on.
        }
        foreach (var id in Model.Agents.Keys)
            AgentOf(id);
        FollowModel();
        foreach (var book in Queues.Values)
            SeeWhetherEmpty(book, at);
        foreach (var agent in Agents.Values.ToList())
            ForgetIfGone(agent);
        foreach (var book in Queues.Values.ToList())
            ForgetIfGone(book);
        observer?.ModelChanged();
        foreach (var agent in Agents.Values.Where(agent => agent.IsLost != HasLostAll(agent)).ToList())
        {
            agent.IsLost = !agent.IsLost; // Other phones are rung for the agent now.
            Changed(agent, at);
        }
    }

    /// <summary>When the member after whom the circle goes on has left, the one before takes its place.</summary>
    private static void MoveCursor(QueueBook book, QueueModel before, QueueModel after)
    {
        if (book.Cursor is not { } cursor || ReferenceEquals(before.Members, after.Members) || after.Members.Any(member => member.Agent == cursor))
            return;
        var stayed = after.Members.Select(member => member.Agent).ToHashSet();
        book.Cursor = null;
        foreach (var member in before.Members.TakeWhile(member => member.Agent != cursor))
        {
            if (stayed.Contains(member.Agent))
                book.Cursor = member.Agent;
        }
    }

    /// <summary>What follows from the model: who serves which queue, and everybody's place.</summary>
    private void FollowModel()
    {
        Owners.Clear();
        foreach (var agent in Agents.Values)
        {
            agent.Model = Model.Agents.GetValueOrDefault(agent.Id);
            agent.Queues.Clear();
            if (agent.Model is not { RingOrder: not RingOrder.First } model)
                continue;
            foreach (var each in model.Endpoints)
                Owners[each.Endpoint] = agent;
        }
        foreach (var book in Queues.Values)
        {
            book.Model = null;
            Array.Clear(book.Members);
        }
        foreach (var (id, model) in Model.Queues)
        {
            var book = BookOf(id);
            book.Model = model;
            foreach (var member in model.Members)
            {
                if (!Agents.TryGetValue(member.Agent, out var agent) || agent.Model is null || (agent.Queues.Count > 0 && agent.Queues[^1] == book))
                    continue; // Unknown, or named twice in the list.
                agent.Queues.Add(book);
                book.Members[(int)agent.State]++;
            }
        }
        foreach (var entry in Entries.Values)
            entry.Rank = RankOf(entry);
    }

    private RankKey RankOf(QueueEntry entry)
    {
        var ticks = entry.EnqueuedAt.UtcTicks;
        foreach (var credit in entry.Credits)
            ticks -= credit.Wait.Ticks;
        if (Queues.TryGetValue(entry.Queue, out var book) && book.Model is { } queue)
            ticks -= queue.Credit.Ticks + (entry.Vip ? queue.VipCredit.Ticks : 0);
        return new(ticks, entry.Id.Epoch, entry.Id.Number);
    }

    private void SeeWhetherEmpty(QueueBook book, DateTimeOffset at)
    {
        if (book.Model?.LeaveRule is not { } rule || !book.IsEmpty(rule.Counts))
        {
            book.EmptySince = null;
        }
        else if (book.EmptySince is null)
        {
            book.EmptySince = at;
            observer?.QueueEmptied(book);
        }
    }

    private QueueBook BookOf(QueueId id)
    {
        ref var book = ref CollectionsMarshal.GetValueRefOrAddDefault(Queues, id, out _);
        return book ??= new(id);
    }

    private void ForgetIfGone(QueueBook book)
    {
        if (book.IsForgettable)
            Queues.Remove(book.Id);
    }
}

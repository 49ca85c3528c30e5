using System.Runtime.InteropServices;
using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>What the events of routing add up to. The engine decides by it and the live board shows it.</summary>
internal sealed class RoutingState(long epoch, IRoutingStateObserver? observer = null)
{
    private readonly Dictionary<QueueId, int> _lengths = [];

    public long Epoch { get; } = epoch;

    public long LastEntry { get; private set; }

    public long LastOffer { get; private set; }

    public CallCenterModel Model { get; private set; } = CallCenterModel.Empty;

    public Dictionary<AgentId, Presence> Agents { get; } = [];

    public Dictionary<EntryId, QueueEntry> Entries { get; } = [];

    public Dictionary<InteractionId, QueueEntry> EntriesByInteraction { get; } = [];

    public Dictionary<OfferId, OpenOffer> Offers { get; } = [];

    /// <summary>Who works from which endpoint.</summary>
    public Dictionary<EndpointId, Presence> Leases { get; } = [];

    public HashSet<EndpointId> LostEndpoints { get; } = [];

    /// <summary>How many entries wait or are being offered in a queue.</summary>
    public int LengthOf(QueueId queue) => _lengths.GetValueOrDefault(queue);

    public void Apply(RoutingEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case ModelApplied model: Apply(model); break;
            case EndpointReachability reachability: Apply(reachability, at); break;
            case AgentLoggedIn login: Apply(login, at); break;
            case AgentLoggedOut logout: Apply(logout, at); break;
            case AgentPaused pause: Change(pause.Agent, at, agent => agent.PauseReason = pause.Reason); break;
            case AgentResumed resume: Apply(resume, at); break;
            case AgentUnreachable unreachable: Apply(unreachable, at); break;
            case QueueEntered entered: Apply(entered, at); break;
            case QueueRefused: break;
            case QueueLeft left: Apply(left); break;
            case OfferMade made: Apply(made, at); break;
            case OfferEnded ended: Apply(ended, at); break;
            case OfferSettled settled: Apply(settled, at); break;
            case AssignmentStarted started: Apply(started, at); break;
            case AssignmentOver over: Apply(over, at); break;
            case WrapUpEnded done: Apply(done, at); break;
            default: throw new ArgumentException($"Routing has no rule for {happened.GetType()}.", nameof(happened));
        }
    }

    public void Load(RoutingSnapshot snapshot)
    {
        Model = snapshot.Model;
        LostEndpoints.UnionWith(snapshot.UnreachableEndpoints);
        if (snapshot.Epoch == Epoch)
            (LastEntry, LastOffer) = (snapshot.LastEntry, snapshot.LastOffer);
        foreach (var entry in snapshot.Entries)
            Add(RoutingStateSnapshot.Read(entry));
        foreach (var saved in snapshot.Agents)
        {
            var agent = RoutingStateSnapshot.Read(saved);
            agent.Model = Model.Agents.GetValueOrDefault(agent.Id);
            agent.IsLost = agent.Endpoint is { } endpoint && LostEndpoints.Contains(endpoint);
            agent.State = agent.Evaluate();
            Agents[agent.Id] = agent;
            if (agent.Endpoint is { } leased)
                Leases[leased] = agent;
            if (agent.Offer is { } offer)
                Add(offer);
        }
    }

    private void Apply(ModelApplied happened)
    {
        Model = happened.Model;
        foreach (var agent in Agents.Values.ToList())
        {
            agent.Model = Model.Agents.GetValueOrDefault(agent.Id);
            ForgetIfGone(agent);
        }
        foreach (var (id, model) in Model.Agents)
            AgentOf(id).Model = model;
        observer?.ModelChanged();
    }

    private void Apply(EndpointReachability happened, DateTimeOffset at)
    {
        if (happened.Reachable)
            LostEndpoints.Remove(happened.Endpoint);
        else
            LostEndpoints.Add(happened.Endpoint);
        if (!Leases.TryGetValue(happened.Endpoint, out var agent))
            return;
        agent.IsLost = !happened.Reachable;
        agent.IsMarked &= !happened.Reachable;
        Changed(agent, at);
    }

    private void Apply(AgentLoggedIn happened, DateTimeOffset at)
    {
        var agent = AgentOf(happened.Agent);
        if (agent.Endpoint is { } earlier)
            Leases.Remove(earlier);
        else
            (agent.LastCallEndedAt, agent.Calls, agent.PauseReason) = (at, 0, null);
        agent.Endpoint = happened.Endpoint;
        agent.IsLost = LostEndpoints.Contains(happened.Endpoint);
        agent.IsMarked = false;
        agent.RestUntil = null;
        Leases[happened.Endpoint] = agent;
        Changed(agent, at);
    }

    private void Apply(AgentLoggedOut happened, DateTimeOffset at) => Change(happened.Agent, at, agent =>
    {
        if (agent.Endpoint is { } endpoint)
            Leases.Remove(endpoint);
        (agent.Endpoint, agent.PauseReason, agent.RestUntil) = (null, null, null);
        (agent.IsLost, agent.IsMarked) = (false, false);
    });

    private void Apply(AgentResumed happened, DateTimeOffset at) => Change(happened.Agent, at, agent =>
    {
        agent.PauseReason = null;
        agent.IsMarked = false;
    });

    private void Apply(AgentUnreachable happened, DateTimeOffset at) => Change(happened.Agent, at, agent =>
    {
        agent.IsMarked = agent.Endpoint is not null;
        if (agent.Offer is { } offer)
            Remove(offer);
    });

    private void Apply(QueueEntered happened, DateTimeOffset at)
    {
        if (happened.Entry.Epoch == Epoch)
            LastEntry = Math.Max(LastEntry, happened.Entry.Number);
        var entry = new QueueEntry(happened.Entry, happened.Interaction, happened.Queue)
        {
            Channel = happened.Channel,
            Cost = happened.Cost,
            Reach = happened.Reach,
            EnqueuedAt = happened.EnqueuedAt,
            EnteredAt = at,
        };
        Add(entry);
        observer?.EntryCame(entry);
    }

    private void Apply(QueueLeft happened)
    {
        if (!Entries.Remove(happened.Entry, out var entry))
            return;
        EntriesByInteraction.Remove(entry.Interaction);
        CollectionsMarshal.GetValueRefOrAddDefault(_lengths, entry.Queue, out _)--;
        entry.IsGone = true;
        observer?.EntryTaken(entry);
    }

    private void Apply(OfferMade happened, DateTimeOffset at)
    {
        if (happened.Offer.Epoch == Epoch)
            LastOffer = Math.Max(LastOffer, happened.Offer.Number);
        var agent = AgentOf(happened.Agent);
        var entry = Entries.GetValueOrDefault(happened.Entry);
        var offer = new OpenOffer(happened.Offer, happened.Entry, happened.Interaction, happened.Queue, agent)
        {
            Channel = entry?.Channel ?? Channels.Voice,
            Cost = entry?.Cost ?? 1,
            ExpiresAt = happened.ExpiresAt,
        };
        agent.Offer = offer;
        Add(offer);
        if (entry is not null)
            observer?.EntryTaken(entry);
        observer?.OfferRings(offer);
        Changed(agent, at);
    }

    private void Apply(OfferEnded happened, DateTimeOffset at)
    {
        if (!Offers.TryGetValue(happened.Offer, out var offer))
            return;
        if (happened.RestUntil is { } until)
        {
            (offer.Agent.RestUntil, offer.Agent.RestYields) = (until, happened.SettleBy is not null);
            observer?.RestBegan(offer.Agent, until);
        }
        if (happened.SettleBy is { } settleBy)
        {
            offer.SettleBy = settleBy;
            observer?.OfferSettles(offer);
        }
        else
        {
            Remove(offer);
        }
        if (Entries.TryGetValue(offer.Entry, out var entry))
            Return(entry, happened.End);
        Changed(offer.Agent, at);
    }

    /// <summary>After some ends the entry leaves its queue with the next event; it need not wait in between.</summary>
    private void Return(QueueEntry entry, OfferEnd end)
    {
        entry.Offer = null;
        if (end is not (OfferEnd.Answered or OfferEnd.CallerLeft or OfferEnd.AnsweredElsewhere))
            observer?.EntryWaits(entry);
    }

    private void Apply(OfferSettled happened, DateTimeOffset at)
    {
        if (!Offers.TryGetValue(happened.Offer, out var offer))
            return;
        Remove(offer);
        Changed(offer.Agent, at);
    }

    private void Apply(AssignmentStarted happened, DateTimeOffset at) => Change(happened.Agent, at, agent =>
    {
        agent.Assignments.Add(new(happened.Interaction, happened.Queue, happened.Channel, happened.Cost));
        agent.Calls++;
        agent.RestUntil = null;
    });

    private void Apply(AssignmentOver happened, DateTimeOffset at) => Change(happened.Agent, at, agent =>
    {
        var index = agent.Assignments.FindIndex(each => each.Interaction == happened.Interaction && each.WrapUpUntil is null);
        if (index < 0)
            return;
        agent.LastCallEndedAt = at;
        if (happened.WrapUpUntil is { } until)
        {
            agent.Assignments[index].WrapUpUntil = until;
            observer?.WrapUpBegan(agent, until);
        }
        else
        {
            agent.Assignments.RemoveAt(index);
        }
    });

    /// <summary>An agent may wrap up one interaction twice, when it came back to them meanwhile: the earlier deadline ends first.</summary>
    private void Apply(WrapUpEnded happened, DateTimeOffset at) => Change(happened.Agent, at, agent =>
    {
        var done = agent.Assignments
            .Where(each => each.Interaction == happened.Interaction && each.WrapUpUntil is not null)
            .MinBy(each => each.WrapUpUntil);
        if (done is not null)
            agent.Assignments.Remove(done);
    });

    private void Add(QueueEntry entry)
    {
        Entries[entry.Id] = entry;
        EntriesByInteraction[entry.Interaction] = entry;
        CollectionsMarshal.GetValueRefOrAddDefault(_lengths, entry.Queue, out _)++;
    }

    private void Add(OpenOffer offer)
    {
        Offers[offer.Id] = offer;
        if (offer.SettleBy is null && Entries.TryGetValue(offer.Entry, out var entry))
            entry.Offer = offer;
    }

    private void Remove(OpenOffer offer)
    {
        Offers.Remove(offer.Id);
        offer.IsGone = true;
        if (offer.Agent.Offer == offer)
            offer.Agent.Offer = null;
    }

    private Presence AgentOf(AgentId id)
    {
        ref var agent = ref CollectionsMarshal.GetValueRefOrAddDefault(Agents, id, out _);
        return agent ??= new(id);
    }

    private void Change(AgentId id, DateTimeOffset at, Action<Presence> change)
    {
        var agent = AgentOf(id);
        change(agent);
        Changed(agent, at);
    }

    private void Changed(Presence agent, DateTimeOffset at)
    {
        var state = agent.Evaluate();
        if (state != agent.State)
        {
            agent.State = state;
            agent.Since = at;
            if (state == AgentState.Available)
                agent.AvailableSince = at;
        }
        observer?.AgentChanged(agent);
        ForgetIfGone(agent);
    }

    private void ForgetIfGone(Presence agent)
    {
        if (agent is { Model: null, Endpoint: null, Offer: null, Assignments.Count: 0 })
            Agents.Remove(agent.Id);
    }
}

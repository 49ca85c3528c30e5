using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>The orders and deadlines that follow from the state, so that nothing has to be searched for.</summary>
internal sealed class RoutingIndex(StrategyTable strategies) : IRoutingStateObserver
{
    /// <summary>A shorter longest wait counts as this, so that two queues that overflow into each other cannot turn in circles at one instant.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<QueueId, ServedQueue> _queues = [];
    private readonly List<QueueEntry> _newlyWaiting = [];
    private readonly List<Presence> _newlyFree = [];
    private readonly PriorityQueue<Candidate, RankKey> _candidates = new();
    private RoutingState _state = null!;

    public Deadlines Deadlines { get; } = new();

    public DateTimeOffset Now { get; set; }

    public void Attach(RoutingState state) => _state = state;

    /// <summary>The entry to be placed next and the agent it goes to: always the one that has waited longest. False when nothing fits.</summary>
    /// <remarks>Whatever could be placed before has been; so only new entries and new agents are looked at.</remarks>
    public bool TryTakePair(out QueueEntry entry, out Presence agent)
    {
        CollectCandidates();
        while (_candidates.TryDequeue(out var candidate, out _))
        {
            entry = candidate.Entry;
            var best = entry.IsWaiting ? BestAgentFor(entry) : null;
            if (candidate.Agent is { } free && (best is not null || !entry.IsWaiting))
                NoteFree(free);
            if (best is null)
            {
                CollectCandidates();
                continue;
            }
            agent = best;
            return true;
        }
        (entry, agent) = (null!, null!);
        return false;
    }

    public void ModelChanged()
    {
        _queues.Clear();
        Deadlines.Clear();
        foreach (var (id, model) in _state.Model.Queues)
            _queues[id] = new(model, strategies[model.Strategy]);
        foreach (var agent in _state.Agents.Values)
            agent.Memberships.Clear();
        foreach (var queue in _queues.Values)
            AddMembers(queue);
        foreach (var entry in _state.Entries.Values)
        {
            entry.IsInLine = false;
            if (entry.Offer is null)
                EntryCame(entry);
            else
                SetWait(entry);
        }
        foreach (var offer in _state.Offers.Values)
        {
            if (offer.SettleBy is null)
                OfferRings(offer);
            else
                OfferSettles(offer);
        }
        foreach (var agent in _state.Agents.Values)
            SetDeadlines(agent);
    }

    public void AgentChanged(Presence agent)
    {
        var takesOffers = agent.TakesOffers(Now);
        var canTake = false;
        foreach (var membership in agent.Memberships)
        {
            foreach (var slot in membership.Slots)
            {
                var free = takesOffers ? agent.FreeOn(slot.Channel, slot.Capacity) : 0;
                if (free <= 0)
                {
                    slot.Leave();
                    continue;
                }
                var tree = agent.Rests(Now) ? slot.Line.Spared : slot.Line.Free;
                slot.Stand(tree, KeyOf(agent, membership), free, agent);
                canTake = true;
            }
        }
        if (canTake)
            NoteFree(agent);
    }

    public void EntryCame(QueueEntry entry)
    {
        SetWait(entry);
        EntryWaits(entry);
    }

    public void EntryWaits(QueueEntry entry)
    {
        if (!_queues.TryGetValue(entry.Queue, out var queue))
            return;
        queue.LineOf(entry.Channel).Waiting.Add(entry.Rank, -entry.Cost, entry);
        entry.IsInLine = true;
        _newlyWaiting.Add(entry);
    }

    public void EntryTaken(QueueEntry entry)
    {
        if (!entry.IsInLine)
            return;
        _queues[entry.Queue].LineOf(entry.Channel).Waiting.Remove(entry.Rank);
        entry.IsInLine = false;
    }

    public void OfferRings(OpenOffer offer) => Deadlines.Add(offer.ExpiresAt, DeadlineKind.Ring, offer);

    public void OfferSettles(OpenOffer offer) => Deadlines.Add(offer.SettleBy!.Value, DeadlineKind.Settle, offer);

    public void WrapUpBegan(Presence agent, DateTimeOffset until) => Deadlines.Add(until, DeadlineKind.WrapUp, agent);

    public void RestBegan(Presence agent, DateTimeOffset until)
    {
        if (until > Now)
            Deadlines.Add(until, DeadlineKind.Rest, agent);
    }

    private static RankKey KeyOf(Presence agent, Membership membership)
    {
        var facts = new AgentFacts(agent.Id, membership.Ordinal, agent.AvailableSince, agent.LastCallEndedAt, agent.Calls);
        return new(membership.Queue.Strategy.KeyOf(facts, membership.Queue.Model), 0, membership.Ordinal);
    }

    private void AddMembers(ServedQueue queue)
    {
        var ordinal = 0;
        foreach (var id in queue.Model.Members)
        {
            if (!_state.Model.Agents.TryGetValue(id, out var model) || !_state.Agents.TryGetValue(id, out var agent))
                continue;
            if (agent.Memberships.Count > 0 && agent.Memberships[^1].Queue == queue)
                continue; // Named twice in the list.
            agent.Memberships.Add(new(queue, ordinal++, [.. model.Capacity.Select(pair => new Slot(pair.Key, pair.Value, queue.LineOf(pair.Key)))]));
        }
    }

    private void SetWait(QueueEntry entry)
    {
        entry.WaitUntil = null;
        if (!_queues.TryGetValue(entry.Queue, out var queue) || queue.Model.MaxWait is not { } longest)
            return;
        entry.WaitUntil = entry.EnteredAt + (longest < ShortestWait ? ShortestWait : longest);
        Deadlines.Add(entry.WaitUntil.Value, entry);
    }

    private void SetDeadlines(Presence agent)
    {
        foreach (var assignment in agent.Assignments)
        {
            if (assignment.WrapUpUntil is { } until)
                WrapUpBegan(agent, until);
        }
        if (agent.RestUntil is { } rest)
            RestBegan(agent, rest);
        AgentChanged(agent);
    }

    private Presence? BestAgentFor(QueueEntry entry)
    {
        var line = _queues[entry.Queue].LineOf(entry.Channel);
        return line.Free.First(entry.Cost, out _) ?? line.Spared.First(entry.Cost, out _);
    }

    /// <summary>Whoever has waited longest in any of the agent's queues and is not too much for the agent.</summary>
    private static QueueEntry? LongestWaitingFor(Presence agent)
    {
        QueueEntry? longest = null;
        RankKey longestRank = default;
        foreach (var membership in agent.Memberships)
        {
            foreach (var slot in membership.Slots)
            {
                if (slot.Free > 0
                    && slot.Line.Waiting.First(-slot.Free, out var rank) is { } entry
                    && (longest is null || rank.CompareTo(longestRank) < 0))
                {
                    (longest, longestRank) = (entry, rank);
                }
            }
        }
        return longest;
    }

    private void NoteFree(Presence agent)
    {
        if (agent.IsNoted)
            return;
        agent.IsNoted = true;
        _newlyFree.Add(agent);
    }

    private void CollectCandidates()
    {
        foreach (var entry in _newlyWaiting)
        {
            if (entry.IsWaiting)
                _candidates.Enqueue(new(entry, null), entry.Rank);
        }
        _newlyWaiting.Clear();
        foreach (var agent in _newlyFree)
        {
            agent.IsNoted = false;
            if (LongestWaitingFor(agent) is { } entry)
                _candidates.Enqueue(new(entry, agent), entry.Rank);
        }
        _newlyFree.Clear();
    }

    private readonly record struct Candidate(QueueEntry Entry, Presence? Agent);
}

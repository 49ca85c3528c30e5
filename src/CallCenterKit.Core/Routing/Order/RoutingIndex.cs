using CallCenterKit.Calendars;
using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>The orders and deadlines that follow from the state, so that nothing has to be searched for.</summary>
internal sealed partial class RoutingIndex(StrategyTable strategies) : IRoutingStateObserver
{
    private readonly Dictionary<QueueId, ServedQueue> _queues = [];
    private readonly List<QueueEntry> _newlyWaiting = [];
    private readonly List<Presence> _newlyFree = [];
    private readonly SortedDictionary<RankKey, QueueEntry> _orphans = [];
    private readonly PriorityQueue<Candidate, CandidateKey> _candidates = new();
    private RoutingState _state = null!;

    public Deadlines Deadlines { get; } = new();

    public DateTimeOffset Now { get; set; }

    public void Attach(RoutingState state) => _state = state;

    public ServedQueue? Find(QueueId queue) => _queues.GetValueOrDefault(queue);

    /// <summary>The entry to be placed next and the lane in which it is placed: always the one that comes first. False when nothing fits.</summary>
    /// <remarks>Whatever could be placed before has been; so only new entries and new agents are looked at.</remarks>
    public bool TryTakePair(out QueueEntry entry, out QueueLane lane)
    {
        CollectCandidates();
        while (_candidates.TryDequeue(out var candidate, out var key))
        {
            entry = candidate.Entry;
            if (entry.IsOffered && !key.Rings)
            {
                // It has begun to ring: who waits goes before it.
                if (candidate.Agent is { } other)
                    NoteFree(other);
                else
                    _candidates.Enqueue(candidate, new(Rings: true, entry.Rank));
                CollectCandidates();
                continue;
            }
            lane = entry.Lane!;
            var waits = IsInLine(entry);
            var fits = waits && (entry.IsOffered ? lane.Free : lane.Candidates).Count > 0;
            if (candidate.Agent is { } free && (fits || !waits))
                NoteFree(free);
            if (fits)
                return true;
            CollectCandidates();
        }
        (entry, lane) = (null!, null!);
        return false;
    }

    /// <summary>The first entry that waits for its owner, who is not there any more. False when there is none.</summary>
    public bool TryTakeOrphan(out QueueEntry entry)
    {
        while (_orphans.Count > 0)
        {
            (var rank, entry) = _orphans.First();
            _orphans.Remove(rank);
            if (entry is { IsGone: false, WaitsForOwner: true })
                return true;
        }
        entry = null!;
        return false;
    }

    /// <summary>The agent, if they could take the entry this moment; else null.</summary>
    public Presence? FindFree(AgentId id, QueueEntry entry) =>
        _state.Agents.TryGetValue(id, out var agent) && _queues.TryGetValue(entry.Queue, out var queue) && CanTake(agent, LaneOf(queue, entry)) ? agent : null;

    /// <summary>Whether the agent could take something from the lane this moment; not when they rest and others are free.</summary>
    public static bool CanTake(Presence agent, QueueLane lane) => agent.Slots.Exists(slot => slot.Lane == lane && slot.StandsIn(lane.Candidates));

    /// <summary>How many agents are at work who fulfil what is required of the entry now, also while it is offered or scored; a shared one as a fraction.</summary>
    public double AgentsAtWorkFor(QueueEntry entry, ServedQueue queue) => entry.WaitsForOwner ? queue.AgentsAtWork : LaneOf(queue, entry).AgentsAtWork;

    /// <summary>How many agents could take the entry this moment.</summary>
    public int CandidatesFor(QueueEntry entry) => _queues.TryGetValue(entry.Queue, out var queue) ? LaneOf(queue, entry).Candidates.Count : 0;

    /// <summary>Where the member would stand in the lane.</summary>
    public RankKey KeyOf(QueueMembership member, QueueLane lane) => KeyOf(member, lane, FactsOf(member, lane, lane.ScoreOf(member)));

    /// <summary>The entry's place in its queue, from 1.</summary>
    public int PlaceOf(QueueEntry entry)
    {
        if (!_queues.TryGetValue(entry.Queue, out var queue))
            return 1;
        var before = queue.Aside.Before(entry.Rank);
        foreach (var lane in queue.Lanes)
            before += lane.Waiting.Before(entry.Rank) + lane.Ringing.Before(entry.Rank);
        return (int)before + 1;
    }

    public void ModelChanged() => Rebuild(isRestart: false);

    /// <param name="isRestart">Whether what fell due when the last event happened has been dealt with.</param>
    public void Rebuild(bool isRestart)
    {
        _queues.Clear();
        Deadlines.Clear();
        _orphans.Clear();
        foreach (var agent in _state.Agents.Values)
        {
            agent.Slots.Clear();
            agent.CountsAtWork = agent.IsAtWork;
            agent.WindowMovesAt = null;
        }
        foreach (var (id, model) in _state.Model.Queues)
            Open(_state.FindBook(id)!, model, isRestart);
        foreach (var entry in _state.Entries.Values)
        {
            (entry.Lane, entry.Line, entry.DueAt) = (null, null, null);
            if (_queues.TryGetValue(entry.Queue, out var queue))
                entry.Lane = LaneOf(queue, entry); // One that rings or is scored is asked for its lane as well.
            EntryCame(entry);
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
        CountAtWork(agent);
        var takesOffers = agent.Slots.Count > 0 && agent.TakesOffers(Now);
        var rests = takesOffers && agent.Rests(Now);
        string? channel = null;
        var (free, changed) = (0, false);
        foreach (var slot in agent.Slots)
        {
            if (!takesOffers)
            {
                slot.Leave();
                continue;
            }
            if (!ReferenceEquals(channel, slot.Lane.Key.Channel))
                (channel, free) = (slot.Lane.Key.Channel, agent.FreeOn(slot.Lane.Key.Channel));
            changed |= Place(slot, free, rests);
        }
        if (changed)
            NoteFree(agent);
    }

    public void EntryCame(QueueEntry entry)
    {
        SetWait(entry);
        EntryChanged(entry);
    }

    public void EntryChanged(QueueEntry entry)
    {
        if (entry.IsGone || !_queues.TryGetValue(entry.Queue, out var queue))
            return;
        var waits = entry.IsWaitingAt(Now);
        if (waits || entry is { IsOffered: true, Lane.RingsAll: true })
        {
            var lane = LaneOf(queue, entry);
            Stand(entry, lane, waits ? lane.Waiting : lane.Ringing);
            _newlyWaiting.Add(entry);
            if (entry.WaitsForOwner && !IsWorthWaitingFor(lane))
                _orphans[entry.Rank] = entry;
        }
        else
        {
            Stand(entry, entry.Lane, queue.Aside);
        }
        SetDue(queue, entry);
    }

    public void EntryGone(QueueEntry entry)
    {
        entry.Line?.Remove(entry.Rank);
        Forget(entry.Lane);
        (entry.Lane, entry.Line) = (null, null);
    }

    public void OfferRings(OpenOffer offer) => Deadlines.Add(offer.ExpiresAt, DeadlineKind.Ring, offer);

    public void OfferSettles(OpenOffer offer) => Deadlines.Add(offer.SettleBy!.Value, DeadlineKind.Settle, offer);

    public void WrapUpBegan(Presence agent, DateTimeOffset until) => Deadlines.Add(until, DeadlineKind.WrapUp, agent);

    public void MarkBegan(Presence agent, DateTimeOffset until) => Deadlines.Add(until, DeadlineKind.Mark, agent);

    public void RestBegan(Presence agent, DateTimeOffset until)
    {
        if (until > Now)
            Deadlines.Add(until, DeadlineKind.Rest, agent);
    }

    public void QueueEmptied(QueueBook queue)
    {
        if (queue is { EmptySince: { } since, Model.LeaveRule: { } rule })
            Deadlines.Add(since + rule.Grace, DeadlineKind.Empty, queue);
    }

    /// <summary>Whether an agent could be rung for it, for the first time or besides others.</summary>
    private static bool IsInLine(QueueEntry entry) =>
        entry is { IsGone: false, Lane: { } lane } && (entry.Line == lane.Waiting || entry.Line == lane.Ringing);

    private static bool IsWorthWaitingFor(QueueLane lane) => lane.Slots.Count > 0 && lane.Slots[0].Member.Agent.IsAtWork;

    private void Open(QueueBook book, QueueModel model, bool isRestart)
    {
        var queue = new ServedQueue(book, model, strategies);
        _queues.Add(book.Id, queue);
        foreach (var member in model.Members)
        {
            if (_state.Model.Agents.ContainsKey(member.Agent) && _state.Agents.TryGetValue(member.Agent, out var agent))
                queue.Add(agent, member);
        }
        var grace = book.EmptySince + model.LeaveRule?.Grace;
        if (grace > Now || (grace == Now && !isRestart))
            QueueEmptied(book); // Else whoever waited then has gone, and whoever came later waits.
        if (model is { Hours: not null, AtClosing: ClosingRule.SendAway })
            Deadlines.Add(Now, DeadlineKind.Closing, book); // Whoever waits may have to go at once.
        if (model.Window == CallWindow.Day)
            Deadlines.Add(LocalDay.NextStart(Now, model.TimeZone), DeadlineKind.Day, book);
    }

    /// <summary>The next time somebody may have to be sent away because it is closed.</summary>
    public void ArmClosing(ServedQueue queue)
    {
        if (queue.Model.Hours!.NextChangeAfter(Now) is { } change)
            Deadlines.Add(change, DeadlineKind.Closing, queue.Book);
    }

    /// <summary>Midnight: yesterday's calls count no more.</summary>
    public void DayPassed(QueueBook book)
    {
        if (!_queues.TryGetValue(book.Id, out var queue))
            return;
        foreach (var member in queue.Members)
            AgentChanged(member.Agent);
        Deadlines.Add(LocalDay.NextStart(Now, queue.Model.TimeZone), DeadlineKind.Day, book);
    }

    private void CountAtWork(Presence agent)
    {
        if (agent.IsAtWork == agent.CountsAtWork)
            return;
        agent.CountsAtWork = agent.IsAtWork;
        foreach (var book in agent.Queues)
        {
            if (_queues.TryGetValue(book.Id, out var queue) && queue.MemberOf(agent.Id) is { } member)
                queue.ShareAtWork += agent.CountsAtWork ? member.Share : -member.Share;
        }
        foreach (var slot in agent.Slots)
        {
            slot.Lane.ShareAtWork += agent.CountsAtWork ? slot.Member.Share : -slot.Member.Share;
            if (!agent.CountsAtWork && slot.Lane.Key.Owner is not null)
                AddOrphans(slot.Lane.Waiting);
        }
    }

    private void AddOrphans(RankedTree<QueueEntry> waiting)
    {
        for (var i = 0; i < waiting.Count; i++)
        {
            var entry = waiting.At(i);
            _orphans[entry.Rank] = entry;
        }
    }

    /// <summary>A lane that has just been opened has yet to learn who is free.</summary>
    private QueueLane LaneOf(ServedQueue queue, QueueEntry entry)
    {
        var lane = queue.LaneOf(entry);
        if (lane.IsPlaced)
            return lane;
        lane.IsPlaced = true;
        foreach (var slot in lane.Slots)
        {
            var agent = slot.Member.Agent;
            if (agent.TakesOffers(Now))
                Place(slot, agent.FreeOn(lane.Key.Channel), agent.Rests(Now));
        }
        return lane;
    }

    /// <summary>True when the agent stands elsewhere now.</summary>
    private bool Place(Slot slot, int free, bool rests)
    {
        if (free < slot.Lane.Key.Cost)
        {
            slot.Leave();
            return false;
        }
        var facts = FactsOf(slot.Member, slot.Lane, slot.Score);
        var strategy = slot.Lane.Strategy;
        var model = slot.Lane.Queue.Model;
        var key = KeyOf(slot.Member, slot.Lane, facts);
        var weight = strategy.Choice == RoutingChoice.Weighted ? Math.Clamp(strategy.WeightOf(facts, model), 1, 1_000_000) : 1;
        return slot.Stand(rests ? slot.Lane.Spared : slot.Lane.Free, key, weight);
    }

    private static RankKey KeyOf(QueueMembership member, QueueLane lane, in AgentFacts facts) =>
        new(lane.Strategy.KeyOf(facts, lane.Queue.Model), 0, member.Ordinal);

    private static void Stand(QueueEntry entry, QueueLane? lane, RankedTree<QueueEntry> line)
    {
        var before = entry.Lane;
        if (entry.Line != line)
        {
            entry.Line?.Remove(entry.Rank);
            line.Add(entry.Rank, 1, entry);
            entry.Line = line;
        }
        entry.Lane = lane;
        if (before != lane)
            Forget(before);
    }

    private static void Forget(QueueLane? lane)
    {
        if (lane is { Key.IsPersonal: true, IsIdle: true })
            lane.Queue.Close(lane);
    }

    /// <summary>Whoever comes first in any of the agent's lanes; those who ring elsewhere already only when nobody waits.</summary>
    private static QueueEntry? FirstFor(Presence agent)
    {
        QueueEntry? first = null, ringing = null;
        RankKey firstRank = default, ringingRank = default;
        foreach (var slot in agent.Slots)
        {
            if (!slot.Stands)
                continue;
            if (slot.Lane.Waiting.FirstWith(out var rank) is { } entry && (first is null || rank.CompareTo(firstRank) < 0))
                (first, firstRank) = (entry, rank);
            if (first is null && slot.Lane.Ringing.FirstWith(out rank) is { } other && (ringing is null || rank.CompareTo(ringingRank) < 0))
                (ringing, ringingRank) = (other, rank);
        }
        return first ?? ringing;
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
            if (IsInLine(entry))
                _candidates.Enqueue(new(entry, null), new(entry.IsOffered, entry.Rank));
        }
        _newlyWaiting.Clear();
        foreach (var agent in _newlyFree)
        {
            agent.IsNoted = false;
            if (FirstFor(agent) is { } entry)
                _candidates.Enqueue(new(entry, agent), new(entry.IsOffered, entry.Rank));
        }
        _newlyFree.Clear();
    }

    private readonly record struct Candidate(QueueEntry Entry, Presence? Agent);

    /// <summary>Whoever waits goes before those who ring elsewhere already.</summary>
    private readonly record struct CandidateKey(bool Rings, RankKey Rank) : IComparable<CandidateKey>
    {
        public int CompareTo(CandidateKey other) => Rings == other.Rings ? Rank.CompareTo(other.Rank) : Rings.CompareTo(other.Rings);
    }
}

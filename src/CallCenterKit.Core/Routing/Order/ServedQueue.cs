using CallCenterKit.Calendars;
using CallCenterKit.Model;
using CallCenterKit.Skills;

namespace CallCenterKit.Routing;

/// <summary>A queue as the engine works with it: its members, and a lane for each kind of entry.</summary>
internal sealed class ServedQueue
{
    /// <summary>With more lanes those in which nobody waits are let go.</summary>
    private const int MostIdleLanes = 256;

    private readonly Dictionary<LaneKey, QueueLane> _lanes = [];
    private readonly Dictionary<AgentId, QueueMembership> _byAgent = [];
    private readonly Dictionary<(SkillExpression, int), SkillExpression> _requirements = [];
    private readonly IRoutingStrategy _strategy;
    private readonly IRoutingStrategy _vipStrategy;
    private QueueLane? _lastLane;
    private (DateTimeOffset From, DateTimeOffset Until, bool Open) _hours;
    private (DateTimeOffset From, DateTimeOffset Until) _day;

    public ServedQueue(QueueBook book, QueueModel model, StrategyTable strategies)
    {
        Book = book;
        Model = model;
        _strategy = strategies[model.Strategy];
        _vipStrategy = strategies[model.VipStrategy ?? model.Strategy];
    }

    public QueueBook Book { get; }

    public QueueModel Model { get; }

    public List<QueueMembership> Members { get; } = [];

    public IEnumerable<QueueLane> Lanes => _lanes.Values;

    /// <summary>Entries that stand in no lane, by rank: being offered, called back or scored.</summary>
    public RankedTree<QueueEntry> Aside { get; } = new();

    /// <summary>Members at work, each by their <see cref="QueueMembership.Share"/>.</summary>
    public long ShareAtWork { get; set; }

    public double AgentsAtWork => (double)ShareAtWork / QueueMembership.WholeShare;

    /// <summary>How many wait for this agent and nobody else.</summary>
    public int WaitingFor(AgentId owner) => _lanes.Values.Sum(lane => lane.Key.Owner == owner ? lane.Waiting.Count : 0);

    public QueueMembership? MemberOf(AgentId agent) => _byAgent.GetValueOrDefault(agent);

    public void Add(Presence agent, QueueMember member)
    {
        if (!_byAgent.TryAdd(agent.Id, new(agent, Members.Count, member.Tier, member.Weight)))
            return; // Named twice in the list.
        Members.Add(_byAgent[agent.Id]);
        if (agent.CountsAtWork)
            ShareAtWork += _byAgent[agent.Id].Share;
    }

    /// <summary>Whether it is open; asked with rising instants.</summary>
    public bool IsOpenAt(DateTimeOffset now)
    {
        if (Model.Hours is not { } hours)
            return true;
        if (now < _hours.From || now >= _hours.Until)
            _hours = (now, hours.NextChangeAfter(now) ?? now.AddDays(1), hours.IsOpenAt(now));
        return _hours.Open;
    }

    /// <summary>When the present day began; asked with rising instants.</summary>
    public DateTimeOffset DayStart(DateTimeOffset now)
    {
        if (now < _day.From || now >= _day.Until)
            _day = (LocalDay.StartOf(now, Model.TimeZone), LocalDay.NextStart(now, Model.TimeZone));
        return _day.From;
    }

    /// <summary>The lane an entry belongs to by what is required of it now.</summary>
    public QueueLane LaneOf(QueueEntry entry)
    {
        var key = new LaneKey(
            entry.Channel,
            entry.Cost,
            RequirementOf(entry),
            entry.TiersOpened >= Model.TierOpenings.Count ? int.MaxValue : entry.TiersOpened + 1,
            entry.Vip && Model.VipStrategy is not null,
            entry.WaitsForOwner ? entry.Owner : null,
            entry.Except);
        if (_lastLane is { } last && last.Key == key)
            return last;
        if (!_lanes.TryGetValue(key, out var lane))
            lane = Open(key);
        _lastLane = lane;
        return lane;
    }

    /// <summary>Lets go of a lane in which nobody waits.</summary>
    public void Close(QueueLane lane)
    {
        if (_lanes.GetValueOrDefault(lane.Key) != lane)
            return;
        _lanes.Remove(lane.Key);
        if (_lastLane == lane)
            _lastLane = null;
        foreach (var slot in lane.Slots)
            slot.Member.Agent.Slots.Remove(slot);
    }

    public SkillExpression RequirementOf(QueueEntry entry) => RequirementOf(entry.Requirement, entry.Relaxed);

    public SkillExpression RequirementOf(SkillExpression own, int relaxed)
    {
        if (relaxed == 0 && Model.Requirement == SkillExpression.Any)
            return own;
        if (_requirements.TryGetValue((own, relaxed), out var known))
            return known;
        if (_requirements.Count >= 1_000)
            _requirements.Clear();
        return _requirements[(own, relaxed)] = Relax(SkillExpression.And([Model.Requirement, own]), relaxed);
    }

    private SkillExpression Relax(SkillExpression whole, int steps)
    {
        foreach (var step in Model.Relaxation.Take(steps))
        {
            whole = step.Instead ?? whole;
            if (step.Lower > 0)
                whole = whole.Lower(step.Lower);
            if (step.Drop is not null)
                whole = whole.Drop(step.Drop);
        }
        return whole;
    }

    private QueueLane Open(LaneKey key)
    {
        if (_lanes.Count >= MostIdleLanes)
        {
            foreach (var idle in _lanes.Values.Where(lane => lane.IsIdle).ToList())
                Close(idle);
        }
        var lane = new QueueLane(this, key, key.Vip ? _vipStrategy : _strategy);
        _lanes.Add(key, lane);
        if (key.Owner is not { } owner)
            Members.ForEach(member => Admit(lane, member));
        else if (MemberOf(owner) is { } known)
            Admit(lane, known);
        return lane;
    }

    private static void Admit(QueueLane lane, QueueMembership member)
    {
        if (!lane.Key.Admits(member))
            return;
        var slot = new Slot(lane, member);
        lane.Slots.Add(slot);
        member.Agent.Slots.Add(slot);
        if (member.Agent.CountsAtWork)
            lane.ShareAtWork += member.Share;
    }
}

/// <summary>An agent in a queue.</summary>
internal sealed class QueueMembership(Presence agent, int ordinal, int tier, int weight)
{
    /// <summary>An agent who serves one queue only. A whole number, so that sums stay exact.</summary>
    public const long WholeShare = 1L << 32;

    public Presence Agent { get; } = agent;

    public int Ordinal { get; } = ordinal;

    public int Tier { get; } = tier;

    public int Weight { get; } = weight;

    /// <summary>An agent who serves k queues counts 1/k in each.</summary>
    public long Share => WholeShare / Math.Max(1, Agent.Queues.Count);
}

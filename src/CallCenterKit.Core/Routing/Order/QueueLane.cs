using CallCenterKit.Skills;

namespace CallCenterKit.Routing;

/// <summary>What decides which agents may take an entry, besides their state: entries that agree in it stand in one lane.</summary>
/// <param name="Channel">How the party speaks with us.</param>
/// <param name="Cost">How much of an agent's capacity is taken.</param>
/// <param name="Requirement">What the agent must be able to do.</param>
/// <param name="Tiers">The last tier that is asked.</param>
/// <param name="Vip">Whether the strategy for VIPs chooses.</param>
/// <param name="Owner">The only agent who is asked; null asks all.</param>
/// <param name="Except">The agents who are not asked, the very list of the entry; null leaves nobody out.</param>
internal readonly record struct LaneKey(
    string Channel,
    int Cost,
    SkillExpression Requirement,
    int Tiers,
    bool Vip,
    AgentId? Owner,
    IReadOnlyList<AgentId>? Except)
{
    /// <summary>Whether it is for one entry, or a few, and is let go when they have left.</summary>
    public bool IsPersonal => Owner is not null || Except is not null;

    public bool Admits(QueueMembership member) =>
        member.Tier <= Tiers
        && (Owner is null || Owner == member.Agent.Id)
        && (Except is null || !Except.Contains(member.Agent.Id))
        && member.Agent.Model is { } model
        && model.Capacity.GetValueOrDefault(Channel) >= Cost
        && Requirement.Matches(model.Skills);
}

/// <summary>Those of one queue who may be brought together: who waits, and who could take them.</summary>
internal sealed class QueueLane(ServedQueue queue, LaneKey key, IRoutingStrategy strategy)
{
    public ServedQueue Queue { get; } = queue;

    public LaneKey Key { get; } = key;

    public IRoutingStrategy Strategy { get; } = strategy;

    public bool RingsAll { get; } = strategy.Choice == RoutingChoice.All;

    /// <summary>Entries nobody is rung for, by rank.</summary>
    public RankedTree<QueueEntry> Waiting { get; } = new();

    /// <summary>Entries for which whoever becomes free is rung as well, by rank.</summary>
    public RankedTree<QueueEntry> Ringing { get; } = new();

    /// <summary>Agents by the strategy's key.</summary>
    public RankedTree<Presence> Free { get; } = new();

    /// <summary>Like <see cref="Free"/>: agents who rest and are chosen only when nobody is in there.</summary>
    public RankedTree<Presence> Spared { get; } = new();

    /// <summary>Every agent it admits.</summary>
    public List<Slot> Slots { get; } = [];

    /// <summary>Agents at work, each by their <see cref="QueueMembership.Share"/>.</summary>
    public long ShareAtWork { get; set; }

    public double AgentsAtWork => (double)ShareAtWork / QueueMembership.WholeShare;

    public double ScoreOf(QueueMembership member) => member.Agent.Model is { } model ? Key.Requirement.ScoreOf(model.Skills) : 0;

    /// <summary>Whether its agents have been put in order; kept by <see cref="RoutingIndex"/>.</summary>
    public bool IsPlaced { get; set; }

    public bool IsIdle => Waiting.Count == 0 && Ringing.Count == 0;

    /// <summary>The agents who could be chosen now.</summary>
    public RankedTree<Presence> Candidates => Free.Count > 0 ? Free : Spared;
}

/// <summary>An agent in one lane.</summary>
internal sealed class Slot(QueueLane lane, QueueMembership member)
{
    private RankedTree<Presence>? _tree;
    private RankKey _key;

    public QueueLane Lane { get; } = lane;

    public QueueMembership Member { get; } = member;

    /// <summary>How well the agent's skills fulfil what the lane requires.</summary>
    public double Score { get; } = lane.ScoreOf(member);

    public int Weight { get; private set; }

    /// <summary>Whether the agent can take something from this lane now.</summary>
    public bool Stands => _tree is not null;

    public bool StandsIn(RankedTree<Presence> tree) => _tree == tree;

    public void Leave()
    {
        _tree?.Remove(_key);
        _tree = null;
    }

    /// <summary>False when nothing has changed.</summary>
    public bool Stand(RankedTree<Presence> tree, RankKey key, int weight)
    {
        if (_tree == tree && _key == key && Weight == weight)
            return false;
        Leave();
        tree.Add(key, weight, Member.Agent);
        (_tree, _key, Weight) = (tree, key, weight);
        return true;
    }
}

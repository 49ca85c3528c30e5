namespace CallCenterKit.Routing;

// Which of those who could take it.
public sealed partial class RoutingEngine
{
    private Presence Choose(QueueLane lane, QueueEntry entry)
    {
        var agents = entry.IsOffered ? lane.Free : lane.Candidates;
        return lane.Strategy.Choice switch
        {
            RoutingChoice.Next when KeyOf(lane, lane.Queue.Book.Cursor) is { } cursor => agents.After(cursor) ?? agents.First!,
            RoutingChoice.Random or RoutingChoice.Weighted => agents.At(Draw(agents.Total)),
            RoutingChoice.RandomButLast => AnyButLast(lane, agents),
            _ => agents.First!,
        };
    }

    private static RoutingDecision DecisionOn(OfferId offer, Presence agent, QueueEntry entry)
    {
        var lane = entry.Lane!;
        return new(offer, entry.Id, entry.Queue, agent.Id, lane.Strategy.Name, lane.Strategy.Choice, lane.Key.Requirement, lane.Free.Count, lane.Spared.Count, lane.Waiting.Count);
    }

    /// <summary>Whoever is drawn, and if that is the one chosen last, any of the others: each of them is as likely as the other.</summary>
    private Presence AnyButLast(QueueLane lane, RankedTree<Presence> agents)
    {
        var drawn = Draw(agents.Total);
        var agent = agents.At(drawn);
        if (agents.Count < 2 || agent.Id != lane.Queue.Book.LastChosen)
            return agent;
        var other = Draw(agents.Total - 1, turn: 1);
        return agents.At(other < drawn ? other : other + 1);
    }

    private RankKey? KeyOf(QueueLane lane, AgentId? agent) =>
        agent is { } id && lane.Queue.MemberOf(id) is { } member ? _index.KeyOf(member, lane) : null;

    /// <summary>A number from 0 to less than that many, each as likely. It follows from the seed, the number of the offer it is drawn for and which draw for it this is (SplitMix64).</summary>
    private long Draw(long many, ulong turn = 0)
    {
        var mixed = _seed + (turn * 0xD1B54A32D192ED03) + (((ulong)_state.Epoch << 40) + (ulong)_state.LastOffer + 1) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (long)Math.BigMul(mixed ^ (mixed >> 31), (ulong)many, out _);
    }
}

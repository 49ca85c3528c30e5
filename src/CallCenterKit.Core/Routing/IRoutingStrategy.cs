using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>An order among the agents of a queue, and which of the order is chosen. The engine keeps the order; the strategy only gives the keys.</summary>
/// <remarks>Pure: no clock, no I/O, no randomness, no state of its own. Called on the routing loop only.</remarks>
public interface IRoutingStrategy
{
    /// <summary>What <see cref="QueueModel.Strategy"/> names; found without regard to case.</summary>
    string Name { get; }

    /// <summary>Which of the order is chosen.</summary>
    RoutingChoice Choice => RoutingChoice.First;

    /// <summary>The agent's key in this queue: the smallest is first. Changes only with an event about the agent.</summary>
    long KeyOf(in AgentFacts agent, QueueModel queue);

    /// <summary>How often the agent is drawn by <see cref="RoutingChoice.Weighted"/>, 1 to 1,000,000.</summary>
    int WeightOf(in AgentFacts agent, QueueModel queue) => 1;
}

/// <summary>Which of the agents in order is chosen.</summary>
public enum RoutingChoice
{
    /// <summary>The first.</summary>
    First,

    /// <summary>The one after whoever was chosen last in this queue, in a circle.</summary>
    Next,

    /// <summary>Any, each as likely as the other.</summary>
    Random,

    /// <summary>Any but whoever was chosen last in this queue, as long as there is another.</summary>
    RandomButLast,

    /// <summary>Any, as likely as their weights say.</summary>
    Weighted,

    /// <summary>All at once; the first answer wins.</summary>
    All,
}

/// <summary>What a strategy may know of an agent.</summary>
/// <param name="Id">Who.</param>
/// <param name="Ordinal">Place among the members of the queue, from 0; settles equal keys.</param>
public readonly record struct AgentFacts(AgentId Id, int Ordinal)
{
    /// <summary>The tier of the member, from 1.</summary>
    public int Tier { get; init; }

    /// <summary>The weight of the member, from 1.</summary>
    public int Weight { get; init; }

    /// <summary>How well the agent's skills fulfil what is required, 0 to 1: <see cref="Skills.SkillExpression.ScoreOf"/>.</summary>
    public double Score { get; init; }

    /// <summary>When the agent last became free to take an offer.</summary>
    public DateTimeOffset AvailableSince { get; init; }

    /// <summary>When the last conversation ended; the login when there was none.</summary>
    public DateTimeOffset LastCallEndedAt { get; init; }

    /// <summary>Conversations that began in the queue's <see cref="QueueModel.Window"/>, of all queues.</summary>
    public int Calls { get; init; }

    /// <summary>Talk time of those that ended in it.</summary>
    public TimeSpan TalkTime { get; init; }
}

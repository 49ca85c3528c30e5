using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>An order among the agents of a queue. The engine keeps the order; the strategy only gives the keys.</summary>
/// <remarks>Pure: no clock, no I/O, no state of its own. Called on the routing loop only.</remarks>
public interface IRoutingStrategy
{
    /// <summary>What <see cref="QueueModel.Strategy"/> names; found without regard to case.</summary>
    string Name { get; }

    /// <summary>The agent's key in this queue: the smallest is chosen first. Changes only with an event about the agent.</summary>
    long KeyOf(in AgentFacts agent, QueueModel queue);
}

/// <summary>What a strategy may know of an agent.</summary>
/// <param name="Id">Who.</param>
/// <param name="Ordinal">Place among the members of the queue, from 0; settles equal keys.</param>
/// <param name="AvailableSince">When the agent last became free to take an offer.</param>
/// <param name="LastCallEndedAt">When the last conversation ended; the login when there was none.</param>
/// <param name="Calls">Conversations taken since login.</param>
public readonly record struct AgentFacts(
    AgentId Id,
    int Ordinal,
    DateTimeOffset AvailableSince,
    DateTimeOffset LastCallEndedAt,
    int Calls);

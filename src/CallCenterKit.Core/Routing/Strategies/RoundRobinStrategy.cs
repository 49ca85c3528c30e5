using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>One after another in the order of the members, in a circle (R4). Goes on where it was when members come and go and after a restart.</summary>
public sealed class RoundRobinStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "round-robin";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public RoutingChoice Choice => RoutingChoice.Next;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.Ordinal;
}

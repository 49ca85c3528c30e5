using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>The first in the order of the members (R9).</summary>
public sealed class LinearStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "linear";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.Ordinal;
}

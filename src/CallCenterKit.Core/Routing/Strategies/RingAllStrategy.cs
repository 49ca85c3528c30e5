using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>Everybody who is free is rung at once; the first answer wins (R1).</summary>
public sealed class RingAllStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "ring-all";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public RoutingChoice Choice => RoutingChoice.All;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.Ordinal;
}

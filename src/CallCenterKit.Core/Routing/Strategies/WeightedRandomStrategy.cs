using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>Any, as likely as the members' weights say (R9).</summary>
public sealed class WeightedRandomStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "weighted-random";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public RoutingChoice Choice => RoutingChoice.Weighted;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.Ordinal;

    /// <inheritdoc />
    public int WeightOf(in AgentFacts agent, QueueModel queue) => agent.Weight;
}

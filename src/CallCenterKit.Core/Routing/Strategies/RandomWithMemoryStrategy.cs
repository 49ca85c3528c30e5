using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>Any but whoever was rung last in this queue, as long as there is another; each of the rest as likely as the other (R3).</summary>
public sealed class RandomWithMemoryStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "random-memory";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public RoutingChoice Choice => RoutingChoice.RandomButLast;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.Ordinal;
}

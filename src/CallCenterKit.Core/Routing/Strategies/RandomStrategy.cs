using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>Any, each as likely as the other; the same may come twice running (R2).</summary>
public sealed class RandomStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "random";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public RoutingChoice Choice => RoutingChoice.Random;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.Ordinal;
}

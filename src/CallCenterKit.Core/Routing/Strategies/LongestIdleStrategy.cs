using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>Whoever has waited longest since their last conversation (R5).</summary>
public sealed class LongestIdleStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "longest-idle";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.LastCallEndedAt.UtcTicks;
}

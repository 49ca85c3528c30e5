using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>The lowest tier first, and in it whoever has waited longest since their last conversation (R7).</summary>
public sealed class ExpertFirstStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "expert-first";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => ((long)agent.Tier << 56) + (agent.LastCallEndedAt.UtcTicks >> 8);
}

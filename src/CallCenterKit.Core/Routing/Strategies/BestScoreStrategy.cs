using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>Whoever's skills fulfil best what is required (R9); among equals the first in the order of the members.</summary>
public sealed class BestScoreStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "best-score";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => -(long)(agent.Score * 1_000_000_000);
}

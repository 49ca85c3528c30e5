using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>Whoever has been available longest (R5 by its other clock): a pause and after-call work count as work.</summary>
public sealed class LongestAvailableStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "longest-available";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.AvailableSince.UtcTicks;
}

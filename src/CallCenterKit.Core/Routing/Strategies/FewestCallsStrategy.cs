using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>Whoever took the fewest conversations in the queue's window (R6).</summary>
public sealed class FewestCallsStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "fewest-calls";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.Calls;
}

using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>Whoever talked least in the queue's window (R6).</summary>
public sealed class LeastTalkTimeStrategy : IRoutingStrategy
{
    /// <summary>The name queues use.</summary>
    public const string StrategyName = "least-talk-time";

    /// <inheritdoc />
    public string Name => StrategyName;

    /// <inheritdoc />
    public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.TalkTime.Ticks;
}

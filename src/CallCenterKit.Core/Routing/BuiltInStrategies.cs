namespace CallCenterKit.Routing;

/// <summary>The strategies that come with the package.</summary>
public static class BuiltInStrategies
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IRoutingStrategy> All { get; } =
    [
        new LongestIdleStrategy(),
        new LongestAvailableStrategy(),
        new RingAllStrategy(),
        new RandomStrategy(),
        new RandomWithMemoryStrategy(),
        new RoundRobinStrategy(),
        new FewestCallsStrategy(),
        new LeastTalkTimeStrategy(),
        new ExpertFirstStrategy(),
        new LinearStrategy(),
        new WeightedRandomStrategy(),
        new BestScoreStrategy(),
    ];
}

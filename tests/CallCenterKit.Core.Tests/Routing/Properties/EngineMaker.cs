using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>Makes the engines a property needs; broken ones are made by makers that derive from this.</summary>
internal class EngineMaker
{
    public static EngineMaker Honest { get; } = new();

    /// <summary>The engine of the day.</summary>
    public virtual IEngine ForTheDay(ulong seed) => new RealEngine(New(seed));

    /// <summary>The engine that is given the command log of the day.</summary>
    public virtual IEngine ForReplay(ulong seed) => new RealEngine(New(seed));

    /// <summary>The engine of the process that goes on from a snapshot.</summary>
    public virtual IEngine AfterRestart(RoutingSnapshot snapshot) => new RealEngine(RoutingEngine.Restore(snapshot, BuiltInStrategies.All, epoch: 1));

    protected static RoutingEngine New(ulong seed) => new(BuiltInStrategies.All, epoch: 1, seed);
}

using BenchmarkDotNet.Attributes;
using CallCenterKit.Routing;

namespace CallCenterKit.Benchmarks.Routing;

/// <summary>All agents talk and callers for fifty skills wait: one agent ends a call and the caller who has waited longest for any of the agent's skills is rung.</summary>
public class AgentFreesBenchmark : RoutingBenchmark
{
    private const int Decisions = 400;

    private BenchmarkCenter _center = null!;
    private int _agent;

    /// <summary>Logged in and talking.</summary>
    [Params(100, 1_000, 10_000)]
    public int Agents { get; set; }

    /// <summary>In the same queue, each for one skill.</summary>
    [Params(1_000, 100_000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _center = new(Agents, LongestIdleStrategy.StrategyName);
        _center.LetWaitForBusyAgents(Agents, Waiting);
        BenchmarkCenter.WarmUp(Free, Refill);
    }

    /// <summary>As many come as were served.</summary>
    [IterationSetup]
    public void Refill()
    {
        for (var caller = 0; caller < Decisions; caller++)
            _center.Enter();
    }

    /// <summary>The end of a call, the choice, and the answer of the agent.</summary>
    [Benchmark(OperationsPerInvoke = Decisions)]
    public void Free()
    {
        for (var decision = 0; decision < Decisions; decision++)
            _center.Free(_agent++);
    }
}

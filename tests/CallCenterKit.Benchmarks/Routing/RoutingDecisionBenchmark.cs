using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using CallCenterKit.Routing;

namespace CallCenterKit.Benchmarks.Routing;

/// <summary>One decision: a call enters that wants a skill one agent in ten has, and an agent is chosen.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Throughput, launchCount: 1, warmupCount: 400, iterationCount: 100, invocationCount: 1)]
public class RoutingDecisionBenchmark
{
    /// <summary>As many as can be chosen before the smallest center runs out of agents.</summary>
    private const int Decisions = 40;

    private BenchmarkCenter _center = null!;

    /// <summary>Logged in and free.</summary>
    [Params(100, 1_000, 10_000)]
    public int Agents { get; set; }

    /// <summary>In the same queue, for a skill nobody has.</summary>
    [Params(0, 1_000, 100_000)]
    public int Waiting { get; set; }

    /// <summary>How the agent is chosen.</summary>
    [Params(LongestIdleStrategy.StrategyName)]
    public string Strategy { get; set; } = LongestIdleStrategy.StrategyName;

    [GlobalSetup]
    public void Setup()
    {
        _center = new(Agents, Strategy);
        _center.LetWait(Waiting);
    }

    [IterationSetup]
    public void FreeAll() => _center.FreeAll();

    [Benchmark(OperationsPerInvoke = Decisions)]
    public void Enter()
    {
        for (var decision = 0; decision < Decisions; decision++)
            _center.Enter();
    }
}

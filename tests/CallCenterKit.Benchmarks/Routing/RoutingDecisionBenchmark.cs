using BenchmarkDotNet.Attributes;
using CallCenterKit.Routing;

namespace CallCenterKit.Benchmarks.Routing;

/// <summary>One decision: a call enters that wants a skill one agent in ten has, and the agent who has been idle longest is chosen.</summary>
public class RoutingDecisionBenchmark : RoutingBenchmark
{
    private const int Decisions = 400;

    private BenchmarkCenter[] _centers = [];

    /// <summary>Logged in and free.</summary>
    [Params(100, 1_000, 10_000)]
    public int Agents { get; set; }

    /// <summary>In the same queue, for a skill nobody has.</summary>
    [Params(0, 1_000, 100_000)]
    public int Waiting { get; set; }

    /// <summary>Before a hundred agents run out no more than forty can be chosen: there are ten such centers.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _centers = [.. Enumerable.Range(0, Agents < 1_000 ? 10 : 1).Select(_ => new BenchmarkCenter(Agents, LongestIdleStrategy.StrategyName))];
        foreach (var center in _centers)
            center.LetWait(Waiting);
        BenchmarkCenter.WarmUp(Enter, FreeAll);
    }

    [IterationSetup]
    public void FreeAll()
    {
        foreach (var center in _centers)
            center.FreeAll();
    }

    [Benchmark(OperationsPerInvoke = Decisions)]
    public void Enter()
    {
        foreach (var center in _centers)
        {
            for (var decision = 0; decision < Decisions / _centers.Length; decision++)
                center.Enter();
        }
    }
}

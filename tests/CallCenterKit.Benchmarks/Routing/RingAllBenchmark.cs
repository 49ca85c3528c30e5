using BenchmarkDotNet.Attributes;
using CallCenterKit.Routing;

namespace CallCenterKit.Benchmarks.Routing;

/// <summary>A call enters that wants a skill a hundred of a thousand agents have, and all hundred are rung; the figures are per phone.</summary>
public class RingAllBenchmark : RoutingBenchmark
{
    private const int Agents = 1_000;
    private const int Phones = Agents / 10;

    private BenchmarkCenter _center = null!;

    /// <summary>In the same queue, for a skill nobody has.</summary>
    [Params(0, 100_000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _center = new(Agents, RingAllStrategy.StrategyName);
        _center.LetWait(Waiting);
        BenchmarkCenter.WarmUp(Enter, FreeAll);
    }

    [IterationSetup]
    public void FreeAll() => _center.FreeAll();

    [Benchmark(OperationsPerInvoke = Phones)]
    public void Enter() => _center.Enter();
}

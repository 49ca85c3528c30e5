using System.Globalization;
using BenchmarkDotNet.Attributes;
using CallCenterKit.Routing;

namespace CallCenterKit.Benchmarks.Routing;

/// <summary>One decision by each strategy that chooses one agent: a call enters that wants a skill one agent in ten has.</summary>
public class RoutingStrategyBenchmark : RoutingBenchmark
{
    private const int Decisions = 400;

    private BenchmarkCenter _center = null!;

    /// <summary>Agents who are logged in and free, and callers in the same queue for a skill nobody has.</summary>
    [Params("1000/1000", "10000/100000")]
    public string AgentsAndWaiting { get; set; } = "";

    /// <summary>How the agent is chosen.</summary>
    [ParamsSource(nameof(Strategies))]
    public string Strategy { get; set; } = "";

    /// <summary>All but ring-all, which chooses many.</summary>
    public static IEnumerable<string> Strategies =>
        BuiltInStrategies.All.Where(strategy => strategy.Choice != RoutingChoice.All).Select(strategy => strategy.Name);

    [GlobalSetup]
    public void Setup()
    {
        var numbers = AgentsAndWaiting.Split('/');
        _center = new(int.Parse(numbers[0], CultureInfo.InvariantCulture), Strategy);
        _center.LetWait(int.Parse(numbers[1], CultureInfo.InvariantCulture));
        BenchmarkCenter.WarmUp(Enter, FreeAll);
        BenchmarkCenter.WarmUp(EnterForOwner, FreeAll);
    }

    [IterationSetup]
    public void FreeAll() => _center.FreeAll();

    [Benchmark(OperationsPerInvoke = Decisions)]
    public void Enter()
    {
        for (var decision = 0; decision < Decisions; decision++)
            _center.Enter();
    }

    /// <summary>The caller knows an agent, who is free; one for each skill.</summary>
    [Benchmark(OperationsPerInvoke = BenchmarkCenter.Skills)]
    public void EnterForOwner()
    {
        for (var decision = 0; decision < BenchmarkCenter.Skills; decision++)
            _center.EnterForOwner();
    }
}

namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>The engine is compared with a plain line, and the line with theory.</summary>
public class EngineAgainstErlangATests(ITestOutputHelper output)
{
    private static readonly TimeSpan Threshold = TimeSpan.FromSeconds(20);

    /// <summary>Load, agents, mean patience in seconds (handling takes 180), seed, callers.</summary>
    [Theory]
    [InlineData(4, 5, 60, 101, 220_000)]
    [InlineData(8, 10, 360, 102, 400_000)]
    [InlineData(10, 10, 180, 103, 220_000)]
    [InlineData(12, 10, 60, 104, 180_000)]
    [InlineData(19, 20, 240, 105, 420_000)]
    [InlineData(48, 50, 360, 106, 900_000)]
    public void Callers_who_lose_patience_wait_and_hang_up_as_Erlang_A_says(double load, int agents, double patience, ulong seed, int callers)
    {
        var traffic = new Traffic(load, agents) { MeanPatienceSeconds = patience };
        var theory = new ErlangA(traffic);
        var agreement = new Agreement(output);

        var figures = WaitFigures.Measure(traffic, seed, Agreement.IsFull ? 4 * callers : callers, Threshold);

        EngineAgainstLine.AssertSame(traffic, seed);
        agreement.Share("wait probability", figures.Waited, theory.Waited);
        agreement.Share("abandoned", figures.Abandoned, theory.Abandoned);
        agreement.Share("service level", figures.InTime, theory.ServiceLevel(Threshold.TotalSeconds));
        agreement.Mean("mean wait", figures.MeanWait, theory.MeanWait);
        agreement.Mean("average speed of answer", figures.SpeedOfAnswer, theory.SpeedOfAnswer);
    }
}

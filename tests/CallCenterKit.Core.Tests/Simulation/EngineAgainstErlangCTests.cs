namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>The engine is compared with a plain line, and the line with theory.</summary>
public class EngineAgainstErlangCTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Threshold = TimeSpan.FromSeconds(20);

    /// <summary>Load, agents, seed, callers: as many as the intervals need to be narrow.</summary>
    public static IEnumerable<TheoryDataRow<double, int, ulong, int>> Pairs =>
    [
        new(0.6, 1, 1, 220_000),
        new(1.0, 2, 2, 350_000),
        new(1.5, 2, 3, 500_000),
        new(2.1, 3, 4, 450_000),
        new(3.0, 4, 5, 650_000),
        new(3.5, 5, 6, 850_000),
        new(5.0, 7, 7, 1_000_000),
        new(6.0, 8, 8, 1_350_000),
        new(8.0, 10, 9, 1_600_000),
        new(16.0, 20, 10, 2_800_000),
    ];

    /// <summary>More agents, in the long form only: a long line that is rare takes many callers to measure.</summary>
    public static IEnumerable<TheoryDataRow<double, int, ulong, int>> LargePairs => Agreement.IsFull
        ? [new(9.5, 12, 11, 2_400_000), new(12.0, 15, 12, 4_000_000), new(26.0, 30, 13, 6_000_000), new(45.0, 50, 14, 9_000_000)]
        : [];

    [Theory]
    [MemberData(nameof(Pairs))]
    [MemberData(nameof(LargePairs))]
    public void Callers_who_never_hang_up_wait_as_Erlang_C_says(double load, int agents, ulong seed, int callers)
    {
        var traffic = new Traffic(load, agents);
        var theory = new ErlangC(traffic);
        var agreement = new Agreement(output);

        var figures = WaitFigures.Measure(traffic, seed, callers, Threshold);

        EngineAgainstLine.AssertSame(traffic, seed);
        agreement.Share("wait probability", figures.Waited, theory.Waited);
        agreement.Mean("average speed of answer", figures.SpeedOfAnswer, theory.MeanWait);
        agreement.Share("service level", figures.InTime, theory.ServiceLevel(Threshold.TotalSeconds));
    }
}

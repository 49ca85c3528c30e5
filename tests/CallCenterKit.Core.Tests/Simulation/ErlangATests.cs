namespace CallCenterKit.Core.Tests.Simulation;

public class ErlangATests
{
    /// <summary>
    /// Computed by other means: products in exact fractions, and the way of one caller to the head of the line by Runge and Kutta.
    /// </summary>
    [Theory]
    [InlineData(48, 50, 60, 120, 0.46777407, 0.03091225, 3.7094699, 0.94301895)] // Gans, Koole, Mandelbaum 2003: 3.1 %, 3.7 s.
    [InlineData(10, 10, 180, 120, 0.49685275, 0.13746383, 16.495659, 0.63994131)]
    [InlineData(12, 10, 180, 60, 0.60105714, 0.24396547, 14.637928, 0.56902857)]
    public void Examples_computed_by_other_means_come_out(
        double load, int agents, double handling, double patience, double waited, double abandoned, double meanWait, double serviceLevel)
    {
        var theory = new ErlangA(new Traffic(load, agents) { MeanHandlingSeconds = handling, MeanPatienceSeconds = patience });

        Assert.Equal(waited, theory.Waited, 1e-7);
        Assert.Equal(abandoned, theory.Abandoned, 1e-7);
        Assert.Equal(meanWait, theory.MeanWait, 1e-5);
        Assert.Equal(serviceLevel, theory.ServiceLevel(20), 1e-7);
    }

    [Theory]
    [InlineData(8, 10, 180)]
    [InlineData(12, 10, 60)]
    public void All_are_answered_in_the_end_but_those_who_hang_up(double load, int agents, double patience)
    {
        var theory = new ErlangA(new Traffic(load, agents) { MeanPatienceSeconds = patience });

        Assert.Equal(1 - theory.Abandoned, theory.ServiceLevel(60 * patience), 1e-9);
    }

    [Fact]
    public void With_endless_patience_it_is_Erlang_C()
    {
        var traffic = new Traffic(8, 10);
        var (patient, endless) = (new ErlangA(traffic with { MeanPatienceSeconds = 1e7 }), new ErlangC(traffic));

        Assert.Equal(endless.Waited, patient.Waited, 1e-4);
        Assert.Equal(endless.MeanWait, patient.MeanWait, 0.01);
        Assert.Equal(endless.ServiceLevel(20), patient.ServiceLevel(20), 1e-4);
    }

    /// <summary>With patience as long as handling nobody can tell the two apart: the number of callers there is Poisson.</summary>
    [Fact]
    public void With_patience_as_long_as_handling_the_callers_present_are_Poisson()
    {
        var theory = new ErlangA(new Traffic(3, 2) { MeanPatienceSeconds = 180 });

        Assert.Equal(1 - 4 * Math.Exp(-3), theory.Waited, 1e-12);
    }
}

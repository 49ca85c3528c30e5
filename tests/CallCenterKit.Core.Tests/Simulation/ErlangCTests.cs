namespace CallCenterKit.Core.Tests.Simulation;

public class ErlangCTests
{
    /// <summary>Published examples, with the digits computed from the sums of A^k / k! in exact fractions.</summary>
    [Theory]
    [InlineData(5, 8, 300, 20, 0.167267, 16.7267, 0.863053)] // Koole, Call Center Mathematics: 1 call a minute, 5 minutes each.
    [InlineData(10, 14, 180, 20, 0.174132, 7.83594, 0.888350)] // Call Centre Helper: 200 calls an hour; 17.4 %, 7.8 s, 88.8 %.
    [InlineData(48, 50, 60, 20, 0.694456, 20.8337, 0.643455)] // Gans, Koole, Mandelbaum 2003: 48 calls a minute; 20.8 s.
    [InlineData(48, 55, 240, 15, 0.238701, 8.18403, 0.845883)] // 360 calls in half an hour.
    public void Published_examples_come_out(
        double load, int agents, double handling, double threshold, double waited, double meanWait, double serviceLevel)
    {
        var theory = new ErlangC(new Traffic(load, agents) { MeanHandlingSeconds = handling });

        Assert.Equal(waited, theory.Waited, 1e-6);
        Assert.Equal(meanWait, theory.MeanWait, 1e-4);
        Assert.Equal(serviceLevel, theory.ServiceLevel(threshold), 1e-6);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public void One_agent_is_busy_as_often_as_the_load_says_and_two_follow_the_closed_form(double occupancy)
    {
        Assert.Equal(occupancy, new ErlangC(new Traffic(occupancy, 1)).Waited, 1e-12);
        Assert.Equal(2 * occupancy * occupancy / (1 + occupancy), new ErlangC(new Traffic(2 * occupancy, 2)).Waited, 1e-12);
    }

    [Fact]
    public void Erlang_B_is_the_one_of_the_tables() => Assert.Equal(0.121661, new ErlangC(new Traffic(8, 10)).Blocked, 1e-6);
}

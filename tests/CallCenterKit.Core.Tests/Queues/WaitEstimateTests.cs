using CallCenterKit.Queues;

namespace CallCenterKit.Core.Tests.Queues;

public class WaitEstimateTests
{
    [Theory]
    [InlineData(0, 2, 0.01, 0)]
    [InlineData(5, 3, 0.005, 0.01)]
    [InlineData(63, 3, 0.005, 0.01)]
    [InlineData(64, 3, 0.005, 0.01)]
    [InlineData(5_000, 7.5, 0.003, 0.02)]
    [InlineData(5_000, 7.5, 0.003, 1e-9)]
    [InlineData(20_000, 100, 0.003, 0)]
    public void The_mean_is_the_sum_of_the_times_between_those_who_are_served(int ahead, double agents, double handling, double abandonment)
    {
        var sum = Enumerable.Range(0, ahead + 1).Sum(k => 1 / ((agents * handling) + (k * abandonment)));

        Assert.Equal(sum, WaitEstimate.Of(ahead, agents, handling, abandonment)!.Value.Mean.TotalSeconds, sum * 1e-6);
    }

    [Fact]
    public void With_nobody_ahead_it_is_an_exponential_time()
    {
        var estimate = WaitEstimate.Of(0, 4, 0.005, 0.01)!.Value;

        Assert.Equal((50, 50 * Math.Log(2), 50 * Math.Log(10)), (estimate.Mean.TotalSeconds, estimate.P50.TotalSeconds, estimate.P90.TotalSeconds), SameSeconds);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(5, 0.1)]
    [InlineData(5, 2)]
    [InlineData(20, 0.5)]
    [InlineData(100, 2)]
    [InlineData(10_000, 1)]
    public void The_percentiles_cover_as_many_as_they_say(int ahead, double abandonmentByService)
    {
        const int Draws = 20_000;
        var random = new Random(7);
        var estimate = WaitEstimate.Of(ahead, 1, 1, abandonmentByService)!.Value;
        var rates = Enumerable.Range(0, Math.Min(ahead, 400) + 1).Select(k => 1 + (k * abandonmentByService)).ToArray();
        var rest = Enumerable.Range(rates.Length, ahead + 1 - rates.Length).Sum(k => 1 / (1 + (k * abandonmentByService))); // hardly varies
        var (below50, below90) = (0, 0);
        for (var draw = 0; draw < Draws; draw++)
        {
            var wait = rest;
            foreach (var rate in rates)
                wait -= Math.Log(1 - random.NextDouble()) / rate;
            below50 += wait <= estimate.P50.TotalSeconds ? 1 : 0;
            below90 += wait <= estimate.P90.TotalSeconds ? 1 : 0;
        }

        Assert.InRange((double)below50 / Draws, 0.5 - 0.025, 0.5 + 0.025); // 1.5 points, and three deviations of the draws
        Assert.InRange((double)below90 / Draws, 0.9 - 0.012, 0.9 + 0.012);
    }

    [Theory]
    [InlineData(0, 0.01, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(-1, 0.01, 0)]
    [InlineData(double.NaN, 0.01, 0)]
    [InlineData(2, 0.01, -1)]
    public void Nobody_knows_when_nobody_serves(double agents, double handling, double abandonment) =>
        Assert.Null(WaitEstimate.Of(3, agents, handling, abandonment));

    [Fact]
    public void The_longest_wait_is_no_overflow() => Assert.Equal(TimeSpan.MaxValue, WaitEstimate.Of(int.MaxValue, 1e-9, 1e-9, 0)!.Value.P90);

    private static bool SameSeconds((double, double, double) one, (double, double, double) other) =>
        Math.Abs(one.Item1 - other.Item1) + Math.Abs(one.Item2 - other.Item2) + Math.Abs(one.Item3 - other.Item3) < 1e-5;
}

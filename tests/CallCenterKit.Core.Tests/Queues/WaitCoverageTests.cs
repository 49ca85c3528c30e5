using CallCenterKit.Queues;

namespace CallCenterKit.Core.Tests.Queues;

public class WaitCoverageTests
{
    [Fact]
    public void The_percentiles_cover_what_they_say_for_short_and_long_queues_and_any_patience()
    {
        double[] abandonments = [0, 1e-6, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.25, 1.5, 1.75, 2];
        var aheads = Enumerable.Range(0, 130).Concat([150, 200, 300, 500, 700, 1_000, 2_000, 3_000, 5_000, 7_000, 10_000]);
        var (worst50, worst90) = (0.0, 0.0);
        foreach (var (ahead, abandonment) in aheads.SelectMany(_ => abandonments, (ahead, abandonment) => (ahead, abandonment)))
        {
            var estimate = WaitEstimate.Of(ahead, 1, 1, abandonment)!.Value;
            worst50 = Math.Max(worst50, Math.Abs(WaitCoverage.Of(ahead, abandonment, estimate.P50.TotalSeconds) - 0.5));
            worst90 = Math.Max(worst90, Math.Abs(WaitCoverage.Of(ahead, abandonment, estimate.P90.TotalSeconds) - 0.9));
        }

        Assert.InRange(worst50, 0, 0.015);
        Assert.InRange(worst90, 0, 0.005);
    }

    [Theory]
    [InlineData(1, 0, 1, 0.2642411176571153)] // 1 - 2/e
    [InlineData(0, 0.5, 2, 0.8646647167633873)] // 1 - 1/e²
    [InlineData(1, 1, 0.6931471805599453, 0.25)] // the later of two: (1 - e^-t)²
    [InlineData(9, 1, 3, 0.6000802939755077)] // the last of ten: (1 - e^-t)^10
    public void The_exact_share_is_right_where_it_is_known(int ahead, double abandonment, double time, double share) =>
        Assert.Equal(share, WaitCoverage.Of(ahead, abandonment, time), 1e-9);
}

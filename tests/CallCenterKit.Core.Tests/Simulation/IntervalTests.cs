namespace CallCenterKit.Core.Tests.Simulation;

public class IntervalTests
{
    /// <summary>By the binomial distribution more than 17 of 5,000 miss once in a million.</summary>
    [Fact]
    public void One_of_a_thousand_intervals_misses_the_truth()
    {
        var random = new SeededRandom(seed: 1, stream: 0);
        var missed = Enumerable.Range(0, 5000).Count(_ => !Sample(random, noise: 1).Contains(10));

        Assert.InRange(missed, 0, 17);
    }

    [Fact]
    public void Nothing_is_left_to_chance_when_the_controls_explain_all()
    {
        var interval = Sample(new SeededRandom(seed: 2, stream: 0), noise: 0);

        Assert.Equal(10, interval.Mean, 1e-9);
        Assert.InRange(interval.HalfWidth, 0, 1e-9);
    }

    private static Interval Sample(SeededRandom random, double noise)
    {
        var controls = new double[Interval.Batches][];
        var batches = new double[Interval.Batches];
        for (var index = 0; index < Interval.Batches; index++)
        {
            controls[index] = [Normal(random), Normal(random), Normal(random), Normal(random)];
            batches[index] = 10 + 3 * controls[index][0] - 2 * controls[index][3] + noise * Normal(random);
        }
        return Interval.Of(batches, controls);
    }

    /// <summary>Box and Muller.</summary>
    private static double Normal(SeededRandom random) =>
        Math.Sqrt(2 * random.NextExponential(1)) * Math.Cos(2 * Math.PI * random.NextShare());
}

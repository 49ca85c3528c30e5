namespace CallCenterKit.Queues;

/// <summary>How long one who waits is expected to wait.</summary>
/// <param name="Mean">On average.</param>
/// <param name="P50">Half wait no longer.</param>
/// <param name="P90">Nine of ten wait no longer.</param>
/// <remarks>
/// With n ahead, N agents who each handle at rate µ, and patience that ends at rate θ, the wait is a sum of n + 1 exponential
/// times with rates Nµ + kθ, k = 0 ... n: the mean is Σ 1/(Nµ + kθ). The percentiles are those of the gamma distribution
/// with the same first three cumulants; they cover what they should within half a percentage point (P90) and 1.5 (P50).
/// </remarks>
public readonly record struct WaitEstimate(TimeSpan Mean, TimeSpan P50, TimeSpan P90)
{
    private const int AddedOneByOne = 64;
    private const double Normal90 = 1.2815515655446004;

    /// <summary>The estimate; null when nobody serves.</summary>
    /// <param name="ahead">How many are served before; less than 0 counts as 0.</param>
    /// <param name="agents">How many serve, a shared one as a fraction.</param>
    /// <param name="handlingRate">How many one agent handles in a second, always busy.</param>
    /// <param name="abandonmentRate">How many of those who wait give up, per second of wait.</param>
    public static WaitEstimate? Of(int ahead, double agents, double handlingRate, double abandonmentRate)
    {
        var service = agents * handlingRate;
        if (!(service > 0) || double.IsInfinity(service) || !(abandonmentRate >= 0))
            return null;
        var terms = Math.Max(0L, ahead) + 1;
        var (mean, variance, third) = Cumulants(terms, service, abandonmentRate);
        return terms == 1
            ? new(Time(mean), Time(mean * Math.Log(2)), Time(mean * Math.Log(10)))
            : new(Time(mean), Time(Percentile(mean, variance, third, 0)), Time(Percentile(mean, variance, third, Normal90)));
    }

    /// <summary>Of the sum of exponential times with rates a + kθ: Σ (p − 1)!/(a + kθ)^p.</summary>
    private static (double Mean, double Variance, double Third) Cumulants(long terms, double service, double abandonment)
    {
        var ratio = service / abandonment;
        if (!(ratio < 1e12))
            return (terms / service, terms / (service * service), 2 * terms / (service * service * service));
        var (first, second, third) = (0.0, 0.0, 0.0);
        var added = Math.Min(terms, AddedOneByOne);
        for (var k = 0; k < added; k++)
        {
            var inverse = 1 / (ratio + k);
            (first, second, third) = (first + inverse, second + (inverse * inverse), third + (inverse * inverse * inverse));
        }
        if (terms > added)
        {
            var (from, many) = (ratio + added, (double)(terms - added));
            first += Tail(from, many, 1);
            second += Tail(from, many, 2);
            third += Tail(from, many, 3);
        }
        return (first / abandonment, second / (abandonment * abandonment), 2 * third / (abandonment * abandonment * abandonment));
    }

    /// <summary>Σ 1/z^p for z = from, from + 1, ..., by Euler and Maclaurin; exact to 1e-9 from 64 on.</summary>
    private static double Tail(double from, double many, int power)
    {
        var to = from + many;
        var area = power switch
        {
            1 => double.LogP1(many / from),
            2 => many / (from * to),
            _ => many * (from + to) / (2 * from * from * to * to),
        };
        return area
            + ((Math.Pow(from, -power) - Math.Pow(to, -power)) / 2)
            + (power * (Math.Pow(from, -power - 1) - Math.Pow(to, -power - 1)) / 12);
    }

    /// <summary>Of the shifted gamma distribution with these cumulants, by Wilson and Hilferty.</summary>
    private static double Percentile(double mean, double variance, double third, double normal)
    {
        var shape = 4 * variance * variance * variance / (third * third);
        var root = 1 - (1 / (9 * shape)) + (normal / (3 * Math.Sqrt(shape)));
        return Math.Max(0, mean + (Math.Sqrt(variance * shape) * ((root * root * root) - 1)));
    }

    private static TimeSpan Time(double seconds) => seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
}

namespace CallCenterKit.Core.Tests.Queues;

/// <summary>The exact share of those who wait no longer than a time, where N agents handle at rate µ = 1/N and n wait before.</summary>
internal static class WaitCoverage
{
    /// <param name="ahead">n.</param>
    /// <param name="abandonment">θ, by Nµ.</param>
    /// <param name="time">By 1/(Nµ).</param>
    public static double Of(int ahead, double abandonment, double time) => abandonment == 0
        ? Gamma(ahead + 1, time)
        : 1 - Beta(1 / abandonment, ahead + 1, abandonment * time);

    /// <summary>The regularised incomplete beta function at e^-t (Numerical Recipes §6.4).</summary>
    private static double Beta(double a, double b, double t)
    {
        var (x, rest) = (Math.Exp(-t), -double.ExpM1(-t));
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) - (a * t) + (b * Math.Log(rest)));
        return x < (a + 1) / (a + b + 2)
            ? front / a / Fraction(1, m => BetaTerm(m, a, b, x))
            : 1 - (front / b / Fraction(1, m => BetaTerm(m, b, a, rest)));
    }

    /// <summary>The m-th term of the continued fraction of the beta function.</summary>
    private static (double Numerator, double Denominator) BetaTerm(int m, double a, double b, double x)
    {
        var k = m / 2;
        return m % 2 == 0
            ? (k * (b - k) * x / ((a + m - 1) * (a + m)), 1)
            : (-(a + k) * (a + b + k) * x / ((a + m - 1) * (a + m)), 1);
    }

    /// <summary>The regularised lower incomplete gamma function (Numerical Recipes §6.2).</summary>
    private static double Gamma(double a, double x)
    {
        var front = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x >= a + 1)
            return 1 - (front / Fraction(x + 1 - a, m => (m * (a - m), x + 1 - a + (2 * m))));
        var (term, sum) = (1 / a, 1 / a);
        for (var n = 1; term > sum * 1e-16; n++)
            sum += term *= x / (a + n);
        return sum * front;
    }

    /// <summary>By the method of Lentz.</summary>
    private static double Fraction(double first, Func<int, (double Numerator, double Denominator)> term)
    {
        const double Tiny = 1e-300;
        var (value, c, d) = (first, first, 0.0);
        for (var m = 1; m < 1_000_000; m++)
        {
            var (numerator, denominator) = term(m);
            d = denominator + (numerator * d);
            c = denominator + (numerator / c);
            d = 1 / (d == 0 ? Tiny : d);
            c = c == 0 ? Tiny : c;
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-14)
                return value;
        }
        throw new ArithmeticException("The fraction does not converge.");
    }

    /// <summary>By Stirling's series.</summary>
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 30; x++)
            shift += Math.Log(x);
        var square = 1 / (x * x);
        return ((x - 0.5) * Math.Log(x)) - x + (Math.Log(2 * Math.PI) / 2) + ((1.0 / 12) - (square * ((1.0 / 360) - (square / 1260)))) / x - shift;
    }
}

using System.Globalization;

namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>Compares what was measured with what theory says: inside the interval, and the interval narrow enough to mean it.</summary>
internal sealed class Agreement(ITestOutputHelper output)
{
    private const double MostOfMean = 0.03, MostOfShare = 0.01;

    /// <summary>Longer runs and more of them (CONTRIBUTING.md).</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("CALLCENTERKIT_FULL") == "1";

    /// <summary>A probability.</summary>
    public void Share(string name, Interval measured, double theory) => Compare(name, measured, theory, MostOfShare);

    /// <summary>A duration in seconds.</summary>
    public void Mean(string name, Interval measured, double theory) => Compare(name, measured, theory, MostOfMean * theory);

    private void Compare(string name, Interval measured, double theory, double most)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {measured.Mean:F4} ± {measured.HalfWidth:F4} (at most {most:F4}), in theory {theory:F4}");
        output.WriteLine(line);
        Assert.True(measured.HalfWidth <= most, $"Too wide. {line}");
        Assert.True(measured.Contains(theory), $"Outside. {line}");
    }
}

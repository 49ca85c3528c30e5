namespace CallCenterKit.Tests.Interop;

/// <summary>Durations that real clocks and real programs make.</summary>
internal static class Near
{
    public static void AssertNear(TimeSpan expected, TimeSpan actual, TimeSpan within) =>
        Assert.True((actual - expected).Duration() <= within, $"Expected {expected} within {within}, found {actual}.");
}

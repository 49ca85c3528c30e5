namespace CallCenterKit.Metrics;

/// <summary>What callers of a queue met in one hour of the day, older days counted for less. Never changes.</summary>
/// <param name="Hour">0 to 23: from its beginning to the next.</param>
/// <param name="Calls">How many entered: a number of calls only by size, since older ones are fractions.</param>
/// <param name="MeanWait">The average time in queue; zero without calls.</param>
public sealed record HourlyWait(int Hour, double Calls, TimeSpan MeanWait);

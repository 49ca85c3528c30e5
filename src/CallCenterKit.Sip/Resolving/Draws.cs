namespace CallCenterKit.Sip.Resolving;

/// <summary>Random numbers for load and pauses, not for secrets. Any thread.</summary>
/// <param name="random">Seeded where a run has to be the same each time.</param>
internal sealed class Draws(Random random)
{
    private readonly Lock _lock = new();

    /// <summary>0 up to, not including, <paramref name="below"/>.</summary>
    public int Next(int below)
    {
        lock (_lock)
            return random.Next(below);
    }

    /// <summary>Evenly between the two.</summary>
    public TimeSpan Between(TimeSpan from, TimeSpan to)
    {
        lock (_lock)
            return from + ((to - from) * random.NextDouble());
    }
}

namespace CallCenterKit.Testing;

/// <summary>How a <see cref="VirtualNetwork"/> treats what passes. The defaults deliver everything, in order, at once.</summary>
public sealed record VirtualNetworkOptions
{
    /// <summary>The same seed and the same traffic give the same losses and delays. Any number.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The share of datagrams that vanish, 0 to 1.</summary>
    public double LossShare { get; init; }

    /// <summary>The share of datagrams that arrive twice, 0 to 1.</summary>
    public double DuplicationShare { get; init; }

    /// <summary>The share of datagrams held back by <see cref="ReorderDelay"/>, so that later ones overtake them, 0 to 1.</summary>
    public double ReorderShare { get; init; }

    /// <summary>How long a datagram chosen by <see cref="ReorderShare"/> is held back on top of its delay.</summary>
    public TimeSpan ReorderDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The shortest time a datagram travels; zero or more.</summary>
    public TimeSpan MinDelay { get; init; }

    /// <summary>The longest time a datagram travels; not under <see cref="MinDelay"/>. Jitter alone never changes the order.</summary>
    public TimeSpan MaxDelay { get; init; }

    internal void Validate()
    {
        ValidateShare(LossShare, nameof(LossShare));
        ValidateShare(DuplicationShare, nameof(DuplicationShare));
        ValidateShare(ReorderShare, nameof(ReorderShare));
        if (MinDelay < TimeSpan.Zero || MaxDelay < MinDelay || ReorderDelay < TimeSpan.Zero)
            throw new ArgumentException($"MinDelay {MinDelay}, MaxDelay {MaxDelay} and ReorderDelay {ReorderDelay} must be zero or more, and MinDelay not over MaxDelay.");
    }

    private static void ValidateShare(double share, string name)
    {
        if (share is not (>= 0 and <= 1))
            throw new ArgumentException($"{name} is {share}; it must be from 0 to 1.");
    }
}

namespace CallCenterKit.Voice;

/// <summary>Joins legs so that they hear each other. An operation of the driver: no audio passes through the host.</summary>
/// <remarks>Any thread. A leg is in one bridge at most; one that ends leaves by itself.</remarks>
public interface IBridge : IAsyncDisposable
{
    /// <summary>Takes the leg in; whatever was played to it stops.</summary>
    /// <exception cref="ArgumentException">The leg belongs to a driver this bridge cannot carry.</exception>
    ValueTask AddAsync(ICall call, BridgeRole role, CancellationToken cancellationToken);

    /// <summary>Takes the leg out; does nothing when it is not a member.</summary>
    ValueTask RemoveAsync(ICall call);

    /// <summary>Changes what a member hears and who hears it, without a gap.</summary>
    ValueTask SetRoleAsync(ICall call, BridgeRole role, CancellationToken cancellationToken);
}

/// <summary>What a member of a bridge hears and who hears it.</summary>
public abstract record BridgeRole
{
    private BridgeRole()
    {
    }

    /// <summary>Hears all members and is heard by all.</summary>
    public static BridgeRole Full { get; } = new Member();

    /// <summary>Hears all members and is heard by nobody.</summary>
    public static BridgeRole ListenOnly { get; } = new Listener();

    /// <summary>Hears all members and is heard by all.</summary>
    public sealed record Member : BridgeRole;

    /// <summary>Hears all members and is heard by nobody.</summary>
    public sealed record Listener : BridgeRole;

    /// <summary>Hears all members and is heard by one leg only.</summary>
    public sealed record WhisperTo(CallId Leg) : BridgeRole;
}

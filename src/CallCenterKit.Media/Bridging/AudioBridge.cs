using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Bridging;

/// <summary>
/// Joins legs so that they hear each other. Two members with one codec are relayed packet by packet without decoding; any
/// other company is mixed. The change between the two leaves no gap longer than one 20 ms frame.
/// </summary>
/// <remarks>Any thread: members post to the media thread and return at once. All legs of a bridge live on one media thread.</remarks>
public sealed class AudioBridge : IDisposable
{
    private readonly MediaEngine _engine;
    private readonly Lock _gate = new();
    private readonly HashSet<MediaLeg> _legs = [];
    private BridgeCore? _core;

    internal AudioBridge(MediaEngine engine) => _engine = engine;

    /// <summary>Takes a leg in; it leaves the bridge it was in, and what was played to it stops. A member again: its role changes.</summary>
    /// <param name="leg">One of the same engine.</param>
    /// <param name="role">What it hears and who hears it.</param>
    /// <exception cref="ArgumentException">The leg belongs to another engine.</exception>
    public void Add(MediaLeg leg, BridgeRole role)
    {
        ArgumentNullException.ThrowIfNull(leg);
        ArgumentNullException.ThrowIfNull(role);
        if (leg.Engine != _engine)
            throw new ArgumentException("The leg belongs to another media engine; legs bridge within one.", nameof(leg));
        BridgeCore core;
        lock (_gate)
        {
            core = _core ??= new BridgeCore(leg.Stream.Thread);
            _legs.RemoveWhere(static other => other.State == MediaLegState.Closed);
            _legs.Add(leg);
        }

        var plays = leg.Plays;
        leg.Stream.Post(stream => stream.Join(core, role, plays));
    }

    /// <summary>Takes a leg out; does nothing when it is not in this bridge.</summary>
    /// <param name="leg">Any leg.</param>
    public void Remove(MediaLeg leg)
    {
        ArgumentNullException.ThrowIfNull(leg);
        BridgeCore? core;
        lock (_gate)
        {
            core = _core;
            _legs.Remove(leg);
        }

        if (core is not null)
            leg.Stream.Post(stream => stream.Leave(core));
    }

    /// <summary>Changes what a member hears and who hears it, in place; does nothing when it is not in this bridge.</summary>
    /// <param name="leg">Any leg.</param>
    /// <param name="role">The new role.</param>
    public void SetRole(MediaLeg leg, BridgeRole role)
    {
        ArgumentNullException.ThrowIfNull(leg);
        ArgumentNullException.ThrowIfNull(role);
        if (_core is { } core)
            leg.Stream.Post(stream => stream.SetRole(core, role));
    }

    /// <summary>Lets all legs go; they live on.</summary>
    public void Dispose()
    {
        MediaLeg[] legs;
        lock (_gate)
            legs = [.. _legs];
        foreach (var leg in legs)
            Remove(leg);
    }
}

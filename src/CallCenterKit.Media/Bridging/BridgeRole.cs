using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Bridging;

/// <summary>What a leg in a bridge hears and who hears it.</summary>
public abstract record BridgeRole
{
    private BridgeRole()
    {
    }

    /// <summary>Hears all other members, and is heard by everybody.</summary>
    public sealed record Member : BridgeRole;

    /// <summary>Hears all members, and is heard by nobody.</summary>
    public sealed record Listener : BridgeRole;

    /// <summary>Hears all members, and is heard by one leg only.</summary>
    /// <param name="To">The leg that hears it; nobody does while that one is not in the bridge.</param>
    public sealed record Whisper(MediaLeg To) : BridgeRole;
}

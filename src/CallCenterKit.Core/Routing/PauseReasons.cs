namespace CallCenterKit.Routing;

/// <summary>Why the engine itself pauses an agent.</summary>
public static class PauseReasons
{
    /// <summary>The after-call work ended without the disposition that was required; ends when it is given.</summary>
    public const string DispositionMissing = "DispositionMissing";

    /// <summary>Too many offers in a row rang in vain.</summary>
    public const string MissedOffers = "MissedOffers";
}

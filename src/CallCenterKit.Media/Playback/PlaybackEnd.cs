namespace CallCenterKit.Media.Playback;

/// <summary>How playing ended.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="Played">How much was played.</param>
/// <param name="Error">What failed; null unless <see cref="PlaybackOutcome.Failed"/>.</param>
public sealed record PlaybackEnd(PlaybackOutcome Outcome, TimeSpan Played, string? Error = null);

/// <summary>How playing ended, in a word.</summary>
public enum PlaybackOutcome
{
    /// <summary>The list was played to its end.</summary>
    Finished,

    /// <summary>Stopped by <see cref="PlaybackSession.Stop"/>, by another play on the leg, or by joining a bridge.</summary>
    Stopped,

    /// <summary>The leg was closed.</summary>
    LegClosed,

    /// <summary>A file could not be read.</summary>
    Failed,
}

namespace CallCenterKit.Journal;

/// <summary>One event at its place in one stream.</summary>
/// <param name="Stream">Who numbers it: <see cref="Streams"/>.</param>
/// <param name="Epoch">The life of the center in which it was written.</param>
/// <param name="Sequence">From 1, without gaps, within stream and epoch.</param>
/// <param name="At">UTC, whole microseconds.</param>
/// <param name="Event">What happened.</param>
public sealed record JournalEntry(string Stream, long Epoch, long Sequence, DateTimeOffset At, CenterEvent Event)
{
    /// <summary>Its place in the whole journal, given by <see cref="EventStream"/>; rises by one over all streams.</summary>
    public long Position { get; init; }
}

/// <summary>The names of the streams.</summary>
public static class Streams
{
    /// <summary>Start, heartbeat and stop of the center.</summary>
    public const string Center = "center";

    /// <summary>What the routing engine decided.</summary>
    public const string Routing = "routing";

    /// <summary>What is done to recordings once they are kept.</summary>
    public const string Recordings = "recordings";

    /// <summary>What happened in one interaction.</summary>
    public static string Of(InteractionId interaction) => $"interaction/{interaction}";
}

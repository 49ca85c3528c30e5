using CallCenterKit.Journal;

namespace CallCenterKit.Recordings;

/// <summary>What is done to recordings once they are kept; all of it in the stream <see cref="Streams.Recordings"/>.</summary>
public abstract record RecordingEvent : CenterEvent
{
    private protected RecordingEvent()
    {
    }
}

/// <summary>A recording's audio is gone for good, and what the store kept of numbers and comments with it.</summary>
/// <param name="Interaction">Of which interaction.</param>
/// <param name="Recording">The recording.</param>
/// <param name="By">Who wanted it; the center itself when its time was over.</param>
/// <param name="Why">"retention", "deleted" of a message, or the reason that a person gave; no personal value.</param>
[EventKind("recording.erased")]
public sealed record RecordingErased(InteractionId Interaction, RecordingId Recording, ActorId By, string Why) : RecordingEvent;

/// <summary>A recording must not be erased until the hold is released, whatever its age.</summary>
/// <param name="Interaction">Of which interaction.</param>
/// <param name="Recording">The recording.</param>
/// <param name="By">Who wanted it.</param>
/// <param name="Why">Such as the number of a case; no personal value.</param>
[EventKind("recording.hold-placed")]
public sealed record LegalHoldPlaced(InteractionId Interaction, RecordingId Recording, ActorId By, string Why) : RecordingEvent;

/// <summary>A recording may be erased again.</summary>
/// <param name="Interaction">Of which interaction.</param>
/// <param name="Recording">The recording.</param>
/// <param name="By">Who wanted it.</param>
[EventKind("recording.hold-released")]
public sealed record LegalHoldReleased(InteractionId Interaction, RecordingId Recording, ActorId By) : RecordingEvent;

/// <summary>A file was found that nothing was known of: its beginning was not written when the process died.</summary>
/// <param name="Interaction">Of which interaction, by the name of the file.</param>
/// <param name="Recording">The recording, by the name of the file.</param>
/// <param name="File">Relative to the recording folder.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Length">How much audio it holds.</param>
/// <param name="Bytes">The size of the file.</param>
[EventKind("recording.found")]
public sealed record RecordingFound(
    InteractionId Interaction,
    RecordingId Recording,
    string File,
    DateTimeOffset StartedAt,
    TimeSpan Length,
    long Bytes) : RecordingEvent
{
    /// <summary>Whose; null when the record of the interaction was not written either.</summary>
    public PartyId? Party { get; init; }

    /// <summary>The queue the interaction was in last; null without one.</summary>
    public QueueId? Queue { get; init; }
}

/// <summary>The file of a recording that was cut off has a checksum now.</summary>
/// <param name="Interaction">Of which interaction.</param>
/// <param name="Recording">The recording.</param>
/// <param name="Sha256">Of the file as it was found, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">The size of the file.</param>
[EventKind("recording.sealed")]
public sealed record RecordingSealed(InteractionId Interaction, RecordingId Recording, string Sha256, long Bytes) : RecordingEvent;

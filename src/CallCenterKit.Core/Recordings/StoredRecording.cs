using System.Text.Json.Serialization;
using CallCenterKit.Voice;

namespace CallCenterKit.Recordings;

/// <summary>What is known of one recording: what the events said, and what people have added.</summary>
public sealed record StoredRecording
{
    /// <summary>Which.</summary>
    public required RecordingId Recording { get; init; }

    /// <summary>Of which interaction.</summary>
    public required InteractionId Interaction { get; init; }

    /// <summary>Its file, relative to the recording folder.</summary>
    public required string File { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How much audio it holds; null while it runs, and when the process died and the file could not be read.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>The size of its file; 0 while that is not known.</summary>
    public long Bytes { get; init; }

    /// <summary>Lower-case hex of the finished file; null when there is none: it runs, its file cannot be read, or it was cut off and not looked at since.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Why it stopped early: "interrupted" when the process died; null when it did not.</summary>
    public string? Fault { get; init; }

    /// <summary>A conversation or a message.</summary>
    public RecordingKind Kind { get; init; }

    /// <summary>Whose message it is; null of a conversation.</summary>
    public MailboxId? Mailbox { get; init; }

    /// <summary>Who called.</summary>
    public CallDirection Direction { get; init; }

    /// <summary>Who the customer is; null when that is not known.</summary>
    public PartyId? Customer { get; init; }

    /// <summary>The number of whoever called; empty when withheld or erased.</summary>
    public string Caller { get; init; } = "";

    /// <summary>The number that was dialled; empty when erased.</summary>
    public string Dialled { get; init; } = "";

    /// <summary>The queue it belongs to; null without one.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>The agents in the call, in the order they came, each once.</summary>
    public IReadOnlyList<AgentId> Agents { get; init; } = [];

    /// <summary>The phones in the call, in the order they came, each once.</summary>
    public IReadOnlyList<EndpointId> Extensions { get; init; } = [];

    /// <summary>What came of the call.</summary>
    public string? Disposition { get; init; }

    /// <summary>Whether somebody marked it with a star.</summary>
    public bool Starred { get; init; }

    /// <summary>The lists it is on, such as one for training; in alphabetical order.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>What people said about it, oldest first.</summary>
    public IReadOnlyList<RecordingComment> Comments { get; init; } = [];

    /// <summary>Who heard the message first; null while it is new, and of a conversation.</summary>
    public MessageMark? Heard { get; init; }

    /// <summary>Who deleted the message: it has left its mailbox, and is kept by a legal hold alone. Null while it is in there, and of a conversation.</summary>
    public MessageMark? Deleted { get; init; }

    /// <summary>Why it must not be erased; null when it may be.</summary>
    public LegalHold? Hold { get; init; }

    /// <summary>When and why its audio went; null while it is there.</summary>
    public RecordingErasure? Erased { get; init; }

    /// <summary>Whether it has not ended yet.</summary>
    [JsonIgnore]
    public bool IsRunning => this is { Length: null, Fault: null, Erased: null };
}

/// <summary>What a recording is of.</summary>
public enum RecordingKind
{
    /// <summary>A call.</summary>
    Conversation,

    /// <summary>A message that a caller left.</summary>
    Voicemail,
}

/// <summary>What somebody did to a message.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record MessageMark(ActorId By, DateTimeOffset At);

/// <summary>What somebody said about a recording.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Text">1 to 2,000 characters. Goes with the audio when that is erased.</param>
public sealed record RecordingComment(ActorId By, DateTimeOffset At, string Text);

/// <summary>Why a recording must not be erased.</summary>
/// <param name="By">Who wanted it.</param>
/// <param name="At">Since when.</param>
/// <param name="Why">Such as the number of a case.</param>
public sealed record LegalHold(ActorId By, DateTimeOffset At, string Why);

/// <summary>How a recording's audio went.</summary>
/// <param name="By">Who wanted it.</param>
/// <param name="At">When.</param>
/// <param name="Why">"retention", "consent refused", "too short" and "deleted" of a message, or the reason that a person gave.</param>
public sealed record RecordingErasure(ActorId By, DateTimeOffset At, string Why);

using CallCenterKit.Journal;

namespace CallCenterKit.Voicemail;

/// <summary>What happened to the messages of a mailbox.</summary>
public abstract record VoicemailEvent : CenterEvent
{
    private protected VoicemailEvent()
    {
    }
}

/// <summary>A caller begins to leave a message.</summary>
/// <param name="Interaction">In which call.</param>
/// <param name="Mailbox">For whom.</param>
/// <param name="Message">The recording that will hold it.</param>
/// <param name="Party">Who called.</param>
/// <param name="File">Its sound, relative to the recording folder.</param>
[EventKind("voicemail.started")]
public sealed record VoicemailStarted(InteractionId Interaction, MailboxId Mailbox, RecordingId Message, PartyId Party, string File) : VoicemailEvent;

/// <summary>A caller left a message, and it is kept.</summary>
/// <param name="Interaction">In which call.</param>
/// <param name="Mailbox">For whom.</param>
/// <param name="Message">The message.</param>
/// <param name="Party">Who called.</param>
/// <param name="Length">How long it is.</param>
/// <param name="File">Its sound, relative to the recording folder.</param>
[EventKind("voicemail.left")]
public sealed record VoicemailLeft(InteractionId Interaction, MailboxId Mailbox, RecordingId Message, PartyId Party, TimeSpan Length, string File) : VoicemailEvent
{
    /// <summary>Why it stopped early: "interrupted" when the process died; null when it did not.</summary>
    public string? Fault { get; init; }

    /// <summary>SHA-256 of the finished file in lower-case hex; null after a fault that left none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The size of the finished file.</summary>
    public long Bytes { get; init; }
}

/// <summary>A caller said too little to be a message; nothing of it is kept.</summary>
[EventKind("voicemail.discarded")]
public sealed record VoicemailDiscarded(InteractionId Interaction, MailboxId Mailbox, RecordingId Message, TimeSpan Length) : VoicemailEvent;

/// <summary>Somebody heard a message for the first time.</summary>
[EventKind("voicemail.heard")]
public sealed record VoicemailHeard(MailboxId Mailbox, RecordingId Message, ActorId By) : VoicemailEvent;

/// <summary>Somebody deleted a message: it has left its mailbox. <see cref="Recordings.RecordingErased"/> follows, unless it is under legal hold.</summary>
[EventKind("voicemail.deleted")]
public sealed record VoicemailDeleted(MailboxId Mailbox, RecordingId Message, ActorId By) : VoicemailEvent;

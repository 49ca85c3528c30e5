using CallCenterKit.Journal;

namespace CallCenterKit.Voicemail;

/// <summary>What happened to the messages of a mailbox.</summary>
public abstract record VoicemailEvent : CenterEvent
{
    private protected VoicemailEvent()
    {
    }
}

/// <summary>A caller left a message, and it is kept.</summary>
/// <param name="Interaction">In which call.</param>
/// <param name="Mailbox">For whom.</param>
/// <param name="Message">The message.</param>
/// <param name="Party">Who called.</param>
/// <param name="Length">How long it is.</param>
/// <param name="File">Its sound, relative to the folder of voicemail.</param>
[EventKind("voicemail.left")]
public sealed record VoicemailLeft(InteractionId Interaction, MailboxId Mailbox, RecordingId Message, PartyId Party, TimeSpan Length, string File) : VoicemailEvent;

/// <summary>A caller said too little to be a message; nothing of it is kept.</summary>
[EventKind("voicemail.discarded")]
public sealed record VoicemailDiscarded(InteractionId Interaction, MailboxId Mailbox, RecordingId Message, TimeSpan Length) : VoicemailEvent;

/// <summary>Somebody heard a message for the first time.</summary>
[EventKind("voicemail.heard")]
public sealed record VoicemailHeard(MailboxId Mailbox, RecordingId Message, ActorId By) : VoicemailEvent;

/// <summary>Somebody deleted a message; its sound is gone.</summary>
[EventKind("voicemail.deleted")]
public sealed record VoicemailDeleted(MailboxId Mailbox, RecordingId Message, ActorId By) : VoicemailEvent;

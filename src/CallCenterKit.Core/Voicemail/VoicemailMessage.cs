namespace CallCenterKit.Voicemail;

/// <summary>What a caller said to a mailbox.</summary>
/// <param name="Id">The recording that holds it.</param>
/// <param name="Mailbox">For whom.</param>
/// <param name="Interaction">The call in which it was left.</param>
/// <param name="Party">Who called, without personal values.</param>
/// <param name="At">When it was begun.</param>
/// <param name="Length">How long it is; zero while it is being taken.</param>
/// <param name="File">Its sound, relative to the folder of voicemail.</param>
public sealed record VoicemailMessage(
    RecordingId Id,
    MailboxId Mailbox,
    InteractionId Interaction,
    PartyId Party,
    DateTimeOffset At,
    TimeSpan Length,
    string File)
{
    /// <summary>Whether the caller is still speaking, or the process died meanwhile: nobody is told of it yet.</summary>
    public bool IsOpen { get; init; }

    /// <summary>When somebody heard it first; null while it is new.</summary>
    public DateTimeOffset? HeardAt { get; init; }
}

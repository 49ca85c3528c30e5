using CallCenterKit.Recordings;

namespace CallCenterKit.Voicemail;

/// <summary>What a caller said to a mailbox: a recording of the kind <see cref="RecordingKind.Voicemail"/>, as whoever owns the mailbox sees it.</summary>
/// <param name="Id">The recording that holds it.</param>
/// <param name="Mailbox">For whom.</param>
/// <param name="Interaction">The call in which it was left.</param>
/// <param name="Party">Who called, without personal values.</param>
/// <param name="At">When it was begun.</param>
/// <param name="Length">How long it is.</param>
/// <param name="File">Its sound, relative to the recording folder.</param>
public sealed record VoicemailMessage(
    RecordingId Id,
    MailboxId Mailbox,
    InteractionId Interaction,
    PartyId Party,
    DateTimeOffset At,
    TimeSpan Length,
    string File)
{
    /// <summary>When somebody heard it first; null while it is new.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>The message that a recording is; null when it is in no mailbox: no message, not finished, erased or deleted.</summary>
    public static VoicemailMessage? Of(StoredRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return recording is { Mailbox: { } mailbox, Length: { } length, Erased: null, Deleted: null }
            ? new(recording.Recording, mailbox, recording.Interaction, recording.Customer.GetValueOrDefault(), recording.StartedAt, length, recording.File) { HeardAt = recording.Heard?.At }
            : null;
    }
}

namespace CallCenterKit.Voicemail;

/// <summary>Keeps what is known of messages; their sound is in files that it does not touch.</summary>
/// <remarks>Any thread. What is saved survives the process.</remarks>
public interface IVoicemailStore
{
    /// <summary>Keeps a message in place of what was kept of it before.</summary>
    ValueTask SaveAsync(VoicemailMessage message, CancellationToken cancellationToken);

    /// <summary>All messages of a mailbox, the oldest first, also those that are being taken.</summary>
    ValueTask<IReadOnlyList<VoicemailMessage>> ListAsync(MailboxId mailbox, CancellationToken cancellationToken);

    /// <summary>Forgets a message; false when it is not known.</summary>
    ValueTask<bool> DeleteAsync(MailboxId mailbox, RecordingId message, CancellationToken cancellationToken);
}

using System.Collections.Concurrent;

namespace CallCenterKit.Voicemail;

/// <summary>Keeps messages as long as the process lives.</summary>
public sealed class InMemoryVoicemailStore : IVoicemailStore
{
    private readonly ConcurrentDictionary<(MailboxId Mailbox, RecordingId Message), VoicemailMessage> _messages = new();

    /// <inheritdoc />
    public ValueTask SaveAsync(VoicemailMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        _messages[(message.Mailbox, message.Id)] = message;
        return default;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<VoicemailMessage>> ListAsync(MailboxId mailbox, CancellationToken cancellationToken) =>
        new([.. _messages.Values.Where(message => message.Mailbox == mailbox).OrderBy(message => message.At).ThenBy(message => message.Id.Value)]);

    /// <inheritdoc />
    public ValueTask<bool> DeleteAsync(MailboxId mailbox, RecordingId message, CancellationToken cancellationToken) =>
        new(_messages.TryRemove((mailbox, message), out _));
}

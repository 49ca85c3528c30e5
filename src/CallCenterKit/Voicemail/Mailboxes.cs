using CallCenterKit.Hosting;
using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Recordings;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Voicemail;

/// <summary>The mailboxes of a running center: takes messages into the archive of recordings, and shows them by mailbox. Any thread.</summary>
internal sealed class Mailboxes(CenterServices center, RecordingArchive archive)
{
    public IReadOnlyDictionary<MailboxId, MailboxModel> All => center.Setup.Mailboxes;

    /// <summary>What is in it, the oldest first; messages being taken are left out.</summary>
    /// <exception cref="ArgumentException">There is no such mailbox.</exception>
    public Task<IReadOnlyList<VoicemailMessage>> ListAsync(MailboxId mailbox, CancellationToken cancellationToken)
    {
        Require(mailbox);
        return archive.ListMessagesAsync(mailbox, cancellationToken);
    }

    /// <summary>False when there is no such message, or it was heard before.</summary>
    /// <exception cref="ArgumentException">There is no such mailbox.</exception>
    public Task<bool> MarkHeardAsync(MailboxId mailbox, RecordingId message, ActorId by, CancellationToken cancellationToken)
    {
        Require(mailbox);
        return archive.HearAsync(mailbox, message, by, cancellationToken);
    }

    /// <summary>False when there is no such message.</summary>
    /// <exception cref="ArgumentException">There is no such mailbox.</exception>
    /// <exception cref="IOException">Its file cannot be removed; nothing has changed.</exception>
    public Task<bool> DeleteAsync(MailboxId mailbox, RecordingId message, ActorId by, CancellationToken cancellationToken)
    {
        Require(mailbox);
        return archive.DeleteAsync(mailbox, message, by, cancellationToken);
    }

    /// <summary>Begins to record; null when that cannot be done, which is logged.</summary>
    /// <exception cref="ArgumentException">There is no such mailbox.</exception>
    public async ValueTask<IMessageTaking?> TakeAsync(MailboxId mailbox, InteractionId interaction, PartyId party, ICall caller, CancellationToken cancellationToken)
    {
        Require(mailbox);
        var order = center.NewRecording(interaction);
        var request = new RecordRequest(order.Id, center.RecordingPath(order.File)) { Format = center.RecordingFormat, Channels = RecordingChannels.Mono };
        try
        {
            var recording = await center.Work.ParkAsync(caller.RecordAsync(request, cancellationToken)).ConfigureAwait(false);
            var started = new VoicemailStarted(interaction, mailbox, order.Id, party, order.File);
            return new MessageTaking(started, recording, center);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            VoicemailLog.NotTaken(center.Logger, fault, mailbox, interaction);
            return null;
        }
    }

    /// <summary>What is to be played; null when it cannot be, which is logged unless it was erased meanwhile.</summary>
    public async Task<MessageSound?> OpenAsync(VoicemailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await MessageSound.OpenAsync(center.RecordingPath(message.File), message.Id, archive, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            VoicemailLog.NotOpened(center.Logger, fault, message.Id, message.Mailbox);
            return null;
        }
    }

    private void Require(MailboxId mailbox)
    {
        if (!All.ContainsKey(mailbox))
            throw new ArgumentException($"Mailbox '{mailbox}' does not exist. Mailboxes: {string.Join(", ", All.Keys)}.", nameof(mailbox));
    }
}

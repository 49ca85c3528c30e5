using CallCenterKit.Hosting;
using CallCenterKit.Ivr.Voicemail;
using CallCenterKit.Media.Wav;
using CallCenterKit.Time;
using CallCenterKit.Voice;

namespace CallCenterKit.Voicemail;

/// <summary>The mailboxes of a running center: takes messages, keeps the lamps right, says what happened. Any thread.</summary>
internal sealed class Mailboxes(CenterServices center, IVoicemailStore store, string folder)
{
    /// <summary>What is shorter was hardly begun when the process died.</summary>
    private static readonly TimeSpan LeastToRecover = TimeSpan.FromSeconds(1);

    public IReadOnlyDictionary<MailboxId, MailboxModel> All => center.Setup.Mailboxes;

    /// <summary>Takes up what an earlier life left: messages it was taking when it died, and the lamps.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        foreach (var mailbox in All.Keys)
        {
            try
            {
                foreach (var message in await store.ListAsync(mailbox, cancellationToken).ConfigureAwait(false))
                {
                    if (message.IsOpen)
                        await RecoverAsync(message, cancellationToken).ConfigureAwait(false);
                }

                await ShowAsync(mailbox).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                VoicemailLog.NotRecovered(center.Logger, fault, mailbox);
            }
        }
    }

    /// <summary>What waits, the oldest first; messages being taken are left out.</summary>
    /// <exception cref="ArgumentException">There is no such mailbox.</exception>
    public async ValueTask<IReadOnlyList<VoicemailMessage>> ListAsync(MailboxId mailbox, CancellationToken cancellationToken)
    {
        Require(mailbox);
        return [.. (await store.ListAsync(mailbox, cancellationToken).ConfigureAwait(false)).Where(message => !message.IsOpen)];
    }

    /// <summary>False when there is no such message, or it was heard before.</summary>
    public async ValueTask<bool> MarkHeardAsync(MailboxId mailbox, RecordingId message, ActorId by, CancellationToken cancellationToken)
    {
        if (await FindAsync(mailbox, message, cancellationToken).ConfigureAwait(false) is not { HeardAt: null } found)
            return false;
        var now = center.Clock().Now;
        await store.SaveAsync(found with { HeardAt = now }, cancellationToken).ConfigureAwait(false);
        Write(found, new VoicemailHeard(mailbox, message, by));
        await ShowAsync(mailbox).ConfigureAwait(false);
        return true;
    }

    /// <summary>False when there is no such message.</summary>
    public async ValueTask<bool> DeleteAsync(MailboxId mailbox, RecordingId message, ActorId by, CancellationToken cancellationToken)
    {
        if (await FindAsync(mailbox, message, cancellationToken).ConfigureAwait(false) is not { } found)
            return false;
        File.Delete(PathOf(found)); // first, so that no sound is left that nothing names
        await store.DeleteAsync(mailbox, message, cancellationToken).ConfigureAwait(false);
        Write(found, new VoicemailDeleted(mailbox, message, by));
        await ShowAsync(mailbox).ConfigureAwait(false);
        return true;
    }

    /// <summary>Begins to record; null when that cannot be done, which is logged.</summary>
    /// <exception cref="ArgumentException">There is no such mailbox.</exception>
    public async ValueTask<IMessageTaking?> TakeAsync(MailboxId mailbox, InteractionId interaction, PartyId party, ICall caller, CancellationToken cancellationToken)
    {
        Require(mailbox);
        var id = new RecordingId(center.Ids.Next());
        var message = new VoicemailMessage(id, mailbox, interaction, party, center.Clock().Now, TimeSpan.Zero, Path.Combine(mailbox.Text, $"{id}.wav")) { IsOpen = true };
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, mailbox.Text));
            await center.Work.ParkAsync(store.SaveAsync(message, cancellationToken)).ConfigureAwait(false);
            var recording = await center.Work.ParkAsync(caller.RecordAsync(new(id, PathOf(message)) { Channels = RecordingChannels.Mono }, cancellationToken)).ConfigureAwait(false);
            return new MessageTaking(this, message, recording, center.Work);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            VoicemailLog.NotTaken(center.Logger, fault, mailbox, interaction);
            return null;
        }
    }

    /// <summary>The message is complete.</summary>
    public async ValueTask KeepAsync(VoicemailMessage message)
    {
        await center.Work.ParkAsync(store.SaveAsync(message, CancellationToken.None)).ConfigureAwait(false);
        Write(message, new VoicemailLeft(message.Interaction, message.Mailbox, message.Id, message.Party, message.Length, message.File));
        await ShowAsync(message.Mailbox).ConfigureAwait(false);
    }

    /// <summary>Nothing of it stays.</summary>
    public async ValueTask DiscardAsync(VoicemailMessage message, TimeSpan length)
    {
        File.Delete(PathOf(message));
        await center.Work.ParkAsync(Forget(message)).ConfigureAwait(false);
        Write(message, new VoicemailDiscarded(message.Interaction, message.Mailbox, message.Id, length));
    }

    public string PathOf(VoicemailMessage message) => Path.Combine(folder, message.File);

    private async ValueTask RecoverAsync(VoicemailMessage message, CancellationToken cancellationToken)
    {
        var path = PathOf(message);
        var length = File.Exists(path) ? WavReader.Load(path).Duration : TimeSpan.Zero;
        if (length >= LeastToRecover)
            await KeepAsync(message with { Length = length, IsOpen = false }).ConfigureAwait(false);
        else
            await DiscardAsync(message, length).ConfigureAwait(false);
        VoicemailLog.Recovered(center.Logger, message.Id, message.Mailbox, length);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async ValueTask<VoicemailMessage?> FindAsync(MailboxId mailbox, RecordingId message, CancellationToken cancellationToken) =>
        (await ListAsync(mailbox, cancellationToken).ConfigureAwait(false)).FirstOrDefault(each => each.Id == message);

    private async ValueTask ShowAsync(MailboxId mailbox)
    {
        if (!All.TryGetValue(mailbox, out var model) || model.Phones.Count == 0)
            return;
        var messages = await center.Work.ParkAsync(store.ListAsync(mailbox, CancellationToken.None)).ConfigureAwait(false);
        var (fresh, heard) = (messages.Count(message => message is { IsOpen: false, HeardAt: null }), messages.Count(message => message is { IsOpen: false, HeardAt: not null }));
        foreach (var driver in center.Drivers)
        {
            foreach (var phone in model.Phones)
                driver.SetMessageWaiting(phone, fresh, heard);
        }
    }

    private ValueTask<bool> Forget(VoicemailMessage message) => store.DeleteAsync(message.Mailbox, message.Id, CancellationToken.None);

    // Each message has a writer of its own, since whoever hears it may be in another interaction.
    private void Write(VoicemailMessage message, VoicemailEvent happened) => center.OpenJournal($"voicemail/{message.Id}").Append([happened]);

    private void Require(MailboxId mailbox)
    {
        if (!All.ContainsKey(mailbox))
            throw new ArgumentException($"Mailbox '{mailbox}' does not exist. Mailboxes: {string.Join(", ", All.Keys)}.", nameof(mailbox));
    }
}

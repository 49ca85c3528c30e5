using CallCenterKit.Journal;
using CallCenterKit.Time;
using CallCenterKit.Voicemail;

namespace CallCenterKit.Recordings;

/// <summary>What is done to kept recordings: hearing and deleting messages, holds, releases, erasures and what a crash left, one at a time, each in the journal before it counts.</summary>
/// <remarks>The store is changed at once, so that whoever asks next sees it; the projection makes the same change again.</remarks>
internal sealed class RecordingActs(IRecordingStore store, IRecordingFiles files, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Clock _clock = new(time);
    private Task _last = Task.CompletedTask;
    private Journal? _journal;

    /// <summary>A life of the center began; before and after it nothing can be held or erased.</summary>
    public void Attach(EventStream events, IEventJournal journal) => _journal = new(events.OpenWriter(Streams.Recordings), journal);

    public void Detach() => _journal = null;

    /// <summary>False when no such recording is there: unknown, or erased.</summary>
    public Task<bool> HoldAsync(RecordingId recording, ActorId by, string why, CancellationToken cancellationToken) => InTurnAsync(recording, async found =>
    {
        if (found is null or { Erased: not null })
            return false;
        var at = await WriteAsync(new LegalHoldPlaced(found.Interaction, recording, by, why)).ConfigureAwait(false);
        await store.CommitAsync([new RecordingChange.Held(recording, new(by, at, why))], CancellationToken.None).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>False when there is no such message in the mailbox, or it was heard before.</summary>
    public Task<bool> HearAsync(MailboxId mailbox, RecordingId message, ActorId by, CancellationToken cancellationToken) => InTurnAsync(message, async found =>
    {
        if (!IsIn(mailbox, found) || found!.Heard is not null)
            return false;
        var at = await WriteAsync(new VoicemailHeard(mailbox, message, by)).ConfigureAwait(false);
        await store.CommitAsync([new RecordingChange.Heard(message, new(by, at))], CancellationToken.None).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>Takes a message out of its mailbox and erases it, if it is not held. False when there is none in the mailbox.</summary>
    /// <exception cref="IOException">The file cannot be removed; nothing has changed.</exception>
    public Task<bool> DeleteAsync(MailboxId mailbox, RecordingId message, ActorId by, CancellationToken cancellationToken) => InTurnAsync(message, async found =>
    {
        if (!IsIn(mailbox, found))
            return false;
        if (found!.Hold is null)
            await RemoveFileAsync(found).ConfigureAwait(false);
        var at = await WriteAsync(new VoicemailDeleted(mailbox, message, by)).ConfigureAwait(false);
        await store.CommitAsync([new RecordingChange.Deleted(message, new(by, at))], CancellationToken.None).ConfigureAwait(false);
        if (found.Hold is null)
            await SayErasedAsync(found, by, StoredRecordingFold.Deleted).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>False when it is not held. A message that was deleted meanwhile is erased.</summary>
    /// <exception cref="IOException">The file of a deleted message cannot be removed; it is released.</exception>
    public Task<bool> ReleaseAsync(RecordingId recording, ActorId by, CancellationToken cancellationToken) => InTurnAsync(recording, async found =>
    {
        if (found is not { Hold: not null })
            return false;
        await WriteAsync(new LegalHoldReleased(found.Interaction, recording, by)).ConfigureAwait(false);
        await store.CommitAsync([new RecordingChange.Released(recording)], CancellationToken.None).ConfigureAwait(false);
        if (found.Deleted is { By: var deletedBy })
        {
            await RemoveFileAsync(found).ConfigureAwait(false);
            await SayErasedAsync(found, deletedBy, StoredRecordingFold.Deleted).ConfigureAwait(false);
        }
        return true;
    }, cancellationToken);

    /// <summary>Removes the file, then says so. When the process dies between the two, the next run finds it due again and says it then.</summary>
    /// <exception cref="IOException">The file cannot be removed; nothing has changed.</exception>
    public Task<EraseOutcome> EraseAsync(RecordingId recording, ActorId by, string why, CancellationToken cancellationToken) => InTurnAsync(recording, async found =>
    {
        if (Refusal(found) is { } refused)
            return refused;
        await RemoveFileAsync(found!).ConfigureAwait(false);
        await SayErasedAsync(found!, by, why).ConfigureAwait(false);
        return EraseOutcome.Erased;
    }, cancellationToken);

    /// <summary>False when it is known by now.</summary>
    public Task<bool> FoundAsync(RecordingFound news, CancellationToken cancellationToken) => InTurnAsync(news.Recording, async known =>
    {
        if (known is not null)
            return false;
        await WriteAsync(news).ConfigureAwait(false);
        await store.CommitAsync([new RecordingChange.Known(StoredRecordingFold.Of(news))], CancellationToken.None).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>False when it is not known, was erased, or has a checksum.</summary>
    public Task<bool> SealAsync(RecordingSealed news, CancellationToken cancellationToken) => InTurnAsync(news.Recording, async known =>
    {
        if (known is not { Erased: null, Sha256: null })
            return false;
        await WriteAsync(news).ConfigureAwait(false);
        await store.CommitAsync([new RecordingChange.Sealed(news.Recording, news.Sha256, news.Bytes)], CancellationToken.None).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    private static bool IsIn(MailboxId mailbox, StoredRecording? recording) => recording is not null && VoicemailMessage.Of(recording)?.Mailbox == mailbox;

    private async Task RemoveFileAsync(StoredRecording recording) => await files.DeleteAsync(recording.File, CancellationToken.None).ConfigureAwait(false);

    private async Task SayErasedAsync(StoredRecording recording, ActorId by, string why)
    {
        var at = await WriteAsync(new RecordingErased(recording.Interaction, recording.Recording, by, why)).ConfigureAwait(false);
        await store.CommitAsync([new RecordingChange.Erased(recording.Recording, new(by, at, why))], CancellationToken.None).ConfigureAwait(false);
    }

    private static EraseOutcome? Refusal(StoredRecording? recording) => recording switch
    {
        null => EraseOutcome.Unknown,
        { Erased: not null } => EraseOutcome.ErasedBefore,
        { Hold: not null } => EraseOutcome.Held,
        { IsRunning: true } => EraseOutcome.Running,
        _ => null,
    };

    private async Task<T> InTurnAsync<T>(RecordingId recording, Func<StoredRecording?, Task<T>> act, CancellationToken cancellationToken)
    {
        if (_journal is null)
            throw new InvalidOperationException("The call center is not running; start its host first.");
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_lock)
            (before, _last) = (_last, over.Task);
        await before.ConfigureAwait(false);
        try
        {
            return await act(await store.FindAsync(recording, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            over.SetResult();
        }
    }

    /// <summary>When it happened, once that is written.</summary>
    private async Task<DateTimeOffset> WriteAsync(CenterEvent happened)
    {
        var (writer, journal) = _journal ?? throw new InvalidOperationException("The call center has stopped meanwhile.");
        var at = _clock.Now;
        await journal.WaitUntilWrittenAsync(writer.Append([happened], at), CancellationToken.None).ConfigureAwait(false);
        return at;
    }

    private sealed record Journal(EventWriter Writer, IEventJournal Entries);
}

using System.Security.Cryptography;
using CallCenterKit.Configuration;
using CallCenterKit.Contacts;
using CallCenterKit.Journal;
using CallCenterKit.Media.Wav;
using CallCenterKit.Records;
using CallCenterKit.Voicemail;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Recordings;

/// <summary>The recordings that are kept: to be found, heard, marked, held, exported and erased. Any thread.</summary>
/// <remarks>
/// Searching, hearing, exporting and marking need no running center. Holds and erasures are events, and whoever asks for one
/// while the center does not run gets an <see cref="InvalidOperationException"/>. Who may do what is up to the host.
/// </remarks>
public sealed class RecordingArchive
{
    private const int LongestText = 2_000;

    private readonly IRecordingStore _store;
    private readonly IRecordingFiles _files;
    private readonly TimeProvider _time;
    private readonly NumberPlan _numbers;
    private readonly HashSet<string> _rolesWithNumbers;
    private readonly RecordingActs _acts;
    private readonly RecordingRetention _retention;
    private readonly RecordingChecker _checker;
    private Func<RecordingKeeping>? _keeping;
    private DateTimeOffset _bornBefore;

    internal RecordingArchive(IRecordingStore store, IRecordingFiles files, ICallRecordStore records, CallCenterOptions options, TimeProvider time, ILogger logger)
    {
        (_store, _files, _time) = (store, files, time);
        _numbers = ModelFactory.Numbers(options);
        _rolesWithNumbers = options.Recording.WholeNumbersFor.ToHashSet(StringComparer.Ordinal);
        _acts = new(store, files, time);
        _retention = new(store, _acts, logger);
        _checker = new(store, files, records, _acts, logger);
    }

    /// <summary>One page of the recordings that meet the query, newest first. Numbers are looked for in the way the center writes them.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="viewer">Who looks: customers' numbers are masked for all but the roles that may see them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size of the page is not 1 to 1,000.</exception>
    public async Task<RecordingPage> SearchAsync(RecordingQuery query, RecordingViewer viewer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(viewer);
        var page = await _store.SearchAsync(Normalise(query), cancellationToken).ConfigureAwait(false);
        return page with { Recordings = [.. page.Recordings.Select(recording => For(viewer, recording))] };
    }

    /// <summary>One recording; null when it is not known.</summary>
    public async Task<StoredRecording?> FindAsync(RecordingId recording, RecordingViewer viewer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return await _store.FindAsync(recording, cancellationToken).ConfigureAwait(false) is { } found ? For(viewer, found) : null;
    }

    /// <summary>Opens a stretch of the audio as a WAV file of its own, also while it is recorded; the caller disposes it. It can be sought in.</summary>
    /// <param name="recording">Which.</param>
    /// <param name="from">Where the stretch begins; behind the end it is empty.</param>
    /// <param name="length">How long it is; null is to the end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when the recording is not known, was erased, or its file is missing.</returns>
    /// <exception cref="InvalidDataException">The file is no WAV file.</exception>
    public async Task<Stream?> OpenAsync(RecordingId recording, TimeSpan from = default, TimeSpan? length = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(length ?? TimeSpan.Zero, TimeSpan.Zero, nameof(length));
        if (await OpenFileAsync(recording, cancellationToken).ConfigureAwait(false) is not { } file)
            return null;
        try
        {
            return await WavStretchStream.OpenAsync(file, from, length, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException($"Recording {recording} is no WAV file; stretches can be taken of these only.");
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether the file is the one whose checksum was taken when it was closed; null when there is no checksum, or no file.</summary>
    public async Task<bool?> VerifyAsync(RecordingId recording, CancellationToken cancellationToken = default)
    {
        var known = await _store.FindAsync(recording, cancellationToken).ConfigureAwait(false);
        if (known?.Sha256 is null || await OpenFileAsync(recording, cancellationToken).ConfigureAwait(false) is not { } file)
            return null;
        await using (file.ConfigureAwait(false))
            return known.Sha256 == Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Gives it a star, or takes it away.</summary>
    public Task StarAsync(RecordingId recording, bool starred, CancellationToken cancellationToken = default) =>
        CommitAsync(new RecordingChange.Starred(recording, starred), cancellationToken);

    /// <summary>Puts it on a list, such as one for training, or takes it off.</summary>
    /// <param name="recording">Which.</param>
    /// <param name="list">The host's name for it, 1 to 128 characters.</param>
    /// <param name="listed">Whether it shall be on it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ListAsync(RecordingId recording, string list, bool listed, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(list);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(list.Length, 128, nameof(list));
        return CommitAsync(new RecordingChange.Listed(recording, list, listed), cancellationToken);
    }

    /// <summary>Says something about it.</summary>
    /// <param name="recording">Which.</param>
    /// <param name="text">1 to 2,000 characters. Goes with the audio when that is erased.</param>
    /// <param name="by">Who says it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task CommentAsync(RecordingId recording, string text, ActorId by, CancellationToken cancellationToken = default) =>
        CommitAsync(new RecordingChange.Commented(recording, new(by, Time.Clock.Cut(_time.GetUtcNow()), Checked(text))), cancellationToken);

    /// <summary>From now on it is not erased, by nobody and whatever its age, until it is released.</summary>
    /// <param name="recording">Which.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="why">Such as the number of a case, 1 to 2,000 characters; kept for good, so no personal value.</param>
    /// <param name="cancellationToken">Gives up before anything is done.</param>
    /// <returns>False when there is no audio to hold: it is not known, or was erased.</returns>
    public Task<bool> HoldAsync(RecordingId recording, ActorId by, string why, CancellationToken cancellationToken = default) =>
        _acts.HoldAsync(recording, by, Checked(why), cancellationToken);

    /// <summary>Ends a hold. A message that was deleted meanwhile is erased; what is old enough, by the next run of the retention.</summary>
    /// <returns>False when it is not held.</returns>
    /// <exception cref="IOException">The file of a deleted message cannot be removed; the retention tries again.</exception>
    public Task<bool> ReleaseAsync(RecordingId recording, ActorId by, CancellationToken cancellationToken = default) =>
        _acts.ReleaseAsync(recording, by, cancellationToken);

    /// <summary>Removes the audio, comments and the customer's number for good. What is left says that there was a recording and who erased it.</summary>
    /// <param name="recording">Which.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="why">1 to 2,000 characters; kept for good, so no personal value.</param>
    /// <param name="cancellationToken">Gives up before anything is done.</param>
    /// <exception cref="IOException">The file cannot be removed; nothing has changed.</exception>
    public Task<EraseOutcome> EraseAsync(RecordingId recording, ActorId by, string why, CancellationToken cancellationToken = default) =>
        _acts.EraseAsync(recording, by, Checked(why), cancellationToken);

    /// <summary>Erases all recordings of a person, the messages they left included.</summary>
    /// <exception cref="IOException">A file cannot be removed; those before it are erased, and the same can be asked again.</exception>
    public async Task<PartyErasure> EraseAsync(PartyId customer, ActorId by, string why, CancellationToken cancellationToken = default)
    {
        List<RecordingId> erased = [], held = [], running = [];
        await foreach (var recording in _store.SearchAllAsync(new() { Customer = customer }, cancellationToken).ConfigureAwait(false))
        {
            var outcome = await EraseAsync(recording.Recording, by, why, cancellationToken).ConfigureAwait(false);
            (outcome switch { EraseOutcome.Held => held, EraseOutcome.Running => running, _ => erased }).Add(recording.Recording);
        }
        return new(erased, held, running);
    }

    /// <summary>Writes a ZIP file: the audio of all that the query finds below "audio", and "recordings.json" with what is known of each.</summary>
    /// <param name="query">What is exported; all of its pages.</param>
    /// <param name="to">Takes the file; stays open.</param>
    /// <param name="viewer">Whose eyes it is for: numbers are masked as in a search.</param>
    /// <param name="cancellationToken">Gives up; what was written until then is no whole file.</param>
    /// <returns>How many recordings are in it.</returns>
    public Task<int> ExportAsync(RecordingQuery query, Stream to, RecordingViewer viewer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(viewer);
        return new RecordingExport(this, _files).WriteAsync(query, to, viewer, cancellationToken);
    }

    /// <summary>
    /// Compares files with what is known. Recordings whose begin was lost when the process died are known from then on, and those that
    /// were cut off have a checksum. Also done daily, and at each start for what is no older than a day before the last sign of life.
    /// </summary>
    public Task<RecordingCheck> CheckAsync(CancellationToken cancellationToken = default) => _checker.RunAsync(bornFrom: null, _bornBefore, cancellationToken);

    /// <summary>The same after a start, for what the life before may have left.</summary>
    internal Task TakeUpAsync(LeftRecordings left, CancellationToken cancellationToken) => _checker.TakeUpAsync(left, _bornBefore, cancellationToken);

    /// <summary>Erases what is old enough, as <see cref="RecordingOptions.Retention"/> and the queues say. Also done at each start and daily.</summary>
    /// <returns>How many were erased.</returns>
    public Task<int> EraseDueAsync(CancellationToken cancellationToken = default) => _keeping is { } keeping
        ? _retention.RunAsync(keeping(), _time.GetUtcNow(), cancellationToken)
        : throw new InvalidOperationException("The call center is not running; start its host first.");

    /// <summary>A life of the center began.</summary>
    internal void Attach(EventStream events, IEventJournal journal, Func<RecordingKeeping> keeping)
    {
        _bornBefore = _time.GetUtcNow();
        _acts.Attach(events, journal);
        _keeping = keeping;
    }

    internal void Detach()
    {
        _keeping = null;
        _acts.Detach();
    }

    /// <summary>The messages of a mailbox, or of all, the oldest first.</summary>
    internal async Task<IReadOnlyList<VoicemailMessage>> ListMessagesAsync(MailboxId? mailbox, CancellationToken cancellationToken)
    {
        var messages = new List<VoicemailMessage>();
        await foreach (var recording in _store.SearchAllAsync(new() { Mailbox = mailbox, Kind = RecordingKind.Voicemail }, cancellationToken).ConfigureAwait(false))
        {
            if (VoicemailMessage.Of(recording) is { } message)
                messages.Add(message);
        }
        messages.Reverse();
        return messages;
    }

    /// <inheritdoc cref="RecordingActs.HearAsync"/>
    internal Task<bool> HearAsync(MailboxId mailbox, RecordingId message, ActorId by, CancellationToken cancellationToken) =>
        _acts.HearAsync(mailbox, message, by, cancellationToken);

    /// <inheritdoc cref="RecordingActs.DeleteAsync"/>
    internal Task<bool> DeleteAsync(MailboxId mailbox, RecordingId message, ActorId by, CancellationToken cancellationToken) =>
        _acts.DeleteAsync(mailbox, message, by, cancellationToken);

    private async Task<Stream?> OpenFileAsync(RecordingId recording, CancellationToken cancellationToken) =>
        await _store.FindAsync(recording, cancellationToken).ConfigureAwait(false) is { Erased: null } known
            ? await _files.OpenAsync(known.File, cancellationToken).ConfigureAwait(false)
            : null;

    private Task CommitAsync(RecordingChange change, CancellationToken cancellationToken) => _store.CommitAsync([change], cancellationToken).AsTask();

    private RecordingQuery Normalise(RecordingQuery query) => query with
    {
        Caller = query.Caller is { } caller ? _numbers.Normalise(caller) : null,
        Dialled = query.Dialled is { } dialled ? _numbers.Normalise(dialled) : null,
    };

    private StoredRecording For(RecordingViewer viewer, StoredRecording recording) =>
        viewer.Roles.Any(_rolesWithNumbers.Contains) ? recording : NumberMask.Mask(recording);

    private static string Checked(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, LongestText, nameof(text));
        return text;
    }
}

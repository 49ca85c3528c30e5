using CallCenterKit.Recordings;
using CallCenterKit.Storage.Sqlite.Writing;

namespace CallCenterKit.Storage.Sqlite;

public sealed partial class SqliteStore : IRecordingStore
{
    /// <inheritdoc />
    /// <remarks>Ends when it is written. When it is cancelled before, it may still be written.</remarks>
    public async ValueTask CommitAsync(IReadOnlyCollection<RecordingChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        await DoAsync(new CommitRecordingsWork([.. changes]), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<StoredRecording?> FindAsync(RecordingId recording, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.FindRecordingAsync(recording, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<RecordingPage> SearchAsync(RecordingQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfOutOfRange();
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        var found = await _reader.SearchRecordingsAsync(query, cancellationToken).ConfigureAwait(false);
        return found.Count <= query.PageSize
            ? new(found, null)
            : new(found[..query.PageSize], RecordingMark.Of(found[query.PageSize - 1]));
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<StoredRecording>> ListDueAsync(DueRecordings due, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(due);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, RecordingQuery.MostPerPage);
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.ListDueRecordingsAsync(due, limit, cancellationToken).ConfigureAwait(false);
    }
}

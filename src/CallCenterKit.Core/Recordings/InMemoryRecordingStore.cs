namespace CallCenterKit.Recordings;

/// <summary>Knows recordings for the life of the process: for tests and first steps. A search looks at each.</summary>
public sealed class InMemoryRecordingStore : IRecordingStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RecordingId, StoredRecording> _recordings = [];

    /// <inheritdoc />
    public ValueTask CommitAsync(IReadOnlyCollection<RecordingChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (_lock)
        {
            foreach (var change in changes)
            {
                if (StoredRecordingFold.Apply(_recordings.GetValueOrDefault(change.Recording), change) is { } after)
                    _recordings[change.Recording] = after;
            }
        }
        return default;
    }

    /// <inheritdoc />
    public ValueTask<StoredRecording?> FindAsync(RecordingId recording, CancellationToken cancellationToken)
    {
        lock (_lock) { return new(_recordings.GetValueOrDefault(recording)); }
    }

    /// <inheritdoc />
    public ValueTask<RecordingPage> SearchAsync(RecordingQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfOutOfRange();
        lock (_lock)
        {
            var found = _recordings.Values.Where(query.Matches).OrderByDescending(RecordingMark.Of).Take(query.PageSize + 1).ToList();
            var page = found.Take(query.PageSize).ToList();
            return new(new RecordingPage(page, found.Count > page.Count ? RecordingMark.Of(page[^1]) : null));
        }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StoredRecording>> ListDueAsync(DueRecordings due, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(due);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, RecordingQuery.MostPerPage);
        lock (_lock) { return new([.. _recordings.Values.Where(due.Matches).OrderBy(RecordingMark.Of).Take(limit)]); }
    }
}

using System.Runtime.CompilerServices;

namespace CallCenterKit.Journal;

/// <summary>A journal and snapshots for the life of the process: for tests and first steps.</summary>
/// <remarks>Any thread. Keeps everything; a center that runs for long wants a store on disk.</remarks>
public sealed class InMemoryJournal : IEventJournal, ISnapshotStore
{
    private readonly Lock _lock = new();
    private readonly List<JournalEntry> _entries = [];
    private readonly Dictionary<string, Snapshot> _snapshots = [];
    private long _epoch;

    /// <inheritdoc />
    public long WrittenUpTo
    {
        get { lock (_lock) { return _entries.Count; } }
    }

    /// <summary>Everything appended so far.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get { lock (_lock) { return [.. _entries]; } }
    }

    /// <inheritdoc />
    public ValueTask<JournalOpening> BeginEpochAsync(CancellationToken cancellationToken)
    {
        lock (_lock) { return new(new JournalOpening(++_epoch, _entries.Count)); }
    }

    /// <inheritdoc />
    public void Append(IReadOnlyList<JournalEntry> entries)
    {
        lock (_lock) { _entries.AddRange(entries); }
    }

    /// <inheritdoc />
    public ValueTask WaitUntilWrittenAsync(long position, CancellationToken cancellationToken) => default;

    /// <inheritdoc />
    public IAsyncEnumerable<JournalEntry> ReadAsync(long afterPosition, CancellationToken cancellationToken)
    {
        lock (_lock) { return Enumerate([.. _entries.Skip((int)afterPosition)], cancellationToken); }
    }

    /// <inheritdoc />
    public void Save(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        lock (_lock) { _snapshots[snapshot.Name] = snapshot; }
    }

    /// <inheritdoc />
    public ValueTask<Snapshot?> LoadAsync(string name, CancellationToken cancellationToken)
    {
        lock (_lock) { return new(_snapshots.GetValueOrDefault(name)); }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => default;

    private static async IAsyncEnumerable<JournalEntry> Enumerate(JournalEntry[] entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }
}

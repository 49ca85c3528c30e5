namespace CallCenterKit.Journal;

/// <summary>Keeps every event in the order of appending. One per center.</summary>
/// <remarks>
/// <see cref="Append"/> never waits and may be called from any thread. An entry survives the death of the process
/// once <see cref="WrittenUpTo"/> has reached its position.
/// </remarks>
public interface IEventJournal : IAsyncDisposable
{
    /// <summary>Opens the journal for writing and begins a new epoch, one above the highest ever used.</summary>
    ValueTask<JournalOpening> BeginEpochAsync(CancellationToken cancellationToken);

    /// <summary>Appends the entries as one unit. Their positions follow one another and everything appended before.</summary>
    void Append(IReadOnlyList<JournalEntry> entries);

    /// <summary>Positions up to this one survive the death of the process.</summary>
    long WrittenUpTo { get; }

    /// <summary>Ends when <see cref="WrittenUpTo"/> has reached the position.</summary>
    ValueTask WaitUntilWrittenAsync(long position, CancellationToken cancellationToken);

    /// <summary>The written entries after a position, in order, up to the end at the time of the call.</summary>
    IAsyncEnumerable<JournalEntry> ReadAsync(long afterPosition, CancellationToken cancellationToken);
}

/// <summary>Where a journal stands when it is opened for writing.</summary>
/// <param name="Epoch">The new epoch.</param>
/// <param name="LastPosition">The position of the last entry of earlier epochs; 0 when there is none.</param>
public sealed record JournalOpening(long Epoch, long LastPosition);

/// <summary>Keeps the state of an engine as of one position of the journal.</summary>
public interface ISnapshotStore
{
    /// <summary>Keeps a snapshot in place of the earlier one of that name. Never waits.</summary>
    void Save(Snapshot snapshot);

    /// <summary>The newest snapshot of that name; null when there is none.</summary>
    ValueTask<Snapshot?> LoadAsync(string name, CancellationToken cancellationToken);
}

/// <summary>The state of an engine.</summary>
/// <param name="Name">Whose: <see cref="Streams.Routing"/>.</param>
/// <param name="Position">The journal position of the last event it contains.</param>
/// <param name="Json">The state.</param>
public sealed record Snapshot(string Name, long Position, string Json);

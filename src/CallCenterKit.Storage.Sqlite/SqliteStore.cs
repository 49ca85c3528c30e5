using System.Runtime.CompilerServices;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Registrations;
using CallCenterKit.Storage.Sqlite.Reading;
using CallCenterKit.Storage.Sqlite.Writing;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Storage.Sqlite;

/// <summary>Journal, snapshots, call records, recordings and registrations of one center in one SQLite file.</summary>
/// <remarks>
/// <para>Any thread. One thread of its own writes, everything that has gathered in one transaction; reads run on the
/// pool beside it. Several centers may share a file, each with a store of its own.</para>
/// <para>While the disk is full or away nothing is lost and nobody waits: what is appended stays in memory (about the
/// size of its JSON) and is written once the disk is back. <see cref="WrittenUpTo"/> stands still meanwhile.</para>
/// <para>When another process begins an epoch of the same center, this store writes nothing more: <see cref="Append"/>
/// and whoever waits get an <see cref="IOException"/>.</para>
/// </remarks>
public sealed partial class SqliteStore : IEventJournal, ISnapshotStore, ICallRecordStore, IRegistrationStore
{
    private readonly Lock _lock = new();
    private readonly EventCatalog _catalog;
    private readonly StoreFile _file;
    private readonly StoreWriter _writer;
    private readonly StoreReader _reader;
    private readonly EntryWriter _entries;
    private Task? _opening;

    /// <summary>Prepares a store; nothing is touched before <see cref="OpenAsync"/>.</summary>
    /// <param name="options">Read now.</param>
    /// <param name="center">Whose data.</param>
    /// <param name="catalog">The kinds of event that will be appended and read.</param>
    /// <param name="time">Runs the timers for syncing and for trying again.</param>
    /// <param name="logger">Takes faults of the disk.</param>
    public SqliteStore(SqliteStoreOptions options, CenterId center, EventCatalog catalog, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(center.Value, nameof(center));
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _catalog = catalog;
        _file = new(options);
        _entries = new(catalog, _file.Path, logger);
        _reader = new(_file, center, catalog);
        _writer = new(_file, center, options, time, logger);
    }

    /// <summary>The file, absolute.</summary>
    public string File => _file.Path;

    /// <inheritdoc />
    public long WrittenUpTo => _writer.Written.UpTo;

    /// <summary>Positions up to this one survive a loss of power.</summary>
    public long SyncedUpTo => _writer.SyncedUpTo;

    /// <summary>Opens the file; makes it, and its folder, when missing. Every asynchronous member does so when it was not done.</summary>
    /// <exception cref="IOException">The file cannot be made or written; the message names it.</exception>
    /// <exception cref="InvalidDataException">The file is something else, or of a newer schema.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        Task opening;
        lock (_lock)
        {
            if (_opening is null or { IsFaulted: true })
                _opening = Task.Run(_writer.Open, CancellationToken.None);
            opening = _opening;
        }
        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    /// <exception cref="IOException">The file cannot be made or written; the message names it.</exception>
    /// <exception cref="InvalidDataException">The file is something else, or of a newer schema.</exception>
    public async ValueTask<JournalOpening> BeginEpochAsync(CancellationToken cancellationToken) =>
        await DoAsync(new BeginEpochWork(), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">An event is of no kind in the catalog, or a position does not rise.</exception>
    /// <exception cref="IOException">Another process has begun a newer epoch of this center.</exception>
    public void Append(IReadOnlyList<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0)
            return;
        for (var i = 0; i < entries.Count; i++)
            _catalog.KindOf(entries[i].Event);
        _writer.Append(entries, _entries);
    }

    /// <inheritdoc />
    public ValueTask WaitUntilWrittenAsync(long position, CancellationToken cancellationToken) =>
        _writer.Written.WaitAsync(position, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<JournalEntry> ReadAsync(long afterPosition, CancellationToken cancellationToken) =>
        ReadPagesAsync(afterPosition, IsOpen ? WrittenUpTo : null, cancellationToken);

    /// <inheritdoc />
    public void Save(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _writer.Add(new SnapshotWork(snapshot));
    }

    /// <inheritdoc />
    async ValueTask<Snapshot?> ISnapshotStore.LoadAsync(string name, CancellationToken cancellationToken)
    {
        await DoAsync(new BarrierWork(), cancellationToken).ConfigureAwait(false);
        return await _reader.LoadSnapshotAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<long> GetPositionAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.ReadRecordPositionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    /// <remarks>Ends when it is written. When it is cancelled before, it may still be written.</remarks>
    public async ValueTask CommitAsync(IReadOnlyCollection<CallRecord> changed, long position, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        await DoAsync(new CommitRecordsWork([.. changed], position), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<CallRecord?> FindAsync(InteractionId interaction, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.FindRecordAsync(interaction, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<AgentId?> FindLastAgentAsync(PartyId party, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.FindLastAgentAsync(party, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<CallRecord>> ListOfPartyAsync(PartyId party, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.ListRecordsOfPartyAsync(party, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<CallRecord>> ListOpenAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.ListOpenRecordsAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<CallRecord>> ListAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 10_000);
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.ListRecordsAsync(from, to, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    async ValueTask<IReadOnlyList<RegistrationBinding>> IRegistrationStore.LoadAsync(string driver, CancellationToken cancellationToken)
    {
        await DoAsync(new BarrierWork(), cancellationToken).ConfigureAwait(false);
        return await _reader.LoadBindingsAsync(driver, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Save(RegistrationBinding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        _writer.Add(new BindWork(binding));
    }

    /// <inheritdoc />
    public void Remove(string driver, EndpointId endpoint, string contact) => _writer.Add(new ForgetWork(driver, endpoint, contact));

    /// <summary>Writes and syncs what is queued, then closes the file. What cannot be written now is lost, and logged.</summary>
    public async ValueTask DisposeAsync()
    {
        Task? opening;
        lock (_lock)
            opening = _opening;
        if (opening is not null)
            await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _file.ReleaseReaders();                            // the last to close must be the writer, or its log stays beside the file
        await _writer.CloseAsync().ConfigureAwait(false);
        _writer.Dispose();
        _file.ReleaseReaders();
    }

    private bool IsOpen
    {
        get { lock (_lock) { return _opening is { IsCompletedSuccessfully: true }; } }
    }

    /// <summary>Has the writer thread do it, after all that was queued before.</summary>
    private async Task<T> DoAsync<T>(AwaitedWork<T> work, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        _writer.Add(work);
        return await work.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<JournalEntry> ReadPagesAsync(
        long afterPosition, long? upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        var end = upTo ?? WrittenUpTo;
        while (afterPosition < end)
        {
            var page = await _reader.ReadPageAsync(afterPosition, end, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page)
                yield return entry;
            if (page.Count == 0)
                break;
            afterPosition = page[^1].Position;
        }
    }
}

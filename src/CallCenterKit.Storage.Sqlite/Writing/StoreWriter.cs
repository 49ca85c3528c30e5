using CallCenterKit.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>The one thread that writes: takes whatever has gathered, one transaction each time.</summary>
/// <remarks>
/// Nothing is waited for: under load a transaction takes longer and more gathers meanwhile. What cannot be written stays
/// in memory, in order, and is tried again. Commits reach the operating system; a timer then asks for one that reaches the disk.
/// </remarks>
internal sealed class StoreWriter : IDisposable
{
    private readonly object _gate = new(); // Monitor and not Lock: the thread waits on it.
    private readonly StoreFile _file;
    private readonly CenterId _center;
    private readonly SqliteStoreOptions _options;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _syncTimer;
    private readonly ITimer _retryTimer;

    private List<StoreWork> _queue = [];
    private List<StoreWork> _batch = [];
    private StoreStatements? _statements;
    private bool _opened, _closing, _syncDue, _retryDue;
    private IOException? _takenOver;
    private long _lastQueued;

    // Writer thread only.
    private bool _failing, _syncsOnCommit, _unsynced;
    private long _epoch;
    private long _syncedUpTo;

    public StoreWriter(StoreFile file, CenterId center, SqliteStoreOptions options, TimeProvider time, ILogger logger)
    {
        (_file, _center, _options, _logger) = (file, center, options, logger);
        _syncTimer = time.CreateTimer(_ => Wake(ref _syncDue), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _retryTimer = time.CreateTimer(_ => Wake(ref _retryDue), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public WrittenMark Written { get; } = new();

    public long SyncedUpTo => Volatile.Read(ref _syncedUpTo);

    /// <summary>Opens the file on this thread and starts the writer's own.</summary>
    public void Open()
    {
        var connection = _file.OpenForWriting();
        _statements = new(connection, _center);
        var last = _statements.ReadLastPosition();
        Written.MoveTo(last);
        Volatile.Write(ref _syncedUpTo, last);
        lock (_gate)
            (_opened, _lastQueued) = (true, last);
        new Thread(() => Run(connection)) { IsBackground = true, Name = "CallCenterKit store" }.Start();
        StoreLog.Opened(_logger, _file.Path);
    }

    /// <summary>Queues work; never waits.</summary>
    public void Add(StoreWork work)
    {
        lock (_gate)
        {
            ThrowUnlessWriting();
            Queue(work);
        }
    }

    /// <summary>Queues entries; never waits.</summary>
    public void Append(IReadOnlyList<JournalEntry> entries, EntryWriter writer)
    {
        lock (_gate)
        {
            ThrowUnlessWriting();
            if (entries[0].Position <= _lastQueued)
                throw new ArgumentException($"Position {entries[0].Position} must be above {_lastQueued}, the last one appended.", nameof(entries));
            _lastQueued = entries[^1].Position;
            Queue(new EntriesWork(entries, writer));
        }
    }

    /// <summary>Writes what is queued, syncs and ends the thread. What cannot be written now is lost, and said so.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
            if (!_opened)
                _ended.TrySetResult();
        }
        return _ended.Task;
    }

    public void Dispose()
    {
        _syncTimer.Dispose();
        _retryTimer.Dispose();
    }

    private void ThrowUnlessWriting()
    {
        if (_takenOver is not null)
            throw new IOException(_takenOver.Message, _takenOver);
        ObjectDisposedException.ThrowIf(_closing, typeof(SqliteStore));
        if (!_opened)
            throw new InvalidOperationException($"The store '{_file.Path}' is not open; await OpenAsync first.");
    }

    private void Queue(StoreWork work)
    {
        _queue.Add(work);
        if (_queue.Count == 1)
            Monitor.Pulse(_gate);
    }

    private void Wake(ref bool due)
    {
        lock (_gate)
        {
            due = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run(SqliteConnection connection)
    {
        while (TakeBatch(out var sync))
        {
            WriteBatch(sync);
            // Where no core is free, whoever makes work comes first: more gathers for one transaction. Where one is, nothing is lost.
            Thread.Yield();
        }
        _statements!.Dispose();
        connection.Dispose();
        Written.Fail(new ObjectDisposedException(nameof(SqliteStore)));
        _ended.TrySetResult();
    }

    /// <summary>Waits for work. False when the store is closed and all is done.</summary>
    private bool TakeBatch(out bool sync)
    {
        lock (_gate)
        {
            while (!_closing && (_batch.Count > 0 ? !_retryDue : _queue.Count == 0 && !_syncDue))
                Monitor.Wait(_gate);
            if (_batch.Count == 0)
                (_batch, _queue) = (_queue, _batch);
            else if (_closing)
            {
                _batch.AddRange(_queue);
                _queue.Clear();
            }
            sync = _syncDue || _closing;
            (_syncDue, _retryDue) = (false, false);
            return !_closing || _batch.Count > 0 || _unsynced;
        }
    }

    private void WriteBatch(bool sync)
    {
        if (_batch.Count == 0 && !_unsynced)
            return;
        sync |= _options.SyncWithin == TimeSpan.Zero || _batch.Exists(work => work.NeedsSync);
        try
        {
            Transact(sync);
        }
#pragma warning disable CA1031 // Whatever it is, the work is kept and tried again; a writer that dies would keep nothing.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            RollBack();
            KeepForRetry(fault, sync);
            return;
        }
        Committed(sync);
    }

    private void Transact(bool sync)
    {
        var to = _statements!;
        if (sync != _syncsOnCommit)
        {
            to.SyncOnCommit(sync);
            _syncsOnCommit = sync;
        }
        to.Begin();
        // Under the file's write lock, so nobody can take over between the look and the commit.
        if (_epoch != 0 && to.ReadEpoch() is var newest && newest != _epoch)
            throw TakenOver(newest);
        foreach (var work in _batch)
            work.Write(to);
        if (sync)
            to.Touch();
        to.Commit();
    }

    private IOException TakenOver(long newest) => _takenOver = new(
        $"Center '{_center}' in the store '{_file.Path}' was taken over: epoch {newest} has begun, this store writes epoch {_epoch}.");

    private void Committed(bool sync)
    {
        if (_failing)
            StoreLog.WritesAgain(_logger, _file.Path);
        _failing = false;
        if (_batch.FindLast(work => work is BeginEpochWork) is BeginEpochWork begun)
            _epoch = begun.Opening.Epoch;
        var written = (_batch.FindLast(work => work is EntriesWork) as EntriesWork)?.LastPosition ?? Written.UpTo;
        NoteSync(sync, written); // first, so that whoever sees the entry written can count on the sync being due
        Written.MoveTo(written);
        foreach (var work in _batch)
            work.Done();
        _batch.Clear();
    }

    private void NoteSync(bool synced, long written)
    {
        if (synced)
            Volatile.Write(ref _syncedUpTo, written);
        else if (!_unsynced)
            _syncTimer.Change(_options.SyncWithin, Timeout.InfiniteTimeSpan);
        _unsynced = !synced;
    }

    private void RollBack()
    {
        try
        {
            _statements!.Rollback();
        }
        catch (SqliteException)
        {
            // A full disk and some other faults have rolled back already (SQLite, "Response To Errors Within A Transaction").
        }
    }

    private void KeepForRetry(Exception fault, bool syncWanted)
    {
        var ends = _takenOver is not null;
        int queued;
        lock (_gate)
        {
            ends |= _closing;
            queued = _batch.Count + _queue.Count;
            _syncDue |= syncWanted && _batch.Count > 0;
        }
        var error = _takenOver ?? new IOException($"The store '{_file.Path}' cannot be written: {fault.Message}", fault);
        _batch.RemoveAll(work => !work.Failed(error, ends));
        if (ends)
        {
            GiveUp(error);
            return;
        }
        (_batch.Count > 0 ? _retryTimer : _syncTimer).Change(_options.RetryAfter, Timeout.InfiniteTimeSpan);
        if (!_failing)
            StoreLog.WriteFailed(_logger, _file.Path, queued, _options.RetryAfter, fault);
        _failing = true;
    }

    private void GiveUp(IOException fault)
    {
        if (_takenOver is not null)
            StoreLog.TakenOver(_logger, _center.Value, _file.Path);
        else
            StoreLog.Lost(_logger, _file.Path, _batch.Count, fault);
        lock (_gate)
        {
            _queue.ForEach(work => work.Failed(fault, isLastTry: true));
            _queue.Clear();
            (_closing, _unsynced) = (true, false);
        }
        _batch.Clear();
        Written.Fail(fault);
    }
}

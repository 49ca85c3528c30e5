using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Registrations;

namespace CallCenterKit.Storage.Sqlite.Writing;

/// <summary>Something the writer thread has to do within a transaction. Tried again, whole, when the transaction fails.</summary>
internal abstract class StoreWork
{
    /// <summary>Whether the disk must have it before it is done.</summary>
    public virtual bool NeedsSync => false;

    /// <summary>Writes within the open transaction.</summary>
    public abstract void Write(StoreStatements to);

    /// <summary>The transaction is committed.</summary>
    public virtual void Done()
    {
    }

    /// <summary>The transaction failed.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="isLastTry">Whether the store is closed or taken over, so that it is not tried again.</param>
    /// <returns>Whether it should be tried again.</returns>
    public virtual bool Failed(Exception fault, bool isLastTry) => true;
}

/// <summary>Work somebody waits for.</summary>
internal abstract class AwaitedWork<T> : StoreWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _done.Task;

    protected T? Result { get; set; }

    public override void Done() => _done.TrySetResult(Result!);

    public override bool Failed(Exception fault, bool isLastTry)
    {
        if (isLastTry)
            _done.TrySetException(fault);
        return true;
    }

    protected void GiveUp(Exception fault) => _done.TrySetException(fault);
}

/// <summary>Begins an epoch; whoever opens a store wants to hear at once that it cannot be written.</summary>
internal sealed class BeginEpochWork : AwaitedWork<JournalOpening>
{
    public override bool NeedsSync => true;

    public override void Write(StoreStatements to) => Result = new(to.BeginEpoch(), to.ReadLastPosition());

    public override bool Failed(Exception fault, bool isLastTry)
    {
        GiveUp(fault);
        return false;
    }

    /// <summary>What was begun, once written.</summary>
    public JournalOpening Opening => Result!;
}

/// <summary>Rows and position of the projection, all or nothing.</summary>
internal sealed class CommitRecordsWork(CallRecord[] records, long position) : AwaitedWork<bool>
{
    public override void Write(StoreStatements to)
    {
        foreach (var record in records)
            to.Write(record);
        to.WriteRecordPosition(position);
    }
}

/// <summary>Changes to recordings, all or none.</summary>
internal sealed class CommitRecordingsWork(IReadOnlyList<RecordingChange> changes) : AwaitedWork<bool>
{
    public override void Write(StoreStatements to)
    {
        foreach (var change in changes)
            to.Recordings.Apply(change);
    }
}

/// <summary>Nothing: ends when all that was queued before is written.</summary>
internal sealed class BarrierWork : AwaitedWork<bool>
{
    public override void Write(StoreStatements to)
    {
    }
}

internal sealed class EntriesWork(IReadOnlyList<JournalEntry> entries, EntryWriter writer) : StoreWork
{
    public long LastPosition => entries[^1].Position;

    public override void Write(StoreStatements to)
    {
        for (var i = 0; i < entries.Count; i++)
            writer.Write(entries[i], to);
    }
}

internal sealed class SnapshotWork(Snapshot snapshot) : StoreWork
{
    public override void Write(StoreStatements to) => to.Write(snapshot);
}

internal sealed class BindWork(RegistrationBinding binding) : StoreWork
{
    public override void Write(StoreStatements to) => to.Write(binding);
}

internal sealed class ForgetWork(string driver, EndpointId endpoint, string contact) : StoreWork
{
    public override void Write(StoreStatements to) => to.Forget(driver, endpoint, contact);
}

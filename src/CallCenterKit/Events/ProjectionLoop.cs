using System.Threading.Channels;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Events;

/// <summary>Feeds every fold with the stream of events, in order, and keeps the store of records in step.</summary>
/// <remarks>Folds in memory never wait for the disk; records are committed only up to what the journal has written.</remarks>
internal sealed partial class ProjectionLoop(IEventFold[] folds, CallRecordProjection records, IEventJournal journal, IRunningWork work, ILogger logger)
{
    // A record is on disk at most so many writes of the journal after its event.
    private const int MaxRounds = 8;

    private readonly Channel<IReadOnlyList<JournalEntry>> _toFold = Channel.CreateUnbounded<IReadOnlyList<JournalEntry>>(new() { SingleReader = true });

    // Records are taken up by whoever has folded: another thread would have to be woken for next to nothing.
    private readonly Channel<IReadOnlyList<JournalEntry>> _toRecord =
        Channel.CreateUnbounded<IReadOnlyList<JournalEntry>>(new() { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true });

    private Task _running = Task.CompletedTask;
    private long _committed;
    private long _taken;
    private int _batches;

    /// <summary>The journal position up to which records are committed.</summary>
    public long Committed => Volatile.Read(ref _committed);

    /// <summary>Hands entries over; never waits.</summary>
    public void Post(IReadOnlyList<JournalEntry> entries)
    {
        work.Enter();
        if (!_toFold.Writer.TryWrite(entries))
            work.Leave();
    }

    public void Start() => _running = Task.WhenAll(Task.Run(FoldAsync), Task.Run(RecordAsync));

    /// <summary>Takes in what was posted, commits, and ends.</summary>
    public async Task StopAsync()
    {
        _toFold.Writer.TryComplete();
        await _running.ConfigureAwait(false);
    }

    private async Task FoldAsync()
    {
        await foreach (var entries in _toFold.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            for (var i = 0; i < entries.Count; i++)
                Fold(entries[i]);
            _toRecord.Writer.TryWrite(entries);
        }
        _toRecord.Writer.Complete();
    }

    private void Fold(JournalEntry entry)
    {
        foreach (var fold in folds)
        {
            try
            {
                fold.Apply(entry);
            }
            catch (Exception fault)
            {
                LogFoldFailed(logger, fault, fold.GetType().Name, entry.Position);
            }
        }
    }

    private async Task RecordAsync()
    {
        while (await _toRecord.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            try
            {
                await TakeWrittenAsync().ConfigureAwait(false);
                // What comes while the journal writes goes into the same commit: under load records change several times within it.
                for (var round = 1; round < MaxRounds && _toRecord.Reader.TryPeek(out _); round++)
                    await TakeWrittenAsync().ConfigureAwait(false);
                await records.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                Volatile.Write(ref _committed, _taken);
            }
            catch (Exception fault)
            {
                LogCommitFailed(logger, fault, _taken);
            }
            for (; _batches > 0; _batches--)
                work.Leave();
        }
    }

    // Takes in what is there, and ends when that is written.
    private async ValueTask TakeWrittenAsync()
    {
        while (_toRecord.Reader.TryRead(out var entries))
        {
            _batches++;
            for (var i = 0; i < entries.Count; i++)
                records.Apply(entries[i]);
            _taken = entries[^1].Position;
        }
        await journal.WaitUntilWrittenAsync(_taken, CancellationToken.None).ConfigureAwait(false);
    }

    [LoggerMessage(7201, LogLevel.Error, "Fold {Fold} could not take the entry at position {Position}; the others go on.")]
    private static partial void LogFoldFailed(ILogger logger, Exception fault, string fold, long position);

    [LoggerMessage(7202, LogLevel.Error, "Call records up to position {Position} could not be committed; they are tried again with the next.")]
    private static partial void LogCommitFailed(ILogger logger, Exception fault, long position);
}

using System.Threading.Channels;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Events;

/// <summary>Feeds every fold with the stream of events, in order, and keeps the store of records in step.</summary>
/// <remarks>Folds in memory run ahead of the disk; records are committed only up to what the journal has written.</remarks>
internal sealed partial class ProjectionLoop(IReadOnlyList<IEventFold> folds, CallRecordProjection records, IEventJournal journal, IRunningWork work, ILogger logger)
{
    private readonly Channel<IReadOnlyList<JournalEntry>> _inbox = Channel.CreateUnbounded<IReadOnlyList<JournalEntry>>(new() { SingleReader = true });
    private Task _running = Task.CompletedTask;
    private long _committed;

    /// <summary>The journal position up to which records are committed.</summary>
    public long Committed => Volatile.Read(ref _committed);

    /// <summary>Hands entries over; never waits.</summary>
    public void Post(IReadOnlyList<JournalEntry> entries)
    {
        work.Enter();
        if (!_inbox.Writer.TryWrite(entries))
            work.Leave();
    }

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Takes in what was posted, commits, and ends.</summary>
    public async Task StopAsync()
    {
        _inbox.Writer.TryComplete();
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (await _inbox.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var batches = 0;
            var position = 0L;
            while (_inbox.Reader.TryRead(out var entries))
            {
                batches++;
                foreach (var entry in entries)
                    Apply(entry);
                position = entries[^1].Position;
            }
            await CommitAsync(position).ConfigureAwait(false);
            for (; batches > 0; batches--)
                work.Leave();
        }
    }

    private void Apply(JournalEntry entry)
    {
        records.Apply(entry);
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

    private async ValueTask CommitAsync(long position)
    {
        try
        {
            await journal.WaitUntilWrittenAsync(position, CancellationToken.None).ConfigureAwait(false);
            await records.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            Volatile.Write(ref _committed, position);
        }
        catch (Exception fault)
        {
            LogCommitFailed(logger, fault, position);
        }
    }

    [LoggerMessage(7201, LogLevel.Error, "Fold {Fold} could not take the entry at position {Position}; the others go on.")]
    private static partial void LogFoldFailed(ILogger logger, Exception fault, string fold, long position);

    [LoggerMessage(7202, LogLevel.Error, "Call records up to position {Position} could not be committed; they are tried again with the next.")]
    private static partial void LogCommitFailed(ILogger logger, Exception fault, long position);
}

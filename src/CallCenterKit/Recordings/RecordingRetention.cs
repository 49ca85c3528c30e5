using CallCenterKit.Hosting;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Recordings;

/// <summary>Erases recordings whose time is over, the oldest first.</summary>
internal sealed class RecordingRetention(IRecordingStore store, RecordingActs acts, ILogger logger)
{
    /// <summary>Why they went, as their events say it.</summary>
    public const string Why = "retention";

    private const int PageSize = 100;

    /// <summary>How many were erased. One that cannot be is left for the next run.</summary>
    public async Task<int> RunAsync(RecordingKeeping keeping, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var due in keeping.DueAt(now))
            count += await EraseAsync(due, cancellationToken).ConfigureAwait(false);
        if (count > 0)
            RecordingLog.Erased(logger, count);
        return count;
    }

    private async Task<int> EraseAsync(DueRecordings due, CancellationToken cancellationToken)
    {
        var count = 0;
        while (await store.ListDueAsync(due, PageSize, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var recording in page)
                count += await TryEraseAsync(recording.Recording, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            due = due with { After = RecordingMark.Of(page[^1]) };
        }
        return count;
    }

    private async Task<bool> TryEraseAsync(RecordingId recording, CancellationToken cancellationToken)
    {
        try
        {
            return await acts.EraseAsync(recording, Actors.System, Why, cancellationToken).ConfigureAwait(false) == EraseOutcome.Erased;
        }
        catch (IOException fault)
        {
            RecordingLog.EraseFailed(logger, fault, recording);
            return false;
        }
    }
}

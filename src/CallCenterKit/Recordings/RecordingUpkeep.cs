using CallCenterKit.Time;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Recordings;

/// <summary>At the start and then once a day: takes up what a crash has left, and erases what is old enough.</summary>
internal sealed class RecordingUpkeep : IAsyncDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly RecordingArchive _archive;
    private readonly IRunningWork _work;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private Task _running = Task.CompletedTask;
    private LeftRecordings? _left;

    /// <summary>Begins with a first run, over what the life before has left.</summary>
    public RecordingUpkeep(RecordingArchive archive, LeftRecordings left, TimeProvider time, IRunningWork work, ILogger logger)
    {
        (_archive, _left, _work, _logger) = (archive, left, work, logger);
        Begin();
        _timer = time.CreateTimer(static state => ((RecordingUpkeep)state!).Begin(), this, Day, Day);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        Task running;
        lock (_lock)
            running = _running;
        await running.ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>One run at a time: a day is lost when the one before has not ended.</summary>
    private void Begin()
    {
        lock (_lock)
        {
            if (!_running.IsCompleted || _stop.IsCancellationRequested)
                return;
            _work.Enter();
            _running = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            if (_left is { } left)
                await _archive.TakeUpAsync(left, _stop.Token).ConfigureAwait(false);
            else
                await _archive.CheckAsync(_stop.Token).ConfigureAwait(false);
            _left = null;
            await _archive.EraseDueAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The center stops; the next start goes on.
        }
        catch (Exception fault)
        {
            // Whatever a store or a disk throws: calls go on, and tomorrow is another day.
            RecordingLog.UpkeepFailed(_logger, fault);
        }
        finally
        {
            _work.Leave();
        }
    }
}

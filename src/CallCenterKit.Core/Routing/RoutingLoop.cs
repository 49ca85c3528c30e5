using System.Text.Json;
using System.Threading.Channels;
using CallCenterKit.Journal;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Routing;

/// <summary>Owns a <see cref="RoutingEngine"/>: one reader, one clock reading per command, one timer.</summary>
/// <remarks>Events are appended before the effects they cause are performed. A command the engine cannot take is logged and ends nothing.</remarks>
public sealed partial class RoutingLoop : IAsyncDisposable
{
    private readonly Channel<Message> _inbox = Channel.CreateUnbounded<Message>(new() { SingleReader = true });
    private readonly RoutingOutput _output = new();
    private readonly RoutingLoopParts _parts;
    private readonly Clock _clock;
    private readonly ITimer _timer;
    private DateTimeOffset? _armedFor;
    private int _eventsSinceSnapshot;
    private TraceRing? _trace;
    private Task _running = Task.CompletedTask;
    private Task _saving = Task.CompletedTask;

    /// <summary>Takes the engine over; nothing runs before <see cref="Start"/>.</summary>
    public RoutingLoop(RoutingLoopParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
        _clock = new(parts.Time);
        _timer = parts.Time.CreateTimer(static state => ((RoutingLoop)state!).Post(new AdvanceClock()), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many commands wait to be handled. Any thread.</summary>
    public int Backlog => _inbox.Reader.Count;

    /// <summary>Begins to handle commands, those posted earlier included. Once.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Hands a command over; never waits. Any thread. False once the loop was told to stop.</summary>
    public bool Post(RoutingCommand command) => Post(new Message(command, null));

    /// <summary>Why one who waits has the place it has; null when it does not wait. Any thread; answered after all that was posted before.</summary>
    /// <exception cref="InvalidOperationException">The loop was told to stop.</exception>
    public Task<PlaceExplanation?> ExplainAsync(InteractionId interaction) =>
        AskAsync(loop => loop._parts.Engine.Explain(interaction, loop._clock.Now));

    /// <summary>Why an agent is not offered what waits. Any thread; answered after all that was posted before.</summary>
    /// <exception cref="InvalidOperationException">The loop was told to stop.</exception>
    public Task<AgentExplanation> ExplainAsync(AgentId agent, InteractionId interaction) =>
        AskAsync(loop => loop._parts.Engine.Explain(agent, interaction, loop._clock.Now));

    /// <summary>From now on every command and every decision is kept, up to so many commands; the oldest go first.</summary>
    /// <param name="commands">At least 2.</param>
    /// <exception cref="InvalidOperationException">The loop was told to stop.</exception>
    public Task StartTraceAsync(int commands)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(commands, 2);
        return AskAsync(loop =>
        {
            loop._trace = new(commands, loop._parts.Engine.TakeSnapshot());
            return loop._output.TracesDecisions = true;
        });
    }

    /// <summary>What was kept since <see cref="StartTraceAsync"/>, which ends; null when it was not on.</summary>
    /// <exception cref="InvalidOperationException">The loop was told to stop.</exception>
    public Task<RoutingTrace?> StopTraceAsync() => AskAsync(loop =>
    {
        var trace = loop._trace?.ToTrace();
        loop._trace = null;
        loop._output.TracesDecisions = false;
        return trace;
    });

    /// <summary>Takes no more commands, handles those it has, and ends. May be called again.</summary>
    public async Task StopAsync()
    {
        _inbox.Writer.TryComplete();
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _saving.ConfigureAwait(false);
    }

    /// <inheritdoc cref="StopAsync"/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private bool Post(Message message)
    {
        _parts.Work.Enter();
        if (_inbox.Writer.TryWrite(message))
            return true;
        _parts.Work.Leave();
        return false;
    }

    private Task<T> AskAsync<T>(Func<RoutingLoop, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!Post(new Message(null, Answer)))
            throw new InvalidOperationException("The routing loop was told to stop.");
        return answer.Task;

        void Answer()
        {
            try
            {
                answer.SetResult(question(this));
            }
#pragma warning disable CA1031 // The fault is whoever asked's, not the loop's.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                answer.SetException(fault);
            }
        }
    }

    private async Task RunAsync()
    {
        await foreach (var message in _inbox.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                if (message.Command is { } command)
                    Handle(command);
                else
                    message.Question!();
            }
            finally
            {
                _parts.Work.Leave();
            }
        }
    }

    private void Handle(RoutingCommand command)
    {
        var now = _clock.Now;
        _output.Clear();
        Decide(command, now);
        _trace?.Add(_parts.Engine, now, command, _output);
        Record(now);
        foreach (var effect in _output.Effects)
            Perform(effect);
        if (command is AdvanceClock)
            _armedFor = null; // The timer has fired; should it have been early, it must be armed for the same instant again.
        ArmWakeUp(now);
    }

    /// <summary>What the engine had decided before it failed has happened, and is recorded and performed like all else.</summary>
    private void Decide(RoutingCommand command, DateTimeOffset now)
    {
        try
        {
            _parts.Engine.Handle(command, now, _output);
        }
#pragma warning disable CA1031 // A bad command costs itself, not the center.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogCommandFailed(_parts.Logger, command.GetType().Name, fault);
        }
    }

    private void Record(DateTimeOffset now)
    {
        if (_output.Events.Count == 0)
            return;
        try
        {
            KeepSnapshot(_parts.Journal.Append(_output.Events, now));
        }
#pragma warning disable CA1031 // Callers and agents must not suffer for a journal that is broken.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogJournalFailed(_parts.Logger, _output.Events.Count, fault);
        }
    }

    private void KeepSnapshot(long position)
    {
        _eventsSinceSnapshot += _output.Events.Count;
        if (_parts.Snapshots is not { } store || _eventsSinceSnapshot < _parts.SnapshotEvery || !_saving.IsCompleted)
            return;
        _eventsSinceSnapshot = 0;
        var state = _parts.Engine.TakeSnapshot();
        _parts.Work.Enter();
        _saving = Task.Run(() => Save(store, state, position));
    }

    private void Save(ISnapshotStore store, RoutingSnapshot state, long position)
    {
        try
        {
            store.Save(new(Streams.Routing, position, JsonSerializer.Serialize(state, EventCatalog.JsonOptions)));
        }
#pragma warning disable CA1031 // Without a snapshot the next start replays more events; nothing is lost.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogSnapshotFailed(_parts.Logger, position, fault);
        }
        finally
        {
            _parts.Work.Leave();
        }
    }

    private void Perform(RoutingEffect effect)
    {
        try
        {
            _parts.Performer.Perform(effect);
        }
#pragma warning disable CA1031 // The other effects must still be handed over.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogEffectFailed(_parts.Logger, effect.GetType().Name, fault);
        }
    }

    /// <summary>Timers count whole milliseconds and round down, so a wake-up is rounded up: never early, at most 1 ms late.</summary>
    private void ArmWakeUp(DateTimeOffset now)
    {
        var deadline = _parts.Engine.NextDeadline;
        if (deadline == _armedFor && deadline > now)
            return;
        _armedFor = deadline;
        var due = deadline is { } at
            ? TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling((at - now).TotalMilliseconds), 0, int.MaxValue))
            : Timeout.InfiniteTimeSpan;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A command, or a question about the engine: one of the two.</summary>
    private readonly record struct Message(RoutingCommand? Command, Action? Question);

    [LoggerMessage(1001, LogLevel.Error, "Routing command {Command} failed; what it had decided before is carried out")]
    private static partial void LogCommandFailed(ILogger logger, string command, Exception fault);

    [LoggerMessage(1002, LogLevel.Error, "Routing effect {Effect} could not be handed over")]
    private static partial void LogEffectFailed(ILogger logger, string effect, Exception fault);

    [LoggerMessage(1003, LogLevel.Warning, "Snapshot of routing at journal position {Position} could not be kept")]
    private static partial void LogSnapshotFailed(ILogger logger, long position, Exception fault);

    [LoggerMessage(1004, LogLevel.Critical, "{Count} routing events could not be appended to the journal; calls go on without a record")]
    private static partial void LogJournalFailed(ILogger logger, int count, Exception fault);
}

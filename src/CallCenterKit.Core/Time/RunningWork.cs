namespace CallCenterKit.Time;

/// <summary>Counts what can run right now: queued messages and flows that are not parked in a verb.</summary>
/// <remarks>
/// Any thread. A piece of work is entered by whoever makes it runnable, before it is handed over, and left by whoever
/// finishes it. At zero nothing in the center can happen until time passes or a packet arrives.
/// </remarks>
public interface IRunningWork
{
    /// <summary>One more piece of work can run.</summary>
    void Enter();

    /// <summary>One piece of work has run to its end or is parked.</summary>
    void Leave();
}

/// <summary>Counts running work and lets a test wait until there is none.</summary>
public sealed class RunningWork : IRunningWork
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _idle;
    private long _count;

    /// <summary>Counts nothing: what a center uses outside of tests.</summary>
    public static IRunningWork Uncounted { get; } = new Nothing();

    /// <summary>How many pieces of work can run now.</summary>
    public long Count
    {
        get { lock (_lock) { return _count; } }
    }

    /// <inheritdoc />
    public void Enter()
    {
        lock (_lock) { _count++; }
    }

    /// <inheritdoc />
    public void Leave()
    {
        TaskCompletionSource? idle = null;
        lock (_lock)
        {
            if (_count == 0)
                throw new InvalidOperationException("Leave was called more often than Enter.");
            if (--_count == 0)
                (idle, _idle) = (_idle, null);
        }
        idle?.TrySetResult();
    }

    /// <summary>Ends when the count is zero, at once when it is zero now.</summary>
    public Task WaitUntilIdleAsync()
    {
        lock (_lock)
        {
            if (_count == 0)
                return Task.CompletedTask;
            _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private sealed class Nothing : IRunningWork
    {
        public void Enter()
        {
        }

        public void Leave()
        {
        }
    }
}

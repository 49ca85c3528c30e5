namespace CallCenterKit.Time;

/// <summary>A result that a flow waits for while it counts as parked, so that virtual time can pass.</summary>
/// <remarks>
/// The waiter leaves the running work when it starts to wait. Whoever completes enters it again on the waiter's
/// behalf before the continuation is queued, so there is no moment at which neither counts.
/// </remarks>
/// <typeparam name="T">What is waited for.</typeparam>
public sealed class Parked<T>(IRunningWork work)
{
    private const int Open = 0, Waiting = 1, Completed = 2;

    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Open;

    /// <summary>Whether a result, a fault or a cancellation has arrived.</summary>
    public bool IsCompleted => Volatile.Read(ref _state) == Completed;

    /// <summary>Gives the result; false when there was one already. Any thread.</summary>
    public bool TryComplete(T result)
    {
        var before = Interlocked.Exchange(ref _state, Completed);
        if (before == Completed)
            return false;
        if (before == Waiting)
            work.Enter();
        return _source.TrySetResult(result);
    }

    /// <summary>Ends the wait by cancellation; false when it had ended already. Any thread.</summary>
    public bool TryCancel(CancellationToken cancellationToken)
    {
        var before = Interlocked.Exchange(ref _state, Completed);
        if (before == Completed)
            return false;
        if (before == Waiting)
            work.Enter();
        return _source.TrySetCanceled(cancellationToken);
    }

    /// <summary>Parks the caller until the result is there. One waiter.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the result came.</exception>
    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((Parked<T>)state!).TryCancel(token), this);
        if (Interlocked.CompareExchange(ref _state, Waiting, Open) == Open)
            work.Leave();
        return await _source.Task.ConfigureAwait(false);
    }
}

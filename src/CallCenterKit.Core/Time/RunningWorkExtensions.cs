namespace CallCenterKit.Time;

/// <summary>Parks whoever waits for somebody else's task.</summary>
public static class RunningWorkExtensions
{
    /// <summary>Leaves the running work until the operation is over. Whoever ends it enters the waiter again before it goes on.</summary>
    public static async ValueTask<T> ParkAsync<T>(this IRunningWork work, ValueTask<T> operation)
    {
        if (operation.IsCompleted)
            return await operation.ConfigureAwait(false);

        var parked = new Parked<Task<T>>(work);
        _ = operation.AsTask().ContinueWith(
            static (ended, state) => ((Parked<Task<T>>)state!).TryComplete(ended),
            parked, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var task = await parked.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <summary>Parks until the operation is over, and gives up after the limit.</summary>
    /// <exception cref="TimeoutException">It took longer.</exception>
    public static ValueTask<T> WithinAsync<T>(this IRunningWork work, ValueTask<T> operation, TimeSpan limit, TimeProvider time) =>
        operation.IsCompletedSuccessfully ? operation : work.ParkAsync(new ValueTask<T>(operation.AsTask().WaitAsync(limit, time)));

    /// <inheritdoc cref="ParkAsync{T}"/>
    public static async ValueTask ParkAsync(this IRunningWork work, ValueTask operation) =>
        await work.ParkAsync(WithResult(operation)).ConfigureAwait(false);

    private static async ValueTask<bool> WithResult(ValueTask operation)
    {
        await operation.ConfigureAwait(false);
        return true;
    }
}

using CallCenterKit.Time;

namespace CallCenterKit.Sip.Sessions;

/// <summary>The result of something a host asked of a leg, given on a worker or media thread and received on the thread pool.</summary>
/// <remarks>Counts as running work from the moment it is given until whoever waited has gone on. Any thread.</remarks>
internal sealed class Operation<T>(IRunningWork work)
{
    // Continuations run inside TrySet..., but that is called on the thread pool only, so no user code runs on a worker and
    // the count is not left before they have begun.
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.None);
    private int _given;

    public Task<T> Task => _source.Task;

    /// <summary>The first result counts.</summary>
    public void Complete(T result) => Give(source => source.TrySetResult(result));

    /// <inheritdoc cref="Complete" />
    public void Fail(Exception exception) => Give(source => source.TrySetException(exception));

    private void Give(Action<TaskCompletionSource<T>> give)
    {
        if (Interlocked.Exchange(ref _given, 1) != 0)
            return;
        HostWork.Run(work, () => give(_source));
    }
}

namespace CallCenterKit.Testing;

/// <summary>A result a script waits for. May be completed under a lock: what waits goes on elsewhere, as counted work.</summary>
/// <remarks>
/// The source runs its continuations inline on purpose. It is completed on the thread pool inside counted work, so a script
/// counts as running from the completion until its next wait, and virtual time stands still meanwhile.
/// </remarks>
internal sealed class PhoneCompletion<T>(PhoneWork work)
{
    private readonly TaskCompletionSource<T> _source = new();
    private int _completed;

    public bool IsCompleted => Volatile.Read(ref _completed) != 0;

    public Task<T> Task => _source.Task;

    public bool Complete(T result)
    {
        if (Interlocked.Exchange(ref _completed, 1) != 0)
            return false;
        work.Run(() => _source.TrySetResult(result));
        return true;
    }

    public bool Cancel(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _completed, 1) != 0)
            return false;
        work.Run(() => _source.TrySetCanceled(cancellationToken));
        return true;
    }

    /// <summary>Waits for this completion alone: cancelling the wait cancels the completion.</summary>
    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((PhoneCompletion<T>)state!).Cancel(token), this);
        await using (registration.ConfigureAwait(false))
            return await Task.ConfigureAwait(false);
    }
}

namespace CallCenterKit.Testing;

/// <summary>Waits that end with the call.</summary>
internal static class ScriptPauses
{
    /// <summary>Waits for a step of the call, but not for longer than the script runs.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static async Task<T> UnlessAsync<T>(this ScriptedCall call, Task<T> step, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(step, call.Phone.PauseAsync(Timeout.InfiniteTimeSpan, done.Token)).ConfigureAwait(false);
        if (!step.IsCompleted)
            cancellationToken.ThrowIfCancellationRequested();
        done.Cancel();                                     // not CancelAsync: virtual time could pass before it runs
        return await step.ConfigureAwait(false);
    }

    /// <summary>Runs something that is cancelled when the call ends; false when that happened.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static async Task<bool> WhileUpAsync(this ScriptedCall call, Func<CancellationToken, Task> wait, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = wait(over.Token);
        await Task.WhenAny(waiting, call.Ended).ConfigureAwait(false);
        if (waiting.IsCompletedSuccessfully && !call.Ended.IsCompleted)
            return true;
        over.Cancel();                                     // not CancelAsync: virtual time could pass before it runs
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (!call.Ended.IsCompleted)
            await waiting.ConfigureAwait(false);
        return false;
    }
}

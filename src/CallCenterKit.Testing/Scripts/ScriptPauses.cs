namespace CallCenterKit.Testing;

/// <summary>Waits that end with the call.</summary>
internal static class ScriptPauses
{
    /// <summary>Lets time pass; false when the call ended first.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static Task<bool> PauseAsync(this ScriptedCall call, TimeSpan pause, CancellationToken cancellationToken) =>
        call.WhileUpAsync(token => Task.Delay(pause, call.Time, token), cancellationToken);

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

namespace CallCenterKit.Testing;

/// <summary>A customer: calls, keys digits, waits for somebody, talks or gives up.</summary>
/// <param name="phone">Stays the owner's; may place several calls at a time.</param>
/// <param name="script">What to do.</param>
public sealed class ScriptedCaller(ScriptedPhone phone, CallerScript script)
{
    /// <summary>Makes one call from beginning to end.</summary>
    /// <param name="cancellationToken">Hangs up, then throws.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first; nothing is left of the call.</exception>
    public async Task<CallerResult> RunAsync(CancellationToken cancellationToken = default)
    {
        await phone.Work.SwitchTo();
        cancellationToken.ThrowIfCancellationRequested();
        var call = phone.Dial(script.Target);
        if (script.Voice is { } voice)
            call.Say(voice);
        using var patience = new CancellationTokenSource(script.Patience, phone.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        TimeSpan? connected = null;
        try
        {
            connected = await ConnectAsync(call, stop.Token).ConfigureAwait(false);
            if (connected is not null)
                await TalkAsync(call, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await call.HangUpAsync().ConfigureAwait(false);
        }

        var end = await call.Ended.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new CallerResult(EndingOf(call, connected, end), call, call.AnsweredAt - call.StartedAt, connected, (call.EndedAt - call.StartedAt)!.Value);
    }

    private static CallerEnding EndingOf(ScriptedCall call, TimeSpan? connected, ScriptedCallEnd end) => (connected, end) switch
    {
        (not null, ScriptedCallEnd.HungUpHere) => CallerEnding.HungUpByCaller,
        (not null, _) => CallerEnding.HungUpByFarEnd,
        (null, ScriptedCallEnd.Cancelled or ScriptedCallEnd.HungUpHere) => CallerEnding.GaveUp,
        _ => call.AnsweredAt is null ? CallerEnding.Refused : CallerEnding.SentAway,
    };

    /// <summary>How long it took until somebody was on the line; null when it came to nothing.</summary>
    private async Task<TimeSpan?> ConnectAsync(ScriptedCall call, CancellationToken stop)
    {
        var registration = stop.UnsafeRegister(static state => ((ScriptedCall)state!).Cancel(), call);
        await using (registration.ConfigureAwait(false))
        {
            if (await call.Outcome.ConfigureAwait(false) is not ScriptedCallOutcome.Answered)
                return null;
        }

        try
        {
            foreach (var key in script.Keys)
            {
                if (!await call.PauseAsync(key.Pause, stop).ConfigureAwait(false))
                    return null;
                await call.SendDigitsAsync(key.Digits).ConfigureAwait(false);
            }

            if (script.WaitForAgent is { } waitForAgent && !await call.WhileUpAsync(token => waitForAgent(call, token), stop).ConfigureAwait(false))
                return null;
        }
        catch (OperationCanceledException)
        {
            return null;                                   // out of patience, stopped, or the call ended in the middle of a digit
        }

        return phone.Time.GetUtcNow() - call.StartedAt;
    }

    private async Task TalkAsync(ScriptedCall call, CancellationToken cancellationToken)
    {
        try
        {
            await call.PauseAsync(script.Talk ?? Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller is stopped: hanging up comes next.
        }
    }
}

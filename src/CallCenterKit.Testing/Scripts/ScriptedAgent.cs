namespace CallCenterKit.Testing;

/// <summary>An agent at a phone: registers, answers each call after a while or refuses it, talks, hangs up. One call at a time; a second is refused with 486.</summary>
/// <param name="phone">Stays the owner's.</param>
/// <param name="script">What to do.</param>
public sealed class ScriptedAgent(ScriptedPhone phone, AgentScript script) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<ScriptedCall> _calls = [];
    private AgentCounts _counts;
    private bool _isBusy;
    private Task _running = Task.CompletedTask;
    private bool _isStarted;

    /// <summary>What to do with the next call.</summary>
    public AgentScript Script { get; set; } = script;

    /// <summary>What was done so far.</summary>
    public AgentCounts Counts
    {
        get { lock (_lock) { return _counts; } }
    }

    /// <summary>Every call that reached the phone, in order, those that are over included.</summary>
    public IReadOnlyList<ScriptedCall> Calls
    {
        get { lock (_lock) { return [.. _calls]; } }
    }

    /// <summary>Registers and begins to take calls, whatever the registrar said.</summary>
    /// <returns>How the registration was taken; null when the script does not register.</returns>
    /// <exception cref="InvalidOperationException">It has been started before.</exception>
    public async Task<ScriptedRegistrationOutcome?> StartAsync()
    {
        lock (_lock)
        {
            if (_isStarted)
                throw new InvalidOperationException($"Agent {phone.Options.User} has been started before.");
            _isStarted = true;
        }

        await phone.Work.SwitchTo();
        var outcome = Script.Registers ? await phone.RegisterAsync().ConfigureAwait(false) : null;
        _running = TakeCallsAsync();
        return outcome;
    }

    /// <summary>Takes no more calls, hangs up, and removes the registration.</summary>
    public async Task StopAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await phone.Work.SwitchTo();
        _stopping.Cancel();                                // not CancelAsync: virtual time could pass before it runs
        await phone.HangUpAllAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        if (Script.Registers && _isStarted)
            await phone.UnregisterAsync().ConfigureAwait(false);
    }

    /// <summary>Takes no more calls, without a word to anybody. The phone and its calls stay.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping.Cancel();                                // not CancelAsync: virtual time could pass before it runs
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task TakeCallsAsync()
    {
        var handling = new List<Task>();
        try
        {
            while (true)
            {
                var call = await phone.NextCallAsync(_stopping.Token).ConfigureAwait(false);
                handling.RemoveAll(task => task.IsCompletedSuccessfully);
                handling.Add(HandleAsync(call));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Stopped, or the phone is gone.
        }

        await Task.WhenAll(handling).ConfigureAwait(false);
    }

    private async Task HandleAsync(ScriptedCall call)
    {
        lock (_lock)
        {
            _calls.Add(call);
            _counts = _counts with { Offered = _counts.Offered + 1 };
            if (_isBusy)
            {
                Reject(call, 486);
                return;
            }

            _isBusy = true;
        }

        try
        {
            await TakeAsync(call, Script).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped in the middle of the call; whoever stopped decides what becomes of it.
        }
        finally
        {
            lock (_lock)
                _isBusy = false;
        }
    }

    private async Task TakeAsync(ScriptedCall call, AgentScript todo)
    {
        if (todo.Voice is { } voice)
            call.Say(voice);
        call.Ring();
        if (!await call.PauseAsync(todo.NeverAnswers ? Timeout.InfiniteTimeSpan : todo.RingTime, _stopping.Token).ConfigureAwait(false))
        {
            Count(counts => counts with { Missed = counts.Missed + 1 });
            return;
        }

        if (todo.RejectStatus is { } status)
        {
            lock (_lock)
                Reject(call, status);
            return;
        }

        if (!await call.UnlessAsync(call.AnswerAsync(), _stopping.Token).ConfigureAwait(false))
        {
            Count(counts => counts with { Missed = counts.Missed + 1 });
            return;
        }

        await TalkAsync(call, todo).ConfigureAwait(false);
    }

    private async Task TalkAsync(ScriptedCall call, AgentScript todo)
    {
        Count(counts => counts with { Answered = counts.Answered + 1 });
        try
        {
            await call.PauseAsync(todo.Talk ?? Timeout.InfiniteTimeSpan, _stopping.Token).ConfigureAwait(false);
            await call.UnlessAsync(call.HangUpAsync(), _stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            var talked = (call.EndedAt ?? phone.Time.GetUtcNow()) - call.AnsweredAt!.Value;
            Count(counts => counts with { TalkTime = counts.TalkTime + talked });
        }
    }

    private void Reject(ScriptedCall call, int status)
    {
        call.Reject(status);
        _counts = _counts with { Rejected = _counts.Rejected + 1 };
    }

    private void Count(Func<AgentCounts, AgentCounts> change)
    {
        lock (_lock)
            _counts = change(_counts);
    }
}

namespace CallCenterKit.Testing;

/// <summary>Incoming calls in order, and the scripts that wait for them. Under the phone's lock.</summary>
internal sealed class PhoneInbox(PhoneWork work)
{
    private readonly Queue<ScriptedCall> _calls = [];
    private readonly Queue<PhoneCompletion<ScriptedCall>> _waiters = [];

    public void Put(ScriptedCall call)
    {
        while (_waiters.TryDequeue(out var waiter))
        {
            if (waiter.Complete(call))
                return;
        }

        _calls.Enqueue(call);
    }

    public Task<ScriptedCall> TakeAsync(CancellationToken cancellationToken)
    {
        if (_calls.TryDequeue(out var call))
            return Task.FromResult(call);
        var waiter = new PhoneCompletion<ScriptedCall>(work);
        _waiters.Enqueue(waiter);
        return waiter.WaitAsync(cancellationToken);
    }

    public void Close()
    {
        while (_waiters.TryDequeue(out var waiter))
            waiter.Cancel();
    }
}

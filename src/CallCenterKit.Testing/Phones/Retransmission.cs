namespace CallCenterKit.Testing;

/// <summary>Sends the same again at T1, 2·T1, 4·T1… until stopped, for 64·T1 (RFC 3261 §17). Used under the phone's lock.</summary>
internal sealed class Retransmission
{
    private readonly ScriptedPhone _phone;
    private readonly Action _send;
    private readonly Action _onTimeout;
    private readonly TimeSpan _longest;
    private readonly ITimer _timer;
    private readonly DateTimeOffset _deadline;
    private TimeSpan _interval;
    private bool _isSending = true;
    private bool _isStopped;

    /// <summary>Sends for the first time and goes on. <paramref name="longest"/> caps the doubling: T2, or infinite for an INVITE.</summary>
    public Retransmission(ScriptedPhone phone, TimeSpan longest, Action send, Action onTimeout)
    {
        (_phone, _longest, _send, _onTimeout) = (phone, longest, send, onTimeout);
        _interval = phone.Options.T1;
        _deadline = phone.Time.GetUtcNow() + phone.Options.TransactionTimeout;
        _timer = phone.Time.CreateTimer(static state => ((Retransmission)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        send();
        Arm();
    }

    /// <summary>Sends no more, and waits for the end of the 64·T1 only: a provisional response has come.</summary>
    public void Quiet()
    {
        _isSending = false;
        Arm();
    }

    public void Stop()
    {
        _isStopped = true;
        _timer.Dispose();
    }

    private void OnTimer()
    {
        lock (_phone.Gate)
        {
            if (_isStopped)
                return;
            if (_phone.Time.GetUtcNow() >= _deadline)
            {
                Stop();
                _onTimeout();
                return;
            }

            if (_isSending)
                _send();
            _interval = _longest == Timeout.InfiniteTimeSpan || _interval * 2 < _longest ? _interval * 2 : _longest;
            Arm();
        }
    }

    private void Arm()
    {
        if (_isStopped)
            return;
        var left = _deadline - _phone.Time.GetUtcNow();
        var wait = _isSending && _interval < left ? _interval : left;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}

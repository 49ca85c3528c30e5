using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Engine;

/// <summary>Sends the keys of one request after another, and tells each request when its last key is out.</summary>
internal sealed class DigitSender(int clockRateHz)
{
    private readonly TelephoneEventSender _events = new(clockRateHz, (int)MediaThread.Frame.TotalMilliseconds);
    private readonly Queue<DigitRun> _waiting = new();
    private DigitRun? _current;

    public bool IsActive => _current is not null || _waiting.Count > 0;

    public void Enqueue(DigitRun run) => _waiting.Enqueue(run);

    /// <summary>Makes the step of this frame.</summary>
    /// <param name="timestamp">Of the audio that would go out now.</param>
    /// <param name="packet">What goes out in its place.</param>
    /// <returns>False during the pause between keys.</returns>
    public bool TryStep(uint timestamp, out TelephoneEventPacket packet)
    {
        packet = default;
        if (!_events.IsBusy && !BeginNextKey())
            return false;
        var sends = _events.TryStep(timestamp, out packet);
        if (!_events.IsBusy && _current is { IsOver: true })
            FinishCurrent();
        return sends;
    }

    /// <summary>Drops what waits of a request; the key being sent is finished.</summary>
    public void Cancel(DigitRun run)
    {
        run.SkipRest();
        for (var count = _waiting.Count; count > 0; count--)
        {
            var other = _waiting.Dequeue();
            if (other == run)
                run.Finish(sent: false);
            else
                _waiting.Enqueue(other);
        }
    }

    public void Abandon()
    {
        _events.Clear();
        _current?.Finish(sent: false);
        _current = null;
        while (_waiting.TryDequeue(out var run))
            run.Finish(sent: false);
    }

    private bool BeginNextKey()
    {
        if (_current is { IsOver: true })
            FinishCurrent();
        if (_current is null && !_waiting.TryDequeue(out _current))
            return false;
        _events.Enqueue(_current.TakeNext(), _current.Tone);
        return true;
    }

    private void FinishCurrent()
    {
        _current!.Finish(sent: true);
        _current = null;
    }
}

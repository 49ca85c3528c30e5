using CallCenterKit.Media.Engine;

namespace CallCenterKit.Testing;

/// <summary>Steps a <see cref="MediaEngine"/> that has no threads of its own by a timer, so that it runs in virtual time.</summary>
public sealed class MediaStepper : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MediaEngine _engine;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _isDisposed;

    /// <summary>Begins to step.</summary>
    /// <param name="engine">One with <see cref="MediaOptions.Threads"/> 0.</param>
    /// <param name="time">The clock the engine was made with.</param>
    /// <param name="period">Between two steps: how late a packet or a command may be noticed. 5 ms when null.</param>
    public MediaStepper(MediaEngine engine, TimeProvider time, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(time);
        (_engine, _time) = (engine, time);
        var step = period ?? TimeSpan.FromMilliseconds(5);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, TimeSpan.Zero, nameof(period));
        _timer = time.CreateTimer(static state => ((MediaStepper)state!).Step(), this, step, step);
    }

    /// <summary>Stops stepping; the engine stays open.</summary>
    public void Dispose()
    {
        lock (_lock)
            _isDisposed = true;
        _timer.Dispose();
    }

    private void Step()
    {
        lock (_lock)
        {
            if (!_isDisposed)
                _engine.RunOnce(_time.GetUtcNow());
        }
    }
}

namespace CallCenterKit.Media.Engine;

/// <summary>The engine's time: UTC ticks that never go backward. Any thread.</summary>
internal sealed class MediaClock
{
    private readonly TimeProvider _time;
    private readonly bool _stepped;
    private readonly long _originTimestamp;
    private long _ticks;

    public MediaClock(TimeProvider time, bool stepped)
    {
        _time = time;
        _stepped = stepped;
        _ticks = time.GetUtcNow().UtcTicks;
        _originTimestamp = time.GetTimestamp();
    }

    public long Now => _stepped ? Volatile.Read(ref _ticks) : _ticks + _time.GetElapsedTime(_originTimestamp).Ticks;

    public void Set(DateTimeOffset now) => Volatile.Write(ref _ticks, Math.Max(_ticks, now.UtcTicks));
}

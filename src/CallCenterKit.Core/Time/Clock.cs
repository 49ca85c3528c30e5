namespace CallCenterKit.Time;

/// <summary>The clock of one loop: wall time at its start plus elapsed time, so it never goes backward.</summary>
/// <remarks>Instants are UTC in whole microseconds. One thread at a time.</remarks>
/// <param name="time">Where time comes from.</param>
public sealed class Clock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _startTimestamp = time.GetTimestamp();

    /// <summary>Now, cut to whole microseconds.</summary>
    public DateTimeOffset Now => Cut(_start + time.GetElapsedTime(_startTimestamp));

    /// <summary>The instant cut to whole microseconds, as every store keeps it.</summary>
    public static DateTimeOffset Cut(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}

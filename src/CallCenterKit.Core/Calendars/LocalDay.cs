namespace CallCenterKit.Calendars;

/// <summary>Where the days of a place begin and end. Any thread.</summary>
/// <remarks>
/// A day begins at the first instant whose local date is that day or later: at 01:00 where the clock skips midnight. A day
/// that has begun does not end because the clock goes back over midnight.
/// </remarks>
public static class LocalDay
{
    /// <summary>The beginning of the local day an instant is in, in UTC.</summary>
    /// <param name="instant">Any.</param>
    /// <param name="timeZone">IANA id of the place.</param>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the time zone.</exception>
    public static DateTimeOffset StartOf(DateTimeOffset instant, string timeZone) => Around(instant, timeZone).Start;

    /// <summary>The beginning of the local day after the one an instant is in, in UTC: always later than the instant.</summary>
    /// <param name="instant">Any.</param>
    /// <param name="timeZone">IANA id of the place.</param>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the time zone.</exception>
    public static DateTimeOffset NextStart(DateTimeOffset instant, string timeZone) => Around(instant, timeZone).Next;

    private static (DateTimeOffset Start, DateTimeOffset Next) Around(DateTimeOffset instant, string timeZone)
    {
        var clock = LocalClock.Of(timeZone);
        var at = instant.UtcTicks;
        var midnight = clock.At(at) / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay;
        var (start, next) = (clock.First(midnight), clock.First(midnight + TimeSpan.TicksPerDay));
        while (next <= at && next < DateTime.MaxValue.Ticks)
        {
            midnight += TimeSpan.TicksPerDay;
            (start, next) = (next, clock.First(midnight + TimeSpan.TicksPerDay));
        }
        return (Instant(Math.Min(start, at)), Instant(next)); // the first day may have begun before time did
    }

    private static DateTimeOffset Instant(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
}

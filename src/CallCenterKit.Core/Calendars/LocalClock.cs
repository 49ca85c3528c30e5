namespace CallCenterKit.Calendars;

/// <summary>The clock on the wall of a place. Local times and instants are ticks since year 1; those of instants are UTC.</summary>
/// <remarks>
/// Rests only on what the offset is at an instant, which is a function, and never on what an instant a local time is, which is
/// not. Within 28 hours a clock is taken to change once at most.
/// </remarks>
internal sealed class LocalClock(TimeZoneInfo zone)
{
    private const long WidestOffset = 14 * TimeSpan.TicksPerHour;

    public static bool Knows(string timeZone) => !string.IsNullOrEmpty(timeZone) && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _);

    /// <exception cref="TimeZoneNotFoundException">This machine does not know it.</exception>
    public static LocalClock Of(string timeZone) => new(TimeZoneInfo.FindSystemTimeZoneById(timeZone));

    /// <summary>What the clock shows.</summary>
    public long At(long instant) => Math.Clamp(instant + OffsetAt(instant), 0, DateTime.MaxValue.Ticks);

    /// <summary>The first instant at which the clock shows that or later.</summary>
    public long First(long local)
    {
        var (before, after, jump) = Around(local);
        return local - before < jump ? local - before : Math.Max(local - after, jump);
    }

    /// <summary>The last instant at which the clock shows that or earlier.</summary>
    public long Last(long local)
    {
        var (before, after, jump) = Around(local);
        return local - after >= jump ? local - after : Math.Min(local - before, jump);
    }

    /// <summary>The offsets before and after the one jump that may be near.</summary>
    private (long Before, long After, long Jump) Around(long local)
    {
        var (early, late) = (local - WidestOffset, local + WidestOffset);
        var (before, after) = (OffsetAt(early), OffsetAt(late));
        if (before == after)
            return (before, after, late);
        while (late - early > 1)
        {
            var middle = early + ((late - early) / 2);
            if (OffsetAt(middle) == before)
                early = middle;
            else
                late = middle;
        }
        return (before, after, late);
    }

    private long OffsetAt(long instant) =>
        zone.GetUtcOffset(new DateTime(Math.Clamp(instant, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc)).Ticks;
}

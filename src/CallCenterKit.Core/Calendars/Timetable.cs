namespace CallCenterKit.Calendars;

/// <summary>Opening hours, ready to be asked. Immutable.</summary>
internal sealed class Timetable
{
    private const int Horizon = 400;

    /// <summary>A span of the day before yesterday can last until now, and one of tomorrow have begun, where a clock jumps by hours.</summary>
    private const int Margin = 2;

    private readonly LocalClock _clock;
    private readonly Hours[][] _week;
    private readonly Dictionary<long, Hours[]> _holidays = [];

    public Timetable(OpeningHours hours)
    {
        _clock = LocalClock.Of(hours.TimeZone);
        _week = [.. Enum.GetValues<DayOfWeek>().Select(day =>
            InOrder(hours.Week.Where(span => span.Day == day).Select(span => new DaySpan(span.From, span.To))))];
        foreach (var holiday in hours.Holidays)
            _holidays.TryAdd(holiday.Date.DayNumber, InOrder(holiday.Open ?? []));
    }

    public bool IsOpenAt(DateTimeOffset instant)
    {
        var at = instant.UtcTicks;
        var today = _clock.At(at) / TimeSpan.TicksPerDay;
        for (var day = today - Margin; day <= today + Margin; day++)
        {
            foreach (var span in On(day))
            {
                var (opens, closes) = span.At(day, _clock);
                if (opens <= at && at < closes)
                    return true;
            }
        }
        return false;
    }

    /// <summary>Spans come in the order in which they open, so what closes last so far is where the next must have begun.</summary>
    public DateTimeOffset? NextChangeAfter(DateTimeOffset instant)
    {
        var at = instant.UtcTicks;
        var today = _clock.At(at) / TimeSpan.TicksPerDay;
        long? openUntil = null;
        for (var day = today - Margin; day <= today + Horizon + Margin; day++)
        {
            foreach (var span in On(day))
            {
                var (opens, closes) = span.At(day, _clock);
                if (closes <= at || closes <= opens)
                    continue;
                if (opens > (openUntil ?? at))
                    return Within(openUntil ?? opens, at);
                openUntil = Math.Max(openUntil ?? closes, closes);
            }
        }
        return openUntil is { } end ? Within(end, at) : null;
    }

    private static DateTimeOffset? Within(long change, long at) =>
        change - at <= Horizon * TimeSpan.TicksPerDay && change <= DateTime.MaxValue.Ticks ? new(change, TimeSpan.Zero) : null;

    /// <summary>Those that begin on a day, counted from Monday, 1 January of year 1.</summary>
    private Hours[] On(long day) => _holidays.TryGetValue(day, out var other) ? other : _week[(int)((day + 8) % 7)];

    private static Hours[] InOrder(IEnumerable<DaySpan> spans) =>
        [.. spans.Where(span => !span.IsEmpty).Select(Hours.Of).OrderBy(span => span.From)];

    /// <summary>Ticks since midnight; <paramref name="To"/> is always later.</summary>
    private readonly record struct Hours(long From, long To)
    {
        public static Hours Of(DaySpan span) =>
            new(span.From.Ticks, span.To > span.From ? span.To.Ticks : span.To.Ticks + TimeSpan.TicksPerDay);

        public (long Opens, long Closes) At(long day, LocalClock clock)
        {
            var midnight = day * TimeSpan.TicksPerDay;
            return (clock.First(midnight + From), clock.Last(midnight + To));
        }
    }
}

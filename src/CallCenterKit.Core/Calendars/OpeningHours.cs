namespace CallCenterKit.Calendars;

/// <summary>When something is open, by the clock on the wall of one place. Immutable plain data; any thread.</summary>
/// <param name="TimeZone">IANA id of the place: "Europe/Vilnius".</param>
/// <param name="Week">The spans of an ordinary week, in any order; overlapping ones count as one.</param>
/// <remarks>
/// <para>When the clocks change, a span is open from the first instant at which the clock shows <c>From</c> to the last at
/// which it shows <c>To</c>; a time the clock skips is the instant of the jump. So a night shift is an hour shorter in spring
/// and an hour longer in autumn, and nothing opens late or closes early.</para>
/// <para>Two are equal when their data is, spans and holidays in the same order.</para>
/// </remarks>
public sealed record OpeningHours(string TimeZone, IReadOnlyList<OpenSpan> Week)
{
    private Timetable? _timetable;

    // A copy may be given other data, so it makes a timetable of its own.
    private OpeningHours(OpeningHours original) => (TimeZone, Week, Holidays) = (original.TimeZone, original.Week, original.Holidays);

    /// <summary>The spans of an ordinary week, in any order; overlapping ones count as one.</summary>
    public IReadOnlyList<OpenSpan> Week { get; init; } = Week ?? [];

    /// <summary>The dates that are not ordinary; each replaces all spans that begin on that date, not one that began the night before.</summary>
    public IReadOnlyList<Holiday> Holidays { get; init; } = [];

    private Timetable Compiled => _timetable ??= new(this);

    /// <summary>Whether it is open.</summary>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know <see cref="TimeZone"/>; see <see cref="Faults"/>.</exception>
    public bool IsOpenAt(DateTimeOffset instant) => Compiled.IsOpenAt(instant);

    /// <summary>The next instant, after this one, at which it opens or closes, in UTC; null when it does neither within 400 days.</summary>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know <see cref="TimeZone"/>; see <see cref="Faults"/>.</exception>
    public DateTimeOffset? NextChangeAfter(DateTimeOffset instant) => Compiled.NextChangeAfter(instant);

    /// <summary>What is wrong with it, a sentence each; empty when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (!LocalClock.Knows(TimeZone))
            yield return $"Time zone '{TimeZone}' must be an IANA id that this machine knows, such as 'Europe/Vilnius'.";
        foreach (var span in Week)
        {
            if (!Enum.IsDefined(span.Day))
                yield return $"Day {(int)span.Day} of an open span must be 0 (Sunday) to 6 (Saturday).";
            else if (new DaySpan(span.From, span.To).IsEmpty)
                yield return $"Open span '{span}' is empty; 'To' must differ from 'From', and 00:00-24:00 is the whole day.";
        }
        foreach (var holiday in Holidays)
        {
            if (string.IsNullOrWhiteSpace(holiday.Name))
                yield return $"Holiday {OpeningHoursText.Write(holiday.Date)} must have a name.";
            foreach (var span in holiday.Open ?? [])
            {
                if (span.IsEmpty)
                    yield return $"Span '{span}' of holiday '{holiday}' is empty; 'To' must differ from 'From', and 00:00-24:00 is the whole day.";
            }
        }
        foreach (var same in Holidays.GroupBy(holiday => holiday.Date).Where(same => same.Skip(1).Any()))
            yield return $"Holiday {OpeningHoursText.Write(same.Key)} stands {same.Count()} times ({string.Join(", ", same.Select(holiday => holiday.Name))}); each date may stand once.";
    }

    /// <summary>Reads spans: "Mon-Fri 08:00-12:00 13:00-17:00", "Sat 10:00-14:00", "Sun 22:00-02:00", "Mon-Sun 00:00-24:00".</summary>
    /// <remarks>Days are English, three letters or whole, whatever their case; "Fri-Mon" goes over the weekend.</remarks>
    /// <exception cref="FormatException">A text is none of these; the message names it and what is allowed.</exception>
    public static IReadOnlyList<OpenSpan> ParseWeek(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. texts.SelectMany(OpeningHoursText.ReadSpans)];
    }

    /// <summary>Reads holidays: "2026-12-25 Christmas" is closed, "2026-12-24 Christmas Eve 08:00-12:00" has other hours.</summary>
    /// <exception cref="FormatException">A text is neither; the message names it and what is allowed.</exception>
    public static IReadOnlyList<Holiday> ParseHolidays(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. texts.Select(OpeningHoursText.ReadHoliday)];
    }

    /// <inheritdoc />
    public bool Equals(OpeningHours? other) => ReferenceEquals(this, other)
        || (other is not null && TimeZone == other.TimeZone && Week.SequenceEqual(other.Week) && Holidays.SequenceEqual(other.Holidays));

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(TimeZone, StringComparer.Ordinal);
        foreach (var span in Week)
            hash.Add(span);
        foreach (var holiday in Holidays)
            hash.Add(holiday);
        return hash.ToHashCode();
    }
}

/// <summary>Open once a week.</summary>
/// <param name="Day">On which it begins.</param>
/// <param name="From">Opens.</param>
/// <param name="To">Closes; 00:00 is the end of the day, earlier than <paramref name="From"/> is on the next day.</param>
public readonly record struct OpenSpan(DayOfWeek Day, TimeOnly From, TimeOnly To)
{
    /// <summary>As <see cref="OpeningHours.ParseWeek"/> reads it: "Mon 08:00-17:00".</summary>
    public override string ToString() => $"{OpeningHoursText.Write(Day)} {new DaySpan(From, To)}";
}

/// <summary>Open on some day.</summary>
/// <param name="From">Opens.</param>
/// <param name="To">Closes; 00:00 is the end of the day, earlier than <paramref name="From"/> is on the next day.</param>
public readonly record struct DaySpan(TimeOnly From, TimeOnly To)
{
    internal bool IsEmpty => From == To && From != TimeOnly.MinValue;

    /// <summary>"08:00-17:00"; the end of the day is 24:00.</summary>
    public override string ToString() => OpeningHoursText.Write(this);
}

/// <summary>A date that is not ordinary.</summary>
/// <param name="Date">In the time zone of the opening hours.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="Open">The hours instead; null or empty is closed all day.</param>
public sealed record Holiday(DateOnly Date, string Name, IReadOnlyList<DaySpan>? Open = null)
{
    /// <inheritdoc />
    public bool Equals(Holiday? other) => ReferenceEquals(this, other)
        || (other is not null && Date == other.Date && Name == other.Name && (Open ?? []).SequenceEqual(other.Open ?? []));

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Date, Name, Open?.Count ?? 0);

    /// <summary>As <see cref="OpeningHours.ParseHolidays"/> reads it: "2026-12-24 Christmas Eve 08:00-12:00".</summary>
    public override string ToString() => string.Join(' ', [OpeningHoursText.Write(Date), Name, .. (Open ?? []).Select(span => span.ToString())]);
}

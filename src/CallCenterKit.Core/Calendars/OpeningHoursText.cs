using System.Globalization;

namespace CallCenterKit.Calendars;

/// <summary>Opening hours as people write them into options.</summary>
internal static class OpeningHoursText
{
    private static readonly string[] TimeFormats = ["HH:mm", "H:mm", "HH:mm:ss.FFFFFFF"];

    public static string Write(DayOfWeek day) => Enum.GetName(day)?[..3] ?? ((int)day).ToString(CultureInfo.InvariantCulture);

    public static string Write(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Write(DaySpan span) => $"{Write(span.From)}-{(span.To == TimeOnly.MinValue ? "24:00" : Write(span.To))}";

    public static IEnumerable<OpenSpan> ReadSpans(string text)
    {
        var words = Words(text);
        if (words.Length < 2 || Days(words[0]) is not { } days)
            throw Refused("a day or two with '-' between, and hours");
        var spans = new DaySpan[words.Length - 1];
        for (var i = 0; i < spans.Length; i++)
            spans[i] = TryReadHours(words[i + 1], out var read) ? read : throw Refused($"hours in place of '{words[i + 1]}'");
        return days.SelectMany(_ => spans, (day, span) => new OpenSpan(day, span.From, span.To));

        FormatException Refused(string wanted) => new(
            $"Opening hours '{text}' must have {wanted}: \"Mon-Fri 08:00-17:00\", \"Sat 10:00-14:00\", \"Sun 22:00-02:00\", \"Mon-Sun 00:00-24:00\".");
    }

    public static Holiday ReadHoliday(string text)
    {
        var words = Words(text);
        if (words.Length == 0 || !DateOnly.TryParseExact(words[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw Refused("a date first");
        var name = words.AsSpan(1);
        var spans = new List<DaySpan>();
        for (; name.Length > 0 && IsMeantAsHours(name[^1]); name = name[..^1])
            spans.Insert(0, TryReadHours(name[^1], out var span) ? span : throw Refused($"hours in place of '{name[^1]}'"));
        return name.Length == 0 ? throw Refused("a name") : new(date, string.Join(' ', name!), spans.Count == 0 ? null : spans);

        FormatException Refused(string wanted) => new(
            $"Holiday '{text}' must have {wanted}: \"2026-12-25 Christmas\" (closed), \"2026-12-24 Christmas Eve 08:00-12:00\" (other hours).");
    }

    // A slip in the hours must not become a part of the name and close the whole day.
    private static bool IsMeantAsHours(string word) => char.IsAsciiDigit(word[0]) && word.AsSpan().ContainsAny(":-–");

    private static DayOfWeek[]? Days(string text)
    {
        var ends = text.Split('-');
        if (ends.Length > 2 || Day(ends[0]) is not { } first || Day(ends[^1]) is not { } last)
            return null;
        return [.. Enumerable.Range(0, ((last - first + 7) % 7) + 1).Select(step => (DayOfWeek)(((int)first + step) % 7))];
    }

    private static DayOfWeek? Day(string text)
    {
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            if (text.Equals(Write(day), StringComparison.OrdinalIgnoreCase) || text.Equals(Enum.GetName(day), StringComparison.OrdinalIgnoreCase))
                return day;
        }
        return null;
    }

    private static bool TryReadHours(string text, out DaySpan span)
    {
        var ends = text.Split('-');
        var to = TimeOnly.MinValue; // 24:00
        if (ends.Length != 2 || !TryReadTime(ends[0], out var from) || (ends[1] != "24:00" && !TryReadTime(ends[1], out to)))
        {
            span = default;
            return false;
        }
        span = new(from, to);
        return !span.IsEmpty;
    }

    private static bool TryReadTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static string Write(TimeOnly time) =>
        time.ToString(time.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static string[] Words(string? text) => (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

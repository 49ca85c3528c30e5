using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CallCenterKit.Calendars;
using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Skills;

namespace CallCenterKit.Configuration;

/// <summary>Reads the texts in which a queue's options are written.</summary>
internal static class QueueTexts
{
    /// <summary>"alice" or "alice;tier=2;weight=3". Null when it is not of that form.</summary>
    public static QueueMember? Member(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        if (!AgentId.TryFrom(parts[0], out var id))
            return null;
        var member = new QueueMember(id);
        foreach (var part in parts.Skip(1))
        {
            if (part.Split('=', StringSplitOptions.TrimEntries) is not [var name, var value] || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 100)
                return null;
            if (name == "tier")
                member = member with { Tier = number };
            else if (name == "weight")
                member = member with { Weight = number };
            else
                return null;
        }
        return member;
    }

    /// <summary>The id of a member, also when the rest of the text is wrong.</summary>
    public static string MemberName(string text) => text.Split(';')[0].Trim();

    /// <summary>"60s queue:sales", "2m callback". Null when it is not of that form.</summary>
    public static WaitStep? Step(string text) =>
        TrySplit(text, out var after, out var rest) && Overflow.TryParse(rest, out var to) && to is not null ? new(after, to) : null;

    /// <summary>"30s lower 1", "45s drop lt", "60s any", "90s billing >= 2". Null with what is wrong when it is not of that form.</summary>
    public static RelaxationStep? Relaxation(string text, out string? fault)
    {
        fault = null;
        if (!TrySplit(text, out var after, out var rest))
        {
            fault = "must begin with a time such as '30s', '2m' or '00:00:30'";
            return null;
        }
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["lower", var by])
        {
            if (int.TryParse(by, NumberStyles.None, CultureInfo.InvariantCulture, out var levels) && levels > 0)
                return new(after, Lower: levels);
            fault = $"'{by}' must be a whole number of levels, at least 1";
            return null;
        }
        if (words is ["drop", var skill])
            return new(after, Drop: skill);
        if (SkillExpression.TryParse(rest.StartsWith('=') ? rest[1..] : rest, out var instead, out var wrong))
            return new(after, Instead: instead);
        fault = $"must be 'lower N', 'drop SKILL', 'any' or a requirement; '{rest}' {wrong}";
        return null;
    }

    /// <summary>The opening hours; null when it is always open.</summary>
    public static OpeningHours? Hours(QueueOptions options) => options.Hours.Count == 0
        ? null
        : new(options.TimeZone, OpeningHours.ParseWeek(options.Hours)) { Holidays = OpeningHours.ParseHolidays(options.Holidays) };

    /// <summary>What is wrong with the opening hours.</summary>
    public static IEnumerable<string> HoursFaults(QueueOptions options)
    {
        try
        {
            _ = OpeningHours.ParseHolidays(options.Holidays);
            return Hours(options)?.Faults() ?? [];
        }
        catch (FormatException wrong)
        {
            return [wrong.Message];
        }
    }

    private static bool TrySplit(string text, out TimeSpan after, [NotNullWhen(true)] out string? rest)
    {
        var parts = text.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        rest = parts.Length == 2 ? parts[1] : null;
        after = default;
        return rest is not null && TryTime(parts[0], out after);
    }

    private static bool TryTime(string text, out TimeSpan time)
    {
        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out time))
            return time >= TimeSpan.Zero && text.Contains(':', StringComparison.Ordinal);
        var unit = text.Length > 1 ? text[^1] : ' ';
        if (!double.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 86_400)
            return false;
        time = unit switch { 's' => TimeSpan.FromSeconds(number), 'm' => TimeSpan.FromMinutes(number), 'h' => TimeSpan.FromHours(number), _ => TimeSpan.MinValue };
        return time >= TimeSpan.Zero;
    }
}

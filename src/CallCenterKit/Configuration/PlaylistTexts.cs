using System.Globalization;
using CallCenterKit.Calendars;
using CallCenterKit.Playlists;

namespace CallCenterKit.Configuration;

/// <summary>Reads the texts in which the items of a playlist are written.</summary>
internal static class PlaylistTexts
{
    /// <summary>The prompt of an item, also when the rest of the text is wrong.</summary>
    public static string PromptOf(string text) => text.Split(';')[0].Trim();

    /// <summary>"jazz.wav;weight=3;06:00-10:00". Null when it is not of that form.</summary>
    public static PlaylistItem? Item(PlaylistItemKind kind, string text)
    {
        var item = new PlaylistItem(kind, PromptOf(text));
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries).Skip(1))
        {
            if (part.StartsWith("weight=", StringComparison.Ordinal) && int.TryParse(part["weight=".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var weight) && weight is >= 1 and <= 100)
                item = item with { Weight = weight };
            else if (DayPart(part) is { } dayPart)
                item = item with { DayParts = [.. item.DayParts, dayPart] };
            else
                return null;
        }

        return item;
    }

    private static DaySpan? DayPart(string text) =>
        text.Split('-') is [var from, var to] && Time(from) is { } begin && Time(to == "24:00" ? "00:00" : to) is { } end && begin != end ? new(begin, end) : null;

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

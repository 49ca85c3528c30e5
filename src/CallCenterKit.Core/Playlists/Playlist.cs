using CallCenterKit.Calendars;

namespace CallCenterKit.Playlists;

/// <summary>What waiting callers hear: music, and between it adverts and tips.</summary>
/// <param name="Name">As queues name it.</param>
/// <param name="Items">Everything that may be played.</param>
public sealed record Playlist(string Name, IReadOnlyList<PlaylistItem> Items)
{
    /// <summary>How many pieces of music there are before an advert or a tip, from 1.</summary>
    public int MusicBetween { get; init; } = 2;

    /// <summary>The IANA time zone of day parts.</summary>
    public string TimeZone { get; init; } = "UTC";
}

/// <summary>A piece of a playlist.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Its file; empty for a <see cref="PlaylistItemKind.Tip"/>, which the host gives when a caller comes.</param>
public sealed record PlaylistItem(PlaylistItemKind Kind, string Path)
{
    /// <summary>How often it comes, compared with others of its kind: from 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>When it is played; empty is always. A part that ends before it begins goes over midnight.</summary>
    public IReadOnlyList<DaySpan> DayParts { get; init; } = [];

    /// <summary>Whether it may be played at this time of day.</summary>
    public bool IsOn(TimeOnly time) => DayParts.Count == 0 || DayParts.Any(part => part.To == TimeOnly.MinValue ? time >= part.From : time.IsBetween(part.From, part.To));
}

/// <summary>What a piece of a playlist is.</summary>
public enum PlaylistItemKind
{
    /// <summary>What is heard most of the time.</summary>
    Music,

    /// <summary>Comes between pieces of music.</summary>
    Advert,

    /// <summary>As an advert; what it says the host knows: when fewer callers wait, say.</summary>
    Tip,
}

using System.ComponentModel.DataAnnotations;

namespace CallCenterKit.Configuration;

/// <summary>What waiting callers hear. A queue names it as its <see cref="QueueOptions.Music"/>.</summary>
/// <remarks>
/// Each item is a prompt; weight and day parts may follow: "jazz.wav", "jazz.wav;weight=3", "calm.wav;weight=2;06:00-10:00;17:00-19:00".
/// </remarks>
public sealed class PlaylistOptions
{
    /// <summary>The music. At least one piece.</summary>
    public IList<string> Music { get; } = [];

    /// <summary>What comes between pieces of music.</summary>
    public IList<string> Adverts { get; } = [];

    /// <summary>Whether tips come between pieces of music too: those of the host's <see cref="Playlists.IQueueTips"/>, or of queues that tell their quiet hour.</summary>
    public bool Tips { get; set; }

    /// <summary>How many pieces of music there are before an advert or a tip, 1 to 100.</summary>
    [Range(1, 100)]
    public int MusicBetween { get; set; } = 2;

    /// <summary>The IANA time zone of day parts: "Europe/Vilnius".</summary>
    [Required]
    public string TimeZone { get; set; } = "UTC";
}

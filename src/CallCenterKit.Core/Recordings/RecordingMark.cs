using System.Globalization;
using System.Text.Json.Serialization;

namespace CallCenterKit.Recordings;

/// <summary>A place in the order of recordings: by their begin, then by their id. Stays what it is while others come and go.</summary>
/// <param name="StartedAt">When the recording began.</param>
/// <param name="Recording">Which.</param>
[JsonConverter(typeof(IdJsonConverter<RecordingMark>))]
public readonly record struct RecordingMark(DateTimeOffset StartedAt, RecordingId Recording) : IId<RecordingMark>, IComparable<RecordingMark>
{
    /// <summary>The text that a host passes to and fro: no space, nothing to escape.</summary>
    [JsonIgnore]
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{StartedAt.UtcTicks}-{Recording.Text}");

    /// <summary>The place of a recording.</summary>
    public static RecordingMark Of(StoredRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return new(recording.StartedAt, recording.Recording);
    }

    /// <inheritdoc />
    public static bool TryFrom(string? text, out RecordingMark id)
    {
        id = default;
        if (text?.Split('-') is not [var ticks, var recording]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || at > DateTimeOffset.MaxValue.UtcTicks
            || !RecordingId.TryFrom(recording, out var which))
            return false;
        id = new(new(at, TimeSpan.Zero), which);
        return true;
    }

    /// <inheritdoc />
    public int CompareTo(RecordingMark other) => StartedAt.CompareTo(other.StartedAt) is var order and not 0
        ? order
        : string.CompareOrdinal(Recording.Text, other.Recording.Text);

    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary>Whether one comes before the other.</summary>
    public static bool operator <(RecordingMark left, RecordingMark right) => left.CompareTo(right) < 0;

    /// <summary>Whether one comes behind the other.</summary>
    public static bool operator >(RecordingMark left, RecordingMark right) => left.CompareTo(right) > 0;

    /// <summary>Whether one does not come behind the other.</summary>
    public static bool operator <=(RecordingMark left, RecordingMark right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one does not come before the other.</summary>
    public static bool operator >=(RecordingMark left, RecordingMark right) => left.CompareTo(right) >= 0;
}

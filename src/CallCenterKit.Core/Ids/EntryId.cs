using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>One stay of an interaction in a queue.</summary>
/// <param name="Epoch">The life of the engine it was born in.</param>
/// <param name="Number">Counts up from 1 within the epoch.</param>
[JsonConverter(typeof(IdJsonConverter<EntryId>))]
public readonly record struct EntryId(long Epoch, long Number) : IId<EntryId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => CounterText.Write(Epoch, Number);

    /// <inheritdoc />
    public static bool TryFrom(string? text, out EntryId id)
    {
        var valid = CounterText.TryRead(text, out var epoch, out var number);
        id = new(epoch, number);
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

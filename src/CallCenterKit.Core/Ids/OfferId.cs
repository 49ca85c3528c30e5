using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>One agent being rung for one entry.</summary>
/// <param name="Epoch">The life of the engine it was born in.</param>
/// <param name="Number">Counts up from 1 within the epoch.</param>
[JsonConverter(typeof(IdJsonConverter<OfferId>))]
public readonly record struct OfferId(long Epoch, long Number) : IId<OfferId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => CounterText.Write(Epoch, Number);

    /// <inheritdoc />
    public static bool TryFrom(string? text, out OfferId id)
    {
        var valid = CounterText.TryRead(text, out var epoch, out var number);
        id = new(epoch, number);
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

using System.Globalization;
using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>Somebody outside the center. Events name the party; number and name stand in one event of their own.</summary>
/// <param name="Value">A version-7 Guid, so that ids sort by the time they were born.</param>
[JsonConverter(typeof(IdJsonConverter<PartyId>))]
public readonly record struct PartyId(Guid Value) : IId<PartyId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => Value.ToString("N", CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public static bool TryFrom(string? text, out PartyId id)
    {
        var valid = Guid.TryParse(text, CultureInfo.InvariantCulture, out var value);
        id = new(value);
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

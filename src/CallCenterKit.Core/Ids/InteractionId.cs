using System.Globalization;
using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>A customer's matter: survives transfer, callback and re-queue.</summary>
/// <param name="Value">A version-7 Guid, so that ids sort by the time they were born.</param>
[JsonConverter(typeof(IdJsonConverter<InteractionId>))]
public readonly record struct InteractionId(Guid Value) : IId<InteractionId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => Value.ToString("N", CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public static bool TryFrom(string? text, out InteractionId id)
    {
        var valid = Guid.TryParse(text, CultureInfo.InvariantCulture, out var value);
        id = new(value);
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

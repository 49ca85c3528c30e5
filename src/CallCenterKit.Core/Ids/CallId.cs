using System.Globalization;
using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>One leg: the call between this center and one party.</summary>
/// <param name="Value">A version-7 Guid, so that ids sort by the time they were born.</param>
[JsonConverter(typeof(IdJsonConverter<CallId>))]
public readonly record struct CallId(Guid Value) : IId<CallId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => Value.ToString("N", CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public static bool TryFrom(string? text, out CallId id)
    {
        var valid = Guid.TryParse(text, CultureInfo.InvariantCulture, out var value);
        id = new(value);
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

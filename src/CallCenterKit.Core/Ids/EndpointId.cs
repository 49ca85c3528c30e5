using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>A place where a person can be reached: a phone, an extension, a mobile; the host's own name for it.</summary>
/// <param name="Value">1 to 128 characters, compared by ordinal.</param>
[JsonConverter(typeof(IdJsonConverter<EndpointId>))]
public readonly record struct EndpointId(string Value) : IId<EndpointId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => Value ?? "";

    /// <inheritdoc />
    public static bool TryFrom(string? text, out EndpointId id)
    {
        id = new(text ?? "");
        return text is { Length: > 0 and <= 128 };
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

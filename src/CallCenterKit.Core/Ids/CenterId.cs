using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>One call center; several may live in one process and in one store.</summary>
/// <param name="Value">1 to 128 characters, compared by ordinal.</param>
[JsonConverter(typeof(IdJsonConverter<CenterId>))]
public readonly record struct CenterId(string Value) : IId<CenterId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => Value ?? "";

    /// <inheritdoc />
    public static bool TryFrom(string? text, out CenterId id)
    {
        id = new(text ?? "");
        return text is { Length: > 0 and <= 128 };
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

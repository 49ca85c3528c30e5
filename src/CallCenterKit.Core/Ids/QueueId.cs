using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>A queue; the host's own name for it.</summary>
/// <param name="Value">1 to 128 characters, compared by ordinal.</param>
[JsonConverter(typeof(IdJsonConverter<QueueId>))]
public readonly record struct QueueId(string Value) : IId<QueueId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => Value ?? "";

    /// <inheritdoc />
    public static bool TryFrom(string? text, out QueueId id)
    {
        id = new(text ?? "");
        return text is { Length: > 0 and <= 128 };
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

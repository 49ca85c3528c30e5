using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>Who caused something: an agent, a supervisor, a flow, the system itself.</summary>
/// <param name="Value">1 to 128 characters, compared by ordinal.</param>
[JsonConverter(typeof(IdJsonConverter<ActorId>))]
public readonly record struct ActorId(string Value) : IId<ActorId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => Value ?? "";

    /// <inheritdoc />
    public static bool TryFrom(string? text, out ActorId id)
    {
        id = new(text ?? "");
        return text is { Length: > 0 and <= 128 };
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>A person who takes calls; the host's own name for them.</summary>
/// <param name="Value">1 to 128 characters, compared by ordinal.</param>
[JsonConverter(typeof(IdJsonConverter<AgentId>))]
public readonly record struct AgentId(string Value) : IId<AgentId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => Value ?? "";

    /// <inheritdoc />
    public static bool TryFrom(string? text, out AgentId id)
    {
        id = new(text ?? "");
        return text is { Length: > 0 and <= 128 };
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

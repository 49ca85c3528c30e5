using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>A mailbox; the host's own name for it.</summary>
/// <param name="Value">1 to 64 letters, digits, "-", "_" and ".", the first of them no "."; compared by ordinal.</param>
[JsonConverter(typeof(IdJsonConverter<MailboxId>))]
public readonly record struct MailboxId(string Value) : IId<MailboxId>
{
    /// <inheritdoc />
    [JsonIgnore]
    public string Text => Value ?? "";

    /// <inheritdoc />
    public static bool TryFrom(string? text, out MailboxId id)
    {
        id = new(text ?? "");
        return text is { Length: > 0 and <= 64 } && text[0] != '.' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'); // a folder may have this name
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

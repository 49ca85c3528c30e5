using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenterKit;

/// <summary>An identifier that is one string on the wire, in the journal and in every store.</summary>
/// <typeparam name="TSelf">The identifier itself.</typeparam>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    /// <summary>The text that <see cref="TryFrom"/> reads back.</summary>
    string Text { get; }

    /// <summary>Reads the text form; false when it is not one.</summary>
    static abstract bool TryFrom(string? text, out TSelf id);
}

/// <summary>Writes an <see cref="IId{TSelf}"/> as a JSON string, also as the name of a property.</summary>
/// <typeparam name="TId">The identifier.</typeparam>
public sealed class IdJsonConverter<TId> : JsonConverter<TId>
    where TId : struct, IId<TId>
{
    /// <inheritdoc />
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => From(reader.GetString());

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Text);
    }

    /// <inheritdoc />
    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => From(reader.GetString());

    /// <inheritdoc />
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.Text);
    }

    private static TId From(string? text) =>
        TId.TryFrom(text, out var id) ? id : throw new JsonException($"'{text}' is not a {typeof(TId).Name}.");
}

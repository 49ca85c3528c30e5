using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>One recording is a string, several pieces are an array; any other piece is an object of one property, see <see cref="PromptPartText"/>.</summary>
internal sealed class PromptJsonConverter : JsonConverter<Prompt>
{
    public override Prompt Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return Prompt.Of(ReadPart(ref reader));
        var parts = new List<PromptPart>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            parts.Add(ReadPart(ref reader));
        return Prompt.Of([.. parts]);
    }

    public override void Write(Utf8JsonWriter writer, Prompt value, JsonSerializerOptions options)
    {
        if (value.Count == 1)
        {
            WritePart(writer, value[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var part in value)
            WritePart(writer, part);
        writer.WriteEndArray();
    }

    private static PromptPart ReadPart(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new PromptPart.File(reader.GetString()!);
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A prompt is a string, an object, or an array of these.");
        reader.Read();
        var kind = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
        reader.Read();
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        var part = kind is null || text is null ? null : PromptPartText.Read(kind, text);
        if (part is null)
            throw new JsonException($"'{kind}': '{text}' is not a piece of a prompt; allowed are {PromptPartText.Allowed}.");
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? part : throw new JsonException("A piece of a prompt has one property.");
    }

    private static void WritePart(Utf8JsonWriter writer, PromptPart part)
    {
        if (part is PromptPart.File file)
        {
            writer.WriteStringValue(file.Name);
            return;
        }

        if (!PromptPartText.TryWrite(part, out var name, out var value))
            throw new JsonException($"'{part}' cannot be written.");
        writer.WriteStartObject();
        writer.WriteString(name, value);
        writer.WriteEndObject();
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Prompts;

/// <summary>One recording is a string, several pieces are an array; a tone is {"tone":"Beep"}, a pause {"silence":"00:00:01"}.</summary>
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
        PromptPart part = kind switch
        {
            "tone" when Enum.TryParse<ToneKind>(text, out var tone) => new PromptPart.Tone(tone),
            "silence" when TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var duration) => new PromptPart.Silence(duration),
            _ => throw new JsonException($"'{kind}': '{text}' is not a piece of a prompt; allowed are \"tone\" and \"silence\"."),
        };
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? part : throw new JsonException("A piece of a prompt has one property.");
    }

    private static void WritePart(Utf8JsonWriter writer, PromptPart part)
    {
        if (part is PromptPart.File file)
        {
            writer.WriteStringValue(file.Name);
            return;
        }

        writer.WriteStartObject();
        if (part is PromptPart.Tone tone)
            writer.WriteString("tone", tone.Kind.ToString());
        if (part is PromptPart.Silence silence)
            writer.WriteString("silence", silence.Duration.ToString("c"));
        writer.WriteEndObject();
    }
}

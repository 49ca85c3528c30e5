using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenterKit.Skills;

/// <summary>A set of skills is an array of their texts.</summary>
internal sealed class SkillSetJsonConverter : JsonConverter<SkillSet>
{
    public override SkillSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return SkillSet.Parse(JsonSerializer.Deserialize<string[]>(ref reader, options) ?? []);
        }
        catch (FormatException wrong)
        {
            throw new JsonException(wrong.Message, wrong);
        }
    }

    public override void Write(Utf8JsonWriter writer, SkillSet value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Items, options);
}

/// <summary>An expression is its text.</summary>
internal sealed class SkillExpressionJsonConverter : JsonConverter<SkillExpression>
{
    public override SkillExpression Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SkillExpression.TryRead(reader.GetString(), out var expression, out var fault) ? expression : throw new JsonException($"Skill expression: {fault}");

    public override void Write(Utf8JsonWriter writer, SkillExpression value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

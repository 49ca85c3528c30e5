using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenterKit.Ivr.Documents;

/// <summary>Transitions as an object, {"1":"sales"}. A name that stands there twice is kept twice, so that validation can report it.</summary>
internal sealed class TransitionsJsonConverter : JsonConverter<ImmutableArray<IvrTransition>>
{
    public override ImmutableArray<IvrTransition> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Transitions are an object: {\"1\":\"sales\"}.");
        var transitions = ImmutableArray.CreateBuilder<IvrTransition>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var on = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException($"'{on}' must lead to the name of a node.");
            transitions.Add(new(on, reader.GetString()!));
        }

        return transitions.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<IvrTransition> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var transition in value)
            writer.WriteString(transition.On, transition.Node);
        writer.WriteEndObject();
    }
}

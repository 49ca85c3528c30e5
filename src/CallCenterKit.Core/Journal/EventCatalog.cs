using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenterKit.Journal;

/// <summary>Knows the kinds of events and turns them into JSON and back. Any thread.</summary>
public sealed class EventCatalog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly FrozenDictionary<string, Type> _types;
    private readonly FrozenDictionary<Type, string> _kinds;

    /// <summary>Takes the kinds of every event in these assemblies.</summary>
    /// <exception cref="ArgumentException">Two events claim one kind, or an event names none.</exception>
    public EventCatalog(params ReadOnlySpan<Assembly> assemblies)
    {
        var types = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (var assembly in assemblies)
        {
            foreach (var type in assembly.GetTypes())
            {
                if (!type.IsSubclassOf(typeof(CenterEvent)) || type.IsAbstract || type == typeof(UnknownEvent))
                    continue;
                var kind = type.GetCustomAttribute<EventKindAttribute>()?.Kind
                    ?? throw new ArgumentException($"Event {type} names no kind; put [EventKind] on it.", nameof(assemblies));
                if (!types.TryAdd(kind, type))
                    throw new ArgumentException($"Event kind '{kind}' is claimed by {types[kind]} and {type}.", nameof(assemblies));
            }
        }
        _types = types.ToFrozenDictionary(StringComparer.Ordinal);
        _kinds = types.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }

    /// <summary>The kinds of this package.</summary>
    public static EventCatalog Core { get; } = new(typeof(EventCatalog).Assembly);

    /// <summary>How snapshots, records and events are written as JSON.</summary>
    public static JsonSerializerOptions JsonOptions => Json;

    /// <summary>Every kind, in order.</summary>
    public IEnumerable<string> Kinds => _types.Keys.Order(StringComparer.Ordinal);

    /// <summary>The stable name of an event's kind.</summary>
    /// <exception cref="ArgumentException">The catalog does not know it.</exception>
    public string KindOf(CenterEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is UnknownEvent unknown)
            return unknown.Kind;
        return _kinds.TryGetValue(happened.GetType(), out var kind)
            ? kind
            : throw new ArgumentException($"Event {happened.GetType()} is of no kind in this catalog.", nameof(happened));
    }

    /// <summary>The fields of an event as JSON.</summary>
    public static string Write(CenterEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return happened is UnknownEvent unknown ? unknown.Json : JsonSerializer.Serialize(happened, happened.GetType(), Json);
    }

    /// <summary>The fields of an event as JSON, without a string in between.</summary>
    public static void Write(CenterEvent happened, Utf8JsonWriter to)
    {
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentNullException.ThrowIfNull(to);
        if (happened is UnknownEvent unknown)
            to.WriteRawValue(unknown.Json);
        else
            JsonSerializer.Serialize(to, happened, happened.GetType(), Json);
    }

    /// <summary>The event of a kind; <see cref="UnknownEvent"/> when this build does not know it.</summary>
    /// <exception cref="JsonException">The fields are not those of the kind.</exception>
    public CenterEvent Read(string kind, string json) => _types.TryGetValue(kind, out var type)
        ? (CenterEvent?)JsonSerializer.Deserialize(json, type, Json) ?? throw new JsonException($"Event of kind '{kind}' is null.")
        : new UnknownEvent(kind, json);
}

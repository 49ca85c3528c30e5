using System.Collections.Immutable;
using System.Text.Json;

namespace CallCenterKit.Ivr.Documents;

/// <summary>A flow as it is stored: nodes, and in each what happens step by step until the caller's answer leads to another.</summary>
/// <param name="Name">Unique within a center.</param>
/// <param name="Version">Counts up with each change. 1 or more.</param>
/// <param name="Start">The node a call begins with.</param>
/// <param name="Nodes">In the order a reader wants them.</param>
public sealed record IvrDocument(string Name, int Version, string Start, ImmutableArray<IvrNode> Nodes)
{
    /// <summary>Reads a document; it may still have faults that <see cref="IvrFlow.Validate"/> finds.</summary>
    /// <exception cref="JsonException">It is not such a document; the message says where.</exception>
    public static IvrDocument FromJson(string json) =>
        JsonSerializer.Deserialize(json, IvrJson.Document) ?? throw new JsonException("A flow is a JSON object, not null.");

    /// <summary>Indented JSON, which <see cref="FromJson"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, IvrJson.Document);
}

/// <summary>A place in a flow: steps one after another. A step that leads elsewhere ends it; what leads nowhere goes on with the next step.</summary>
/// <param name="Name">Unique within the flow.</param>
/// <param name="Steps">At least one.</param>
public sealed record IvrNode(string Name, ImmutableArray<IvrStep> Steps);

/// <summary>Where an answer leads.</summary>
/// <param name="On">A key of a menu, or the value of a variable.</param>
/// <param name="Node">The node that follows.</param>
public sealed record IvrTransition(string On, string Node);

using System.Collections.Frozen;
using CallCenterKit.Ivr.Building;
using CallCenterKit.Ivr.Documents;

namespace CallCenterKit.Ivr;

/// <summary>A flow that is data: a state machine that can be stored, edited, versioned, checked as a whole and drawn.</summary>
/// <remarks>Immutable. A call finishes on the version it began with.</remarks>
public sealed class IvrFlow : IFlow
{
    private readonly FrozenDictionary<string, IvrNode> _nodes;

    private IvrFlow(IvrDocument document)
    {
        Document = document;
        _nodes = document.Nodes.ToFrozenDictionary(node => node.Name);
    }

    /// <inheritdoc />
    public string Name => Document.Name;

    /// <summary>What it was made of.</summary>
    public IvrDocument Document { get; }

    /// <summary>Writes a flow in C#, beginning with what the caller hears first.</summary>
    /// <param name="name">Unique within a center.</param>
    /// <param name="build">Adds the steps of the first node, then further nodes.</param>
    /// <param name="references">What the flow may name; nothing of this is checked when null.</param>
    /// <exception cref="FlowValidationException">The flow has faults; the exception lists all.</exception>
    public static IvrFlow Create(string name, Action<IvrFlowBuilder> build, FlowReferences? references = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        var builder = new IvrFlowBuilder(name);
        build(builder);
        return From(builder.ToDocument(), references);
    }

    /// <summary>Reads a flow from JSON.</summary>
    /// <param name="json">What <see cref="ToJson"/> writes, or a person did.</param>
    /// <param name="references">What the flow may name; nothing of this is checked when null.</param>
    /// <exception cref="System.Text.Json.JsonException">It is not such a document; the message says where.</exception>
    /// <exception cref="FlowValidationException">The flow has faults; the exception lists all.</exception>
    public static IvrFlow FromJson(string json, FlowReferences? references = null) => From(IvrDocument.FromJson(json), references);

    /// <summary>Makes a document runnable.</summary>
    /// <param name="document">The document.</param>
    /// <param name="references">What the flow may name; nothing of this is checked when null.</param>
    /// <exception cref="FlowValidationException">The flow has faults; the exception lists all.</exception>
    public static IvrFlow From(IvrDocument document, FlowReferences? references = null)
    {
        var faults = Validate(document, references);
        return faults.Count == 0 ? new(document) : throw new FlowValidationException(document.Name, faults);
    }

    /// <summary>Everything that is wrong with a document, in the order of its nodes; empty when it can run.</summary>
    /// <param name="document">The document.</param>
    /// <param name="references">What the flow may name; nothing of this is checked when null.</param>
    public static IReadOnlyList<FlowFault> Validate(IvrDocument document, FlowReferences? references = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new FlowValidator(document, references ?? new()).Run();
    }

    /// <summary>The document as indented JSON, which <see cref="FromJson"/> reads.</summary>
    public string ToJson() => Document.ToJson();

    /// <summary>A drawing: a Mermaid flowchart, one box for each node.</summary>
    public string ToMermaid() => MermaidDrawing.Draw(Document);

    /// <inheritdoc />
    public async Task RunAsync(FlowCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var conversation = new IvrConversation(call, cancellationToken);
        for (string? node = Document.Start; node is not null;)
            node = await conversation.RunAsync(_nodes[node]).ConfigureAwait(false);
    }
}

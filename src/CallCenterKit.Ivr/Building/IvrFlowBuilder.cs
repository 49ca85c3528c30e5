using System.Collections.Immutable;
using CallCenterKit.Ivr.Documents;

namespace CallCenterKit.Ivr.Building;

/// <summary>Writes a flow: its own steps are the first node, <see cref="StartNode"/>; further nodes follow by name.</summary>
public sealed class IvrFlowBuilder : IvrStepBuilder<IvrFlowBuilder>
{
    /// <summary>What the first node is called, so that others can lead back to it.</summary>
    public const string StartNode = "start";

    private readonly ImmutableArray<IvrNode>.Builder _nodes = ImmutableArray.CreateBuilder<IvrNode>();
    private readonly string _name;
    private int _version = 1;

    internal IvrFlowBuilder(string name) => _name = name;

    /// <summary>The version of the flow; 1 when it is not said.</summary>
    public IvrFlowBuilder Version(int version)
    {
        _version = version;
        return this;
    }

    /// <summary>Adds a node that others lead to.</summary>
    /// <param name="name">Unique within the flow.</param>
    /// <param name="node">Adds its steps.</param>
    public IvrFlowBuilder Node(string name, Action<IvrNodeBuilder> node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var builder = new IvrNodeBuilder();
        node(builder);
        _nodes.Add(new(name, builder.Steps));
        return this;
    }

    internal IvrDocument ToDocument() => new(_name, _version, StartNode, [new(StartNode, Steps), .. _nodes]);
}

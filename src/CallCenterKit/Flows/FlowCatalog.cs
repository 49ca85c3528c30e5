using System.Collections.Frozen;
using CallCenterKit.Ivr;

namespace CallCenterKit.Flows;

/// <summary>The flows of a center, by name.</summary>
internal sealed class FlowCatalog(IEnumerable<IFlow> flows) : IFlowCatalog
{
    private readonly FrozenDictionary<string, IFlow> _flows = flows.ToFrozenDictionary(flow => flow.Name, StringComparer.Ordinal);

    public IFlow? Find(string name) => _flows.GetValueOrDefault(name);
}

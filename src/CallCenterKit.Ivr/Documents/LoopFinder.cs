namespace CallCenterKit.Ivr.Documents;

/// <summary>Finds nodes that lead to themselves with nothing on the way that waits: such a call would never end.</summary>
internal sealed class LoopFinder(IReadOnlyDictionary<string, IvrNode> nodes)
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly List<string> _path = [];

    public void Find(IEnumerable<IvrNode> all, List<FlowFault> faults)
    {
        foreach (var node in all)
            Visit(node.Name, faults);
    }

    private void Visit(string name, List<FlowFault> faults)
    {
        if (_path.IndexOf(name) is var begin and >= 0)
        {
            var loop = string.Join(" → ", _path.Skip(begin).Append(name));
            faults.Add(new(name, $"loops without waiting for the caller: {loop}; put a menu or a prompt without barge-in between"));
            return;
        }

        if (!_done.Add(name) || !nodes.TryGetValue(name, out var node) || node.Steps.IsDefault)
            return;
        _path.Add(name);
        foreach (var next in LeavesAtOnceFor(node).Distinct())
            Visit(next, faults);
        _path.RemoveAt(_path.Count - 1);
    }

    private static IEnumerable<string> LeavesAtOnceFor(IvrNode node)
    {
        foreach (var step in node.Steps)
        {
            foreach (var exit in step.Exits().Where(exit => exit.AtOnce))
                yield return exit.Node;
            if (!step.CanPassAtOnce())
                yield break;
        }
    }
}

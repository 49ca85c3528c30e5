namespace CallCenterKit.Ivr.Documents;

/// <summary>Finds everything that is wrong with a document, so that whoever wrote it is told once.</summary>
internal sealed class FlowValidator(IvrDocument document, FlowReferences references)
{
    private readonly StepRules _rules = new(references);
    private readonly Dictionary<string, IvrNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<FlowFault> _faults = [];

    public IReadOnlyList<FlowFault> Run()
    {
        CheckDocument();
        if (document.Nodes.IsDefaultOrEmpty)
            return _faults;

        foreach (var node in document.Nodes)
            CheckName(node);
        var reached = Reach();
        foreach (var node in document.Nodes)
        {
            CheckSteps(node);
            if (reached.Count > 0 && !reached.Contains(node.Name))
                _faults.Add(new(node.Name, "no way leads here"));
        }

        new LoopFinder(_nodes).Find(document.Nodes, _faults);
        return _faults;
    }

    private void CheckDocument()
    {
        if (string.IsNullOrWhiteSpace(document.Name))
            _faults.Add(new(null, "the flow has no name"));
        if (document.Version < 1)
            _faults.Add(new(null, $"version {document.Version} must be 1 or more"));
        if (document.Nodes.IsDefaultOrEmpty)
            _faults.Add(new(null, "the flow has no nodes"));
        else if (document.Nodes.All(node => node.Name != document.Start))
            _faults.Add(new(null, $"the start node '{document.Start}' does not exist"));
    }

    private void CheckName(IvrNode node)
    {
        if (string.IsNullOrWhiteSpace(node.Name))
            _faults.Add(new(node.Name, "a node has no name"));
        if (!_nodes.TryAdd(node.Name, node))
            _faults.Add(new(node.Name, "the name is used twice"));
    }

    private void CheckSteps(IvrNode node)
    {
        if (node.Steps.IsDefaultOrEmpty)
        {
            _faults.Add(new(node.Name, "there is no step"));
            return;
        }

        for (var i = 0; i < node.Steps.Length; i++)
        {
            var step = node.Steps[i];
            foreach (var problem in _rules.Faults(step).Concat(UnknownNodes(step)).Concat(BadPlace(node, i)))
                _faults.Add(new(node.Name, $"step {i + 1} ({step.Verb()}): {problem}"));
        }
    }

    private IEnumerable<string> UnknownNodes(IvrStep step) =>
        from exit in step.Exits()
        where !_nodes.ContainsKey(exit.Node)
        select exit.On.Length == 0 ? $"there is no node '{exit.Node}'" : $"'{exit.On}' leads to node '{exit.Node}', which does not exist";

    private static IEnumerable<string> BadPlace(IvrNode node, int index)
    {
        var goesOnAfter = node.Steps[index].GoesOnAfter();
        var isLast = index == node.Steps.Length - 1;
        if (isLast && goesOnAfter.Count > 0)
            yield return $"nothing follows {string.Join(", ", goesOnAfter)}: name a node, or end with hang up or go to";
        if (!isLast && goesOnAfter.Count == 0)
            yield return "the steps after it are never reached";
    }

    private HashSet<string> Reach()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Stack<string>([document.Start]);
        while (ahead.TryPop(out var name))
        {
            if (!_nodes.TryGetValue(name, out var node) || !reached.Add(name) || node.Steps.IsDefault)
                continue;
            foreach (var exit in node.Steps.SelectMany(step => step.Exits()))
                ahead.Push(exit.Node);
        }

        return reached;
    }
}

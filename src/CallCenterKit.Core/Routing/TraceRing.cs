namespace CallCenterKit.Routing;

/// <summary>Keeps the last commands, and the state they begin with. One thread.</summary>
/// <remarks>Two halves: when the newer is full the older is dropped and a fresh one begins with the state of that moment.</remarks>
internal sealed class TraceRing(int capacity, RoutingSnapshot start)
{
    private Half? _older;
    private Half _newer = new(start);

    public void Add(RoutingEngine engine, DateTimeOffset at, RoutingCommand command, RoutingOutput output)
    {
        _newer.Entries.Add(new(at, command, [.. output.Effects], [.. output.Decisions]));
        if (_newer.Entries.Count < Math.Max(1, capacity / 2))
            return;
        _older = _newer;
        _newer = new(engine.TakeSnapshot());
    }

    public RoutingTrace ToTrace() => _older is { } older
        ? new(older.Start, [.. older.Entries, .. _newer.Entries])
        : new(_newer.Start, [.. _newer.Entries]);

    private sealed record Half(RoutingSnapshot Start)
    {
        public List<TraceEntry> Entries { get; } = [];
    }
}

namespace CallCenterKit.Routing;

/// <summary>Takes what one command led to. Owned and reused by the caller; one thread.</summary>
public sealed class RoutingOutput
{
    private readonly List<RoutingEvent> _events = [];
    private readonly List<RoutingEffect> _effects = [];

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<RoutingEvent> Events => _events;

    /// <summary>What is to be done, in order.</summary>
    public IReadOnlyList<RoutingEffect> Effects => _effects;

    /// <summary>Forgets both.</summary>
    public void Clear()
    {
        _events.Clear();
        _effects.Clear();
    }

    internal void Add(RoutingEvent happened) => _events.Add(happened);

    internal void Add(RoutingEffect wanted) => _effects.Add(wanted);
}

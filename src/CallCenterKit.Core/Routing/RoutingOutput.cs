namespace CallCenterKit.Routing;

/// <summary>Takes what one command led to. Owned and reused by the caller; one thread.</summary>
public sealed class RoutingOutput
{
    private readonly List<RoutingEvent> _events = [];
    private readonly List<RoutingEffect> _effects = [];
    private readonly List<RoutingDecision> _decisions = [];

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<RoutingEvent> Events => _events;

    /// <summary>What is to be done, in order.</summary>
    public IReadOnlyList<RoutingEffect> Effects => _effects;

    /// <summary>Whether <see cref="Decisions"/> are written down.</summary>
    public bool TracesDecisions { get; set; }

    /// <summary>Why those were chosen who are rung; one for each <see cref="Offer"/> while <see cref="TracesDecisions"/> is on.</summary>
    public IReadOnlyList<RoutingDecision> Decisions => _decisions;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _events.Clear();
        _effects.Clear();
        _decisions.Clear();
    }

    internal void Add(RoutingDecision decision) => _decisions.Add(decision);

    internal void Add(RoutingEvent happened) => _events.Add(happened);

    internal void Add(RoutingEffect wanted) => _effects.Add(wanted);
}

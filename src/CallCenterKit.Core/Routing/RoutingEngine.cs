namespace CallCenterKit.Routing;

/// <summary>Decides who is offered which interaction. No clock, no I/O, no lock, no task.</summary>
/// <remarks>
/// One thread at a time. The same commands at the same times lead to the same events and effects. State changes only in
/// <see cref="Apply"/>: a start is the latest snapshot plus the events after it. Every <see cref="Enqueue"/> is answered
/// by exactly one <see cref="Connect"/> or <see cref="Release"/>, unless the process dies in between.
/// </remarks>
public sealed class RoutingEngine
{
    /// <summary>An engine with no model: the first command is <see cref="ApplyModel"/>.</summary>
    /// <param name="strategies">Found by <see cref="IRoutingStrategy.Name"/>, without regard to case.</param>
    /// <param name="epoch">The life of the center; part of every id the engine gives.</param>
    /// <param name="seed">Begins the engine's random generator.</param>
    /// <exception cref="ArgumentException">Two strategies have one name.</exception>
    public RoutingEngine(IEnumerable<IRoutingStrategy> strategies, long epoch, ulong seed) => throw new NotImplementedException();

    /// <summary>When time alone will next change something; <see cref="AdvanceClock"/> is wanted then. Null is never.</summary>
    public DateTimeOffset? NextDeadline => throw new NotImplementedException();

    /// <summary>An engine in the state of a snapshot; follow with <see cref="Apply"/> for each later event.</summary>
    /// <param name="snapshot">The state.</param>
    /// <param name="strategies">As for a new engine.</param>
    /// <param name="epoch">The life of the center that begins. When it differs from the snapshot's, the first command is <see cref="BeginEpoch"/>.</param>
    /// <exception cref="ArgumentException">A queue names a strategy that is not there.</exception>
    public static RoutingEngine Restore(RoutingSnapshot snapshot, IEnumerable<IRoutingStrategy> strategies, long epoch) => throw new NotImplementedException();

    /// <summary>Takes one command in and writes what it leads to.</summary>
    /// <param name="command">What the engine is told.</param>
    /// <param name="now">UTC; an earlier instant than the last one counts as the last one.</param>
    /// <param name="output">Takes events and effects; not cleared.</param>
    /// <exception cref="ArgumentException">A queue of the model names a strategy that is not there; nothing has changed.</exception>
    public void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output) => throw new NotImplementedException();

    /// <summary>Takes in one event of an earlier life, in order.</summary>
    public void Apply(RoutingEvent happened, DateTimeOffset at) => throw new NotImplementedException();

    /// <summary>The whole state, to be kept as JSON.</summary>
    public RoutingSnapshot TakeSnapshot() => throw new NotImplementedException();
}

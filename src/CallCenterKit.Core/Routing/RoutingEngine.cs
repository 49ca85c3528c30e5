namespace CallCenterKit.Routing;

/// <summary>Decides who is offered which interaction. No clock, no I/O, no lock, no task.</summary>
/// <remarks>
/// One thread at a time. The same commands at the same times lead to the same events and effects. State changes only in
/// <see cref="Apply"/>: a start is the latest snapshot plus the events after it. Every <see cref="Enqueue"/> is answered
/// by exactly one <see cref="Connect"/> or <see cref="Release"/>, unless the process dies in between. An endpoint counts as
/// reachable until <see cref="ReachabilityChanged"/> says otherwise.
/// </remarks>
public sealed partial class RoutingEngine
{
    /// <summary>How long a withdrawn offer may take to be confirmed closed.</summary>
    internal static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    private readonly StrategyTable _strategies;
    private readonly RoutingState _state;
    private readonly RoutingIndex _index;
    private readonly ulong _generator;

    /// <summary>An engine with no model: the first command is <see cref="ApplyModel"/>.</summary>
    /// <param name="strategies">Found by <see cref="IRoutingStrategy.Name"/>, without regard to case.</param>
    /// <param name="epoch">The life of the center; part of every id the engine gives.</param>
    /// <param name="seed">Begins the engine's random generator.</param>
    /// <exception cref="ArgumentException">Two strategies have one name.</exception>
    public RoutingEngine(IEnumerable<IRoutingStrategy> strategies, long epoch, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        _strategies = new(strategies);
        _index = new(_strategies);
        _state = new(epoch, _index);
        _index.Attach(_state);
        _generator = seed;
    }

    /// <summary>When time alone will next change something; <see cref="AdvanceClock"/> is wanted then. Null is never.</summary>
    public DateTimeOffset? NextDeadline => _index.Deadlines.Earliest;

    private DateTimeOffset Now => _index.Now;

    /// <summary>An engine in the state of a snapshot; follow with <see cref="Apply"/> for each later event.</summary>
    /// <param name="snapshot">The state.</param>
    /// <param name="strategies">As for a new engine.</param>
    /// <param name="epoch">The life of the center that begins. When it is not the snapshot's, the first command is <see cref="BeginEpoch"/>.</param>
    /// <exception cref="ArgumentException">A queue names a strategy that is not there.</exception>
    public static RoutingEngine Restore(RoutingSnapshot snapshot, IEnumerable<IRoutingStrategy> strategies, long epoch)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var engine = new RoutingEngine(strategies, epoch, snapshot.Generator);
        engine._strategies.Check(snapshot.Model);
        engine._state.Load(snapshot);
        engine._index.ModelChanged();
        return engine;
    }

    /// <summary>Takes one command in and writes what it leads to.</summary>
    /// <param name="command">What the engine is told.</param>
    /// <param name="now">UTC; an earlier instant than the last one counts as the last one.</param>
    /// <param name="output">Takes events and effects; not cleared.</param>
    /// <exception cref="ArgumentException">A queue of the model names a strategy that is not there; nothing has changed.</exception>
    public void Handle(RoutingCommand command, DateTimeOffset now, RoutingOutput output)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(output);
        PassTimeTo(now);
        if (command is BeginEpoch)
            CloseWhatDied(output);
        MeetDeadlines(output);
        Decide(command, output);
        MeetDeadlines(output); // Another model may have brought some forward.
        OfferWaiting(output);
    }

    /// <summary>Takes in one event of an earlier life, in order. Unlike <see cref="Handle"/> it decides nothing.</summary>
    /// <exception cref="ArgumentException">A queue of the model names a strategy that is not there.</exception>
    public void Apply(RoutingEvent happened, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(happened);
        PassTimeTo(at);
        if (happened is ModelApplied model)
            _strategies.Check(model.Model);
        _state.Apply(happened, Now);
    }

    /// <summary>The whole state, to be kept as JSON.</summary>
    public RoutingSnapshot TakeSnapshot() => RoutingStateSnapshot.Write(_state, _generator);

    private void PassTimeTo(DateTimeOffset now)
    {
        if (now > _index.Now)
            _index.Now = now;
    }

    private void Decide(RoutingCommand command, RoutingOutput output)
    {
        switch (command)
        {
            case ApplyModel model: Decide(model, output); break;
            case LogIn login: Decide(login, output); break;
            case LogOut logout: Decide(logout, output); break;
            case Pause pause: Decide(pause, output); break;
            case Resume resume: Decide(resume, output); break;
            case ReachabilityChanged reachability: Decide(reachability, output); break;
            case Enqueue enqueue: Decide(enqueue, output); break;
            case Leave leave: Decide(leave, output); break;
            case OfferAnswered answered: Decide(answered, output); break;
            case OfferFailed failed: Decide(failed, output); break;
            case OfferClosed closed: Decide(closed, output); break;
            case AssignmentEnded ended: Decide(ended, output); break;
            case FinishWrapUp finish: Decide(finish, output); break;
            case BeginEpoch or AdvanceClock: break;
            default: throw new ArgumentException($"Routing has no rule for {command.GetType()}.", nameof(command));
        }
    }

    private void MeetDeadlines(RoutingOutput output)
    {
        while (_index.Deadlines.TryTakeDue(Now, out var kind, out var owner))
        {
            switch (kind)
            {
                case DeadlineKind.Wait: TimeOut((QueueEntry)owner, output); break;
                case DeadlineKind.Ring: RingTimePassed((OpenOffer)owner, output); break;
                case DeadlineKind.Settle: Happen(new AgentUnreachable(((OpenOffer)owner).Agent.Id), output); break;
                case DeadlineKind.WrapUp: WrapUpTimePassed((Presence)owner, output); break;
                case DeadlineKind.Rest: _index.AgentChanged((Presence)owner); break;
            }
        }
    }

    private void OfferWaiting(RoutingOutput output)
    {
        while (_index.TryTakePair(out var entry, out var agent))
            OfferTo(agent, entry, output);
    }

    private void Happen(RoutingEvent happened, RoutingOutput output)
    {
        output.Add(happened);
        _state.Apply(happened, Now);
    }
}

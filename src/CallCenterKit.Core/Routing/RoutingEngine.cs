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
    private readonly ulong _seed;

    /// <summary>An engine with no model: the first command is <see cref="ApplyModel"/>.</summary>
    /// <param name="strategies">Found by <see cref="IRoutingStrategy.Name"/>, without regard to case.</param>
    /// <param name="epoch">The life of the center; part of every id the engine gives.</param>
    /// <param name="seed">With the number of an offer it gives whoever is drawn for it: the same seed, the same draws.</param>
    /// <exception cref="ArgumentException">Two strategies have one name.</exception>
    public RoutingEngine(IEnumerable<IRoutingStrategy> strategies, long epoch, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        _strategies = new(strategies);
        _index = new(_strategies);
        _state = new(epoch, _index);
        _index.Attach(_state);
        _seed = seed;
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
        var engine = new RoutingEngine(strategies, epoch, snapshot.Seed);
        engine._strategies.Check(snapshot.Model);
        engine.PassTimeTo(snapshot.At);
        engine._state.Load(snapshot);
        engine.PassTimeTo(snapshot.At); // Windows and days cannot be counted from the beginning of time.
        engine._index.Rebuild(isRestart: true);
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
    public RoutingSnapshot TakeSnapshot() => RoutingStateSnapshot.Write(_state, _seed);

    private void PassTimeTo(DateTimeOffset now)
    {
        if (now > _index.Now)
            _index.Now = now;
    }

    private void Decide(RoutingCommand command, RoutingOutput output)
    {
        switch (command)
        {
            case Enqueue e: Decide(e, output); break;
            case Leave e: Decide(e, output); break;
            case OfferAnswered e: Decide(e, output); break;
            case OfferFailed e: Decide(e, output); break;
            case OfferClosed e: Decide(e, output); break;
            case CallTaken e: Decide(e, output); break;
            case AssignmentEnded e: Decide(e, output); break;
            case FinishWrapUp e: Decide(e, output); break;
            case HoldAssignment e: Decide(e, output); break;
            case Escalate e: Decide(e, output); break;
            case RequestCallback e: Decide(e, output); break;
            case PartyReached e: Decide(e, output); break;
            case PartyNotReached e: Decide(e, output); break;
            case ScoresArrived e: Decide(e, output); break;
            case LogIn e: Decide(e, output); break;
            case LogOut e: Decide(e, output); break;
            case Pause e: Decide(e, output); break;
            case Resume e: Decide(e, output); break;
            case ReachabilityChanged e: Decide(e, output); break;
            case ApplyModel e: Decide(e, output); break;
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
                case DeadlineKind.Closing: ClosingTime((QueueBook)owner, output); break;
                case DeadlineKind.Entry: DueFor((QueueEntry)owner, output); break;
                case DeadlineKind.Ring: RingTimePassed((OpenOffer)owner, output); break;
                case DeadlineKind.Settle: SettleTimePassed((OpenOffer)owner, output); break;
                case DeadlineKind.WrapUp: WrapUpTimePassed((Presence)owner, output); break;
                case DeadlineKind.Mark: Qualify((Presence)owner, output); break;
                case DeadlineKind.Empty: GraceTimePassed((QueueBook)owner, output); break;
                case DeadlineKind.Day: _index.DayPassed((QueueBook)owner); break;
                case DeadlineKind.Rest or DeadlineKind.Window: _index.AgentChanged((Presence)owner); break;
            }
        }
    }

    private void OfferWaiting(RoutingOutput output)
    {
        while (true)
        {
            while (_index.TryTakeOrphan(out var orphan))
                OpenFor(orphan, OpeningKind.Owner, output);
            if (!_index.TryTakePair(out var entry, out var lane))
                return;
            if (entry.Lane!.Queue.Model.Scorer is not null && !entry.FellBack && !entry.IsOffered)
                AskScorer(entry, lane, output);
            else
                OfferTo(Choose(lane, entry), entry, output);
        }
    }

    private void Happen(RoutingEvent happened, RoutingOutput output)
    {
        output.Add(happened);
        _state.Apply(happened, Now);
    }
}

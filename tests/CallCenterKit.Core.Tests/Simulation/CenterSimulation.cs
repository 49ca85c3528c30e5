using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>
/// One queue of a center under virtual time. All decisions are those of <see cref="RoutingEngine"/>; this brings callers,
/// answers every offer in the instant it is made, and hangs up.
/// </summary>
internal sealed class CenterSimulation
{
    public static readonly QueueId Queue = new("line");
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly ActorId Host = new("simulation");
    private static readonly AdvanceClock AdvanceClock = new();

    private readonly RoutingEngine _engine = new([new LongestIdleStrategy()], epoch: 1, seed: 1);
    private readonly RoutingOutput _output = new();
    private readonly Queue<RoutingCommand> _inbox = new();
    private readonly PriorityQueue<Happening, long> _ahead = new(); // By ticks. Ties come in any order, but in the same one on each run.
    private readonly Dictionary<InteractionId, Caller> _waiting = [];
    private readonly CallerStream _callers;
    private long _wanted, _arrived;

    /// <summary>Everybody is logged in and nobody has called yet.</summary>
    /// <param name="traffic">Who calls and who is there.</param>
    /// <param name="seed">The same seed is the same day.</param>
    /// <param name="configure">Changes the queue, which has no wrap-up, no limits, and the longest idle first.</param>
    public CenterSimulation(Traffic traffic, ulong seed, Func<QueueModel, QueueModel>? configure = null)
    {
        _callers = new(traffic, seed);
        AgentId[] agents = [.. Enumerable.Range(1, traffic.Agents).Select(number => new AgentId($"agent-{number}"))];
        var queue = new QueueModel(Queue, Queue.Value, LongestIdleStrategy.StrategyName, [.. agents.Select(id => new QueueMember(id))]) { WrapUp = TimeSpan.Zero };
        var model = new CallCenterModel(
            Version: 1,
            Agents: agents.ToDictionary(id => id, id => new AgentModel(id, id.Value, [], new Dictionary<string, int> { [Channels.Voice] = 1 })),
            Queues: new Dictionary<QueueId, QueueModel> { [Queue] = configure?.Invoke(queue) ?? queue });
        Tell(new ApplyModel(model));
        foreach (var agent in agents)
            Tell(new LogIn(agent, new EndpointId(agent.Value), Host));
    }

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>Who never hangs up, whatever the traffic says. Asked once for each caller, as it arrives.</summary>
    public Func<Caller, bool> IsPatient { get; init; } = _ => false;

    /// <summary>What the engine is told when a caller arrives.</summary>
    public Func<Caller, Enqueue> EnqueueOf { get; init; } = caller => new(caller.Interaction, Queue);

    /// <summary>A caller arrived; the engine is about to hear of it.</summary>
    public Action<Caller>? Arrived { get; init; }

    /// <summary>A caller arrived and no agent answered in that instant.</summary>
    public Action<Caller>? BeganToWait { get; init; }

    /// <summary>An agent answered; after a wait of zero too.</summary>
    public Action<Caller>? Answered { get; init; }

    /// <summary>A caller is gone without an agent: hung up, or timed out or refused by the queue.</summary>
    public Action<Caller, QueueOutcome>? Released { get; init; }

    /// <summary>Each effect of the engine at <see cref="Now"/>, before the simulation acts on it.</summary>
    public Action<RoutingEffect>? Performed { get; init; }

    /// <summary>Each event of the engine at <see cref="Now"/>, before the effects of the same command.</summary>
    public Action<RoutingEvent>? Happened { get; init; }

    /// <summary>Who waits under this id; null when nobody does.</summary>
    public Caller? FindWaiting(InteractionId interaction) => _waiting.GetValueOrDefault(interaction);

    /// <summary>Why who waits has the place they have, and how long they are expected to wait.</summary>
    public PlaceExplanation Explain(InteractionId interaction) =>
        _engine.Explain(interaction, Now) ?? throw new InvalidOperationException($"{interaction} does not wait.");

    /// <summary>Lets so many more callers arrive, and time pass until the last of them is gone.</summary>
    public void Run(int callers)
    {
        _wanted += callers;
        AwaitNextArrival();
        while (_ahead.Count > 0 || _waiting.Count > 0)
        {
            var isAhead = _ahead.TryPeek(out var next, out var ticks);
            if (_engine.NextDeadline is { } deadline && (!isAhead || deadline.UtcTicks <= ticks))
            {
                MoveTo(deadline);
                Tell(AdvanceClock);
            }
            else if (isAhead)
            {
                _ahead.Dequeue();
                Now = new(ticks, TimeSpan.Zero);
                Meet(next);
            }
            else
            {
                throw new InvalidOperationException($"{_waiting.Count} callers wait for ever: nothing lies ahead.");
            }
        }
    }

    private void MoveTo(DateTimeOffset deadline)
    {
        if (deadline <= Now)
            throw new InvalidOperationException($"The engine wants to be woken at {deadline:O}, and it is {Now:O}.");
        Now = deadline;
    }

    private void Meet(Happening happening)
    {
        switch (happening)
        {
            case { Kind: HappeningKind.Arrival }:
                Arrive(happening.Caller);
                break;
            case { Kind: HappeningKind.PatienceOver, Caller: { IsWaiting: true } caller }:
                Tell(new Leave(caller.Interaction, QueueExit.Abandoned));
                break;
            case { Kind: HappeningKind.HandlingOver, Caller: { Agent: { } agent } caller }:
                Tell(new AssignmentEnded(agent, caller.Interaction));
                break;
        }
    }

    private void Arrive(Caller caller)
    {
        _arrived++;
        AwaitNextArrival();
        caller.PatientUntil = IsPatient(caller) ? null : Now + caller.Patience;
        _waiting.Add(caller.Interaction, caller);
        Arrived?.Invoke(caller);
        Tell(EnqueueOf(caller));
        if (!caller.IsWaiting)
            return;
        if (caller.PatientUntil is { } until)
            _ahead.Enqueue(new(HappeningKind.PatienceOver, caller), until.UtcTicks);
        BeganToWait?.Invoke(caller);
    }

    private void AwaitNextArrival()
    {
        if (_arrived == _wanted)
            return;
        var caller = _callers.Next(Now);
        _ahead.Enqueue(new(HappeningKind.Arrival, caller), caller.ArrivedAt.UtcTicks);
    }

    private void Tell(RoutingCommand command)
    {
        _inbox.Enqueue(command);
        while (_inbox.TryDequeue(out var next))
        {
            _output.Clear();
            _engine.Handle(next, Now, _output);
            if (Happened is not null)
            {
                foreach (var happened in _output.Events)
                    Happened(happened);
            }
            for (var index = 0; index < _output.Effects.Count; index++)
                Perform(_output.Effects[index]);
        }
    }

    private void Perform(RoutingEffect effect)
    {
        Performed?.Invoke(effect);
        switch (effect)
        {
            case Offer offer:
                _inbox.Enqueue(new OfferAnswered(offer.Id));
                break;
            case WithdrawOffer withdrawn:
                _inbox.Enqueue(new OfferClosed(withdrawn.Id));
                break;
            case Connect connect when _waiting.Remove(connect.Interaction, out var caller):
                (caller.Agent, caller.Waited, caller.IsWaiting) = (connect.Agent, connect.Waited, false);
                _ahead.Enqueue(new(HappeningKind.HandlingOver, caller), (Now + caller.Handling).UtcTicks);
                Answered?.Invoke(caller);
                break;
            case Release release when _waiting.Remove(release.Interaction, out var caller):
                (caller.Waited, caller.IsWaiting) = (Now - caller.ArrivedAt, false);
                Released?.Invoke(caller, release.Outcome);
                break;
        }
    }

    private enum HappeningKind
    {
        Arrival,
        PatienceOver,
        HandlingOver,
    }

    private readonly record struct Happening(HappeningKind Kind, Caller Caller);
}

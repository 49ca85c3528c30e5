using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using CallCenterKit.Voice;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>A center in which anything may happen at any time; the referee watches every command.</summary>
internal sealed class RandomCenter
{
    private readonly Day _day;
    private readonly IEngine _engine;
    private readonly RoutingOutput _output = new();
    private readonly Desk _desk = new();
    private int _lastInteraction;
    private int _version;

    public RandomCenter(Day day, IEngine engine, Rules rules)
    {
        (_day, _engine) = (day, engine);
        Referee = new(rules, engine);
        Now = day.Seed % 3 == 0 ? TestCenter.Noon.Date.AddMinutes(-6) : TestCenter.Noon; // Some days go past midnight.
    }

    public DateTimeOffset Now { get; private set; }

    public Referee Referee { get; }

    /// <summary>Every command and what came of it.</summary>
    public List<LoggedCommand> Log { get; } = [];

    public IEngine Engine => _engine;

    /// <summary>Called after every command.</summary>
    public Action<RandomCenter>? AfterEach { get; init; }

    public void Play()
    {
        Do(new ApplyModel(RandomModel.Of(_day.Seed, ++_version, 0)));
        foreach (var step in _day.Steps)
            Play(step);
    }

    /// <summary>The last commands and what came of them, for whoever has to find out.</summary>
    public string Story() => string.Concat(Log.TakeLast(25).Select(each =>
        $"\n{each.At:HH:mm:ss.fff} {each.Command}{string.Concat(each.Events.Select(happened => $"\n    {happened}"))}"));

    /// <summary>Everybody goes home: whatever is still open must come to an end.</summary>
    public void Close()
    {
        foreach (var interaction in _desk.Interactions.All.ToList())
            Do(new Leave(interaction, QueueExit.Closed));
        foreach (var (agent, interaction) in _desk.Talking.Open.ToList())
            Do(new AssignmentEnded(agent, interaction));
        Pass(TimeSpan.FromMinutes(1), late: TimeSpan.Zero);
        Referee.CheckThatAllIsOver();
    }

    private void Play(Step step)
    {
        Pass(TimeSpan.FromMilliseconds(step.Milliseconds), LateBy(step));
        Reply(step);
        var agent = RandomModel.Agents[step.Who % RandomModel.Agents.Length];
        switch (step.What)
        {
            case < 12: Do(new LogIn(agent, EndpointFor(step), TestCenter.Boss)); break;
            case < 13: Do(new LogOut(agent, TestCenter.Boss, WhenFree: step.Which % 2 == 0)); break;
            case < 15: Do(new Pause(agent, $"reason {step.Which % 3}", TestCenter.Boss)); break;
            case < 23: Do(new Resume(agent, TestCenter.Boss)); break;
            case < 24: Do(new ReachabilityChanged(EndpointOf(step.Who), step.Which % 3 > 0)); break;
            case < 39: Do(EnqueueNew(step)); break;
            case < 42: Any(_desk.Interactions, step, interaction => EnqueueOf(interaction, step)); break;
            case < 44: Any(_desk.Interactions, step, interaction => new Leave(interaction, (QueueExit)(step.Who % 6))); break;
            case < 46: Any(_desk.Interactions, step, interaction => new RequestCallback(interaction)); break;
            case < 62: Any(_desk.Offers, step, offer => new OfferAnswered(offer)); break;
            case < 65: Any(_desk.Offers, step, offer => new OfferFailed(offer, (OfferFailure)(step.Who % 4))); break;
            case < 66: Any(_desk.Offers, step, offer => new OfferClosed(offer)); break;
            case < 67: Do(TakeNew(agent, step)); break;
            case < 77: Any(_desk.Talking, step, pair => new AssignmentEnded(pair.Agent, pair.Interaction) { InVain = step.Who % 7 == 0 }); break;
            case < 83: Any(_desk.Parted, step, pair => new FinishWrapUp(pair.Agent, pair.Interaction, DispositionBy(step.Who), TestCenter.Boss)); break;
            case < 84: AnyTalk(step, pair => new HoldAssignment(pair.Agent, pair.Interaction, step.Who % 2 == 0)); break;
            case < 87: AnyTalk(step, pair => EscalateOf(pair, step)); break;
            case < 93: Any(_desk.Calls, step, call => step.Who % 2 == 0 ? new PartyReached(call) : new PartyNotReached(call, (CallbackFailure)(step.Who % 3))); break;
            case < 99: Any(_desk.Questions, step, question => new ScoresArrived(question.Entry, question.Round, ScoresBy(step, question))); break;
            default: Do(new ApplyModel(RandomModel.Of(_day.Seed, ++_version, step.Who))); break;
        }
    }

    /// <summary>Most of what rings no more is said to be closed, and most phones are there when they are asked.</summary>
    private void Reply(Step step)
    {
        if (step.Which % 3 > 0 && _desk.Withdrawn.Open.Count > 0)
            Any(_desk.Withdrawn, step, offer => new OfferClosed(offer));
        if (step.Who % 3 > 0 && _desk.Questionable.Open.Count > 0)
            Any(_desk.Questionable, step, endpoint => new ReachabilityChanged(endpoint, step.Who % 4 > 0));
    }

    /// <summary>Mostly the agent's own.</summary>
    private static EndpointId EndpointFor(Step step) => EndpointOf(step.Which % 4 > 0 ? step.Who % RandomModel.Agents.Length : step.Which);

    private static EndpointId EndpointOf(int number) => RandomModel.Endpoints[number % RandomModel.Endpoints.Length];

    private static QueueId QueueOf(int number) => RandomModel.Queues[number % RandomModel.Queues.Length];

    private static string? DispositionBy(int number) => (number % 8) switch
    {
        0 => null,
        1 => "gibberish",
        _ => "resolved",
    };

    /// <summary>Right ones, none, and those of agents who are busy or unheard of.</summary>
    private static List<AgentScore> ScoresBy(Step step, ScoresWanted question) => (step.Who % 5) switch
    {
        0 => [],
        1 => [.. RandomModel.Agents.Select((agent, index) => new AgentScore(agent, (index + step.Which) % 4))],
        2 => [new(new("nobody"), 9), new(question.Candidates[0], double.NaN)],
        _ => [.. question.Candidates.Select((agent, index) => new AgentScore(agent, (index * 7 + step.Which) % 5))],
    };

    /// <summary>On some days wake-ups come late, and commands come between the deadline and its wake-up.</summary>
    private TimeSpan LateBy(Step step) => _day.Seed % 4 == 0 ? TimeSpan.FromMilliseconds(step.Which % 50) : TimeSpan.Zero;

    /// <summary>A caller, or an agent.</summary>
    private RoutingCommand SomebodyComes(Step step) => (step.Which % 3) switch
    {
        0 => EnqueueNew(step),
        1 => new LogIn(RandomModel.Agents[step.Who % RandomModel.Agents.Length], EndpointFor(step), TestCenter.Boss),
        _ => new Resume(RandomModel.Agents[step.Who % RandomModel.Agents.Length], TestCenter.Boss),
    };

    private Enqueue EnqueueNew(Step step) => EnqueueOf(NewInteraction(), step);

    /// <summary>A call that came by no offer; it may be enqueued later.</summary>
    private CallTaken TakeNew(AgentId agent, Step step) => new(agent, NewInteraction())
    {
        Queue = step.Which % 3 == 0 ? null : QueueOf(step.Which),
        Direction = step.Which % 2 == 0 ? CallDirection.Outbound : CallDirection.Inbound,
    };

    private InteractionId NewInteraction()
    {
        InteractionId interaction = new(new Guid(++_lastInteraction, 0, 0, new byte[8]));
        _desk.Interactions.Open.Add(interaction);
        return interaction;
    }

    private Enqueue EnqueueOf(InteractionId interaction, Step step)
    {
        var dice = new Dice(((ulong)step.Who << 32) + (ulong)step.Which);
        return new(
            interaction,
            QueueOf(step.Who),
            dice.OneIn(4) ? Channels.Chat : Channels.Voice,
            Cost: dice.OneIn(7) ? 2 : 1,
            Reach: dice.Of(PartyReach.Present, PartyReach.Present, PartyReach.Present, PartyReach.Present, PartyReach.ToBeCalled, PartyReach.ByMessage),
            EnqueuedAt: dice.OneIn(4) ? Now - TimeSpan.FromSeconds(dice.Roll(60) - 5) : null)
        {
            Vip = dice.OneIn(4),
            Credits = CreditsOf(dice),
            Party = dice.OneIn(2) ? dice.Of(RandomModel.Parties) : null,
            Owner = dice.OneIn(3) ? dice.Of(RandomModel.Agents) : null,
            Requirement = dice.OneIn(4) ? dice.Of(RandomModel.Requirements) : SkillExpression.Any,
        };
    }

    /// <summary>A new list each time: the referee knows by it what entered by this very command.</summary>
    private static List<Credit> CreditsOf(Dice dice) => dice.Roll(4) switch
    {
        0 => [new("priority", dice.Seconds(1, 60))],
        1 => [new("priority", dice.Seconds(1, 30)), new("language", -dice.Seconds(1, 30))],
        _ => [],
    };

    private static Escalate EscalateOf((AgentId Agent, InteractionId Interaction) pair, Step step) =>
        new(pair.Agent, pair.Interaction, QueueOf(step.Who), TestCenter.Boss)
        {
            Requirement = step.Which % 4 == 0 ? RandomModel.Requirements[0] : SkillExpression.Any,
        };

    /// <summary>Mostly what is open; sometimes what was answered before, which must be ignored. With nothing to do somebody comes.</summary>
    private void Any<T>(Pile<T> pile, Step step, Func<T, RoutingCommand> command) =>
        Do(pile.TryTake(step.Which, out var item) ? command(item) : SomebodyComes(step));

    private void AnyTalk(Step step, Func<(AgentId Agent, InteractionId Interaction), RoutingCommand> command) =>
        Do(_desk.Talking.TryPeek(step.Which, out var pair) ? command(pair) : SomebodyComes(step));

    private void Pass(TimeSpan time, TimeSpan late)
    {
        var target = Now + time;
        while (_engine.NextDeadline is { } deadline && deadline + late <= target)
        {
            Now = deadline + late > Now ? deadline + late : Now;
            Do(new AdvanceClock());
            if (_engine.NextDeadline <= Now)
                throw new ObjectionException(Rules.All, $"the engine wants to be woken at {_engine.NextDeadline:O}, and it is {Now:O}");
        }
        Now = target;
    }

    private void Do(RoutingCommand command)
    {
        _output.Clear();
        _engine.Handle(command, Now, _output);
        var logged = new LoggedCommand(command, Now, [.. _output.Events], [.. _output.Effects]);
        Log.Add(logged);
        _desk.Take(logged);
        Referee.Watch(logged);
        AfterEach?.Invoke(this);
    }
}

/// <summary>A command of the log, and what it led to.</summary>
internal sealed record LoggedCommand(
    RoutingCommand Command,
    DateTimeOffset At,
    IReadOnlyList<RoutingEvent> Events,
    IReadOnlyList<RoutingEffect> Effects);

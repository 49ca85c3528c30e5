using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing;

/// <summary>An engine with a clock of its own, and the journal of what it did.</summary>
internal sealed class TestCenter
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    public static readonly AgentId Alice = new("alice"), Bob = new("bob"), Carol = new("carol");
    public static readonly EndpointId Desk1 = new("1001"), Desk2 = new("1002"), Desk3 = new("1003");
    public static readonly QueueId Sales = new("sales"), Help = new("help");
    public static readonly ActorId Boss = new("boss");

    private readonly RoutingOutput _output = new();
    private int _lastInteraction;

    public TestCenter(params QueueModel[] queues)
        : this(ModelOf(queues))
    {
    }

    public TestCenter(CallCenterModel model)
        : this(NewEngine()) => Send(new ApplyModel(model));

    public TestCenter(RoutingEngine engine) => Engine = engine;

    public RoutingEngine Engine { get; }

    public DateTimeOffset Now { get; private set; } = Noon;

    public List<JournalEntry> Journal { get; } = [];

    public IEnumerable<RoutingEvent> Events => Journal.Select(entry => (RoutingEvent)entry.Event);

    public List<RoutingEffect> Effects { get; } = [];

    public static RoutingEngine NewEngine() => new(BuiltInStrategies.All, epoch: 1, seed: 1);

    /// <summary>A center whose queues may name any strategy of the package.</summary>
    public static TestCenter WithAllStrategies(params QueueModel[] queues) => WithAllStrategies(ModelOf(queues));

    public static TestCenter WithAllStrategies(CallCenterModel model, ulong seed = 1) => With(BuiltInStrategies.All, model, seed);

    public static TestCenter With(IEnumerable<IRoutingStrategy> strategies, CallCenterModel model, ulong seed = 1)
    {
        var center = new TestCenter(new RoutingEngine(strategies, epoch: 1, seed));
        center.Send(new ApplyModel(model));
        return center;
    }

    public static QueueModel QueueOf(QueueId id, params AgentId[] members) =>
        new(id, id.Value, LongestIdleStrategy.StrategyName, [.. members.Select(member => new QueueMember(member))]) { WrapUp = TimeSpan.Zero };

    public static AgentModel AgentOf(AgentId id, int voice = 1, int chat = 0) => new(
        id, id.Value, [], new Dictionary<string, int> { [Channels.Voice] = voice, [Channels.Chat] = chat });

    public static CallCenterModel ModelOf(IEnumerable<QueueModel> queues, params AgentModel[] agents) => new(
        1,
        new[] { AgentOf(Alice), AgentOf(Bob), AgentOf(Carol) }.UnionBy(agents, agent => agent.Id)
            .ToDictionary(agent => agent.Id, agent => agents.FirstOrDefault(other => other.Id == agent.Id) ?? agent),
        queues.ToDictionary(queue => queue.Id));

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    public InteractionId NewInteraction() => new(new Guid(++_lastInteraction, 0, 0, new byte[8]));

    /// <summary>Handles the commands at this instant and returns the effects of them all.</summary>
    public IReadOnlyList<RoutingEffect> Send(params RoutingCommand[] commands)
    {
        var before = Effects.Count;
        foreach (var command in commands)
        {
            _output.Clear();
            Engine.Handle(command, Now, _output);
            foreach (var happened in _output.Events)
                Journal.Add(new(Streams.Routing, 1, Journal.Count + 1, Now, happened) { Position = Journal.Count + 1 });
            Effects.AddRange(_output.Effects);
        }
        return Effects[before..];
    }

    /// <summary>Lets time pass as the loop would: the engine is woken at each of its deadlines.</summary>
    public IReadOnlyList<RoutingEffect> Advance(TimeSpan by)
    {
        var before = Effects.Count;
        var target = Now + by;
        while (Engine.NextDeadline is { } deadline && deadline <= target)
        {
            Assert.True(deadline > Now, $"The engine wants to be woken at {deadline:O}, and it is {Now:O}.");
            Now = deadline;
            Send(new AdvanceClock());
        }
        Now = target;
        return Effects[before..];
    }

    /// <summary>Moves the clock without waking the engine: nobody was there to do it.</summary>
    public void SetClock(DateTimeOffset now) => Now = now;

    public IReadOnlyList<RoutingEffect> LogIn(AgentId agent, EndpointId endpoint) => Send(new LogIn(agent, endpoint, Boss));

    /// <summary>Logs Alice, Bob and Carol in, a second apart: Alice has been idle longest.</summary>
    public void LogInAll()
    {
        LogIn(Alice, Desk1);
        Advance(Seconds(1));
        LogIn(Bob, Desk2);
        Advance(Seconds(1));
        LogIn(Carol, Desk3);
        Advance(Seconds(1));
    }

    /// <summary>A call begins to wait.</summary>
    public InteractionId Enqueue(QueueId queue)
    {
        var interaction = NewInteraction();
        Send(new Enqueue(interaction, queue));
        return interaction;
    }

    /// <summary>The offer that rings at an agent.</summary>
    public Offer RingingAt(AgentId agent) => FindRinging(agent) ?? throw new InvalidOperationException($"Nothing rings at {agent}.");

    public Offer? FindRinging(AgentId agent)
    {
        var closed = Events.OfType<OfferEnded>().Select(ended => ended.Offer).ToHashSet();
        return Effects.OfType<Offer>().SingleOrDefault(offer => offer.Agent == agent && !closed.Contains(offer.Id));
    }

    /// <summary>The agent takes what rings.</summary>
    public InteractionId Answer(AgentId agent)
    {
        var offer = RingingAt(agent);
        Send(new OfferAnswered(offer.Id));
        return offer.Interaction;
    }

    /// <summary>The agent takes what rings, talks that long and is done with it.</summary>
    public InteractionId Serve(AgentId agent, TimeSpan talk = default)
    {
        var interaction = Answer(agent);
        Advance(talk);
        Send(new AssignmentEnded(agent, interaction));
        return interaction;
    }

    /// <summary>The agent's phone says that the withdrawn offer rings no more.</summary>
    public IReadOnlyList<RoutingEffect> Settle(AgentId agent) => Send(new OfferClosed(StateOf(agent).Offer!.Offer));

    /// <summary>The next life of the center, from a snapshot that was kept as JSON.</summary>
    public TestCenter Restart(long epoch = 2)
    {
        var json = JsonSerializer.Serialize(Engine.TakeSnapshot(), EventCatalog.JsonOptions);
        var snapshot = JsonSerializer.Deserialize<RoutingSnapshot>(json, EventCatalog.JsonOptions)!;
        var next = new TestCenter(RoutingEngine.Restore(snapshot, BuiltInStrategies.All, epoch)) { _lastInteraction = _lastInteraction };
        next.SetClock(Now);
        next.Send(new BeginEpoch());
        return next;
    }

    public AgentState Board(AgentId agent) =>
        new CallCenterKit.Live.LiveBoard(Engine.TakeSnapshot()).Current.Agents.Single(each => each.Id == agent).State;

    public EntrySnapshot EntryOf(InteractionId interaction) =>
        Engine.TakeSnapshot().Entries.Single(entry => entry.Interaction == interaction);

    public DateTimeOffset WhenLast<T>()
        where T : RoutingEvent => Journal.Last(entry => entry.Event is T).At;

    public AgentSnapshot StateOf(AgentId agent) => Engine.TakeSnapshot().Agents.Single(each => each.Agent == agent);

    public T Last<T>()
        where T : RoutingEvent => Events.OfType<T>().Last();

    public static QueueOutcome OutcomeOf(RoutingEffect effect) => Assert.IsType<Release>(effect).Outcome;
}

using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Skills;

namespace CallCenterKit.Benchmarks.Routing;

/// <summary>An engine with one queue, fifty skills of which every agent has five, and callers who each want one of them.</summary>
internal sealed class BenchmarkCenter
{
    public const int Skills = 50;
    private const int SkillsOfEach = Skills / 10;

    private static readonly QueueId Queue = new("sales");
    private static readonly ActorId Bench = new("bench");
    private static readonly SkillExpression[] Wanted = [.. Enumerable.Range(0, Skills).Select(number => SkillExpression.Parse($"skill-{number}"))];
    private static readonly SkillExpression NobodyHas = SkillExpression.Parse("rare");

    private readonly RoutingOutput _output = new();
    private readonly RoutingEngine _engine;
    private readonly List<(OfferId Offer, AgentId Agent, InteractionId Interaction)> _rung = [];
    private readonly AgentId[] _owners;
    private DateTimeOffset _now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private int _last;
    private int _skill;

    public BenchmarkCenter(int agents, string strategy)
    {
        var ids = Enumerable.Range(0, agents).Select(number => new AgentId($"agent-{number}")).ToList();
        var queue = new QueueModel(Queue, "Sales", strategy, [.. ids.Select((id, number) => new QueueMember(id, 1 + (number % 3), 1 + (number % 5)))])
        {
            WrapUp = TimeSpan.Zero,
            RingTime = TimeSpan.FromDays(1),
            StickyWait = TimeSpan.FromSeconds(30),
        };
        _engine = new(BuiltInStrategies.All, epoch: 1, seed: 1);
        var models = ids.Select(AgentOf).ToList();
        _owners = OwnersAmong(models);
        Tell(new ApplyModel(new(1, models.ToDictionary(agent => agent.Id), new Dictionary<QueueId, QueueModel> { [Queue] = queue })));
        foreach (var id in ids)
            Tell(new LogIn(id, new(id.Value), Bench));
    }

    /// <summary>Callers whom nobody can serve wait in the same queue.</summary>
    public void LetWait(int callers)
    {
        for (var caller = 0; caller < callers; caller++)
            Tell(new Enqueue(Next(), Queue) { Requirement = NobodyHas });
    }

    /// <summary>All agents talk, and callers for every skill wait.</summary>
    public void LetWaitForBusyAgents(int agents, int callers)
    {
        for (var agent = 0; agent < agents; agent++)
            Tell(new Enqueue(Next(), Queue));
        foreach (var (offer, _, _) in _rung)
            Tell(new OfferAnswered(offer), watch: false);
        for (var caller = 0; caller < callers; caller++)
            Enter();
    }

    /// <summary>A caller enters, for each skill in turn, and an agent is chosen.</summary>
    public void Enter()
    {
        _skill = (_skill + 1) % Skills;
        Tell(new Enqueue(Next(), Queue) { Requirement = Wanted[_skill] });
    }

    /// <summary>The same, and the caller knows one of the agents who have the skill: another one for each skill.</summary>
    public void EnterForOwner()
    {
        _skill = (_skill + 1) % Skills;
        Tell(new Enqueue(Next(), Queue) { Requirement = Wanted[_skill], Owner = _owners[_skill] });
    }

    /// <summary>An agent becomes free and the one who has waited longest for any of the agent's skills is rung; the call is answered.</summary>
    public void Free(int number)
    {
        var (_, agent, interaction) = _rung[number % _rung.Count];
        Tell(new AssignmentEnded(agent, interaction), watch: false);
        foreach (var effect in _output.Effects)
        {
            if (effect is not Offer offer)
                continue;
            _rung[number % _rung.Count] = (offer.Id, offer.Agent, offer.Interaction);
            Tell(new OfferAnswered(offer.Id), watch: false);
            return;
        }
    }

    /// <summary>Until the code is compiled as it will stay: two seconds of the work that is measured, and of what undoes it.</summary>
    public static void WarmUp(Action work, Action undo)
    {
        for (var start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(2);)
        {
            undo();
            work();
        }
    }

    /// <summary>Whoever is rung answers and hangs up: everybody is free again.</summary>
    public void FreeAll()
    {
        foreach (var (offer, agent, interaction) in _rung)
        {
            Tell(new OfferAnswered(offer), watch: false);
            Tell(new OfferClosed(offer), watch: false); // Of those who were slower.
            Tell(new AssignmentEnded(agent, interaction), watch: false);
        }
        _rung.Clear();
    }

    private static AgentId[] OwnersAmong(List<AgentModel> agents)
    {
        var taken = new HashSet<AgentId>();
        return [.. Wanted.Select(wanted => agents.First(agent => wanted.Matches(agent.Skills) && taken.Add(agent.Id)).Id)];
    }

    private static AgentModel AgentOf(AgentId id, int number) => new(id, id.Value, [], new Dictionary<string, int> { [Channels.Voice] = 1 })
    {
        Skills = SkillSet.Parse(Enumerable.Range(0, SkillsOfEach).Select(each => $"skill-{((number * 7) + (each * 10) + (number / 10)) % Skills}:{1 + (number % 9)}").Distinct()),
    };

    private InteractionId Next() => new(new Guid(++_last, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private void Tell(RoutingCommand command, bool watch = true)
    {
        _now += TimeSpan.FromMicroseconds(10);
        _output.Clear();
        _engine.Handle(command, _now, _output);
        if (!watch)
            return;
        foreach (var effect in _output.Effects)
        {
            if (effect is Offer offer)
                _rung.Add((offer.Id, offer.Agent, offer.Interaction));
        }
    }
}

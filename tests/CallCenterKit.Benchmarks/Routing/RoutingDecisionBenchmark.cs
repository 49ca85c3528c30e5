using BenchmarkDotNet.Attributes;
using CallCenterKit.Model;
using CallCenterKit.Routing;

namespace CallCenterKit.Benchmarks.Routing;

/// <summary>One call through the engine: it enters and an agent is chosen, the agent answers, they part. Three commands.</summary>
[MemoryDiagnoser]
public class RoutingDecisionBenchmark
{
    private static readonly QueueId Queue = new("sales");
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly RoutingOutput _output = new();
    private RoutingEngine _engine = null!;
    private DateTimeOffset _now = Start;
    private int _last;

    /// <summary>Logged in and free.</summary>
    [Params(100, 1_000, 10_000)]
    public int Agents { get; set; }

    /// <summary>In the same queue, and too much for any agent.</summary>
    [Params(0, 100_000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var agents = Enumerable.Range(0, Agents).Select(number => new AgentId($"agent-{number}")).ToList();
        var model = new CallCenterModel(
            1,
            agents.ToDictionary(id => id, id => new AgentModel(id, id.Value, [], new Dictionary<string, int> { [Channels.Voice] = 1 })),
            new Dictionary<QueueId, QueueModel> { [Queue] = new(Queue, "Sales", LongestIdleStrategy.StrategyName, [.. agents.Select(id => new QueueMember(id))]) { WrapUp = TimeSpan.Zero } });
        _engine = new([new LongestIdleStrategy()], epoch: 1, seed: 1);
        Tell(new ApplyModel(model));
        foreach (var agent in agents)
            Tell(new LogIn(agent, new($"{agent}"), new("bench")));
        for (var waiting = 0; waiting < Waiting; waiting++)
            Tell(new Enqueue(NextInteraction(), Queue, Cost: 2));
    }

    [Benchmark]
    public int EnterAnswerPart()
    {
        var interaction = NextInteraction();
        Tell(new Enqueue(interaction, Queue));
        var offer = (Offer)_output.Effects[0];
        Tell(new OfferAnswered(offer.Id));
        Tell(new AssignmentEnded(offer.Agent, interaction));
        return _output.Events.Count;
    }

    private InteractionId NextInteraction() => new(new Guid(++_last, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private void Tell(RoutingCommand command)
    {
        _now += TimeSpan.FromMilliseconds(1);
        _output.Clear();
        _engine.Handle(command, _now, _output);
    }
}

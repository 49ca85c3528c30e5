using System.Runtime.CompilerServices;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

/// <summary>What the engine allocates for a decision besides what it is given, keeps and says.</summary>
public class AllocationTests(ITestOutputHelper output)
{
    private const int Decisions = 1_000;
    private static readonly SkillExpression[] Wanted = [.. Enumerable.Range(0, 10).Select(skill => SkillExpression.Parse($"skill-{skill}"))];

    private readonly RoutingEngine _engine = NewEngine();
    private readonly RoutingEngine _twin = NewEngine(); // Is only told the events: allocates what is kept.
    private readonly RoutingOutput _output = new();
    private readonly RoutingOutput _nothing = new();
    private readonly Dictionary<Type, long> _sizes = [];
    private DateTimeOffset _now = Noon;
    private long _handled, _kept, _said;

    [Fact]
    public void A_decision_allocates_little_besides_what_is_kept_and_said()
    {
        var agents = Enumerable.Range(0, 1_000).Select(number => new AgentId($"a{number:D4}")).ToList();
        var skilled = agents.Select((agent, number) => AgentOf(agent) with { Skills = SkillSet.Parse([$"skill-{number % 10}"]) });
        Tell(new ApplyModel(ModelOf([QueueOf(Sales, [.. agents]) with { WrapUp = TimeSpan.Zero }], [.. skilled])));
        agents.ForEach(agent => Tell(new LogIn(agent, new(agent.Value), Boss)));
        for (var waiting = 0; waiting < 1_000; waiting++)
            Tell(new Enqueue(InteractionOf(waiting), Sales) { Requirement = SkillExpression.Parse("rare") });
        Decide(from: 1_000);
        (_handled, _kept, _said) = (0, 0, 0);

        Decide(from: 1_000 + Decisions);

        var own = (double)(_handled - _kept - _said) / Decisions;
        output.WriteLine($"{_handled / Decisions} B a decision: {_kept / Decisions} B kept, {_said / Decisions} B events and effects, {own:F0} B besides");
        Assert.InRange(own, 0, 200);
    }

    private void Decide(int from)
    {
        for (var number = from; number < from + Decisions; number++)
        {
            Tell(new Enqueue(InteractionOf(number), Sales) { Requirement = Wanted[number % 10] }, counts: true);
            var offer = Assert.Single(_output.Effects.OfType<Offer>());
            Tell(new OfferAnswered(offer.Id));
            Tell(new AssignmentEnded(offer.Agent, offer.Interaction));
        }
    }

    private void Tell(RoutingCommand command, bool counts = false)
    {
        _now += Seconds(0.01);
        _output.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        _engine.Handle(command, _now, _output);
        var handled = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < _output.Events.Count; i++)
            _twin.Apply(_output.Events[i], _now);
        var kept = GC.GetAllocatedBytesForCurrentThread();
        _twin.Handle(new AdvanceClock(), _now, _nothing); // What it noted on the way has been decided already.
        Assert.Empty(_nothing.Events);
        if (!counts)
            return;
        _handled += handled - before;
        _kept += kept - handled;
        _said += _output.Events.Sum(SizeOf) + _output.Effects.Sum(SizeOf);
    }

    private long SizeOf(object said)
    {
        if (_sizes.TryGetValue(said.GetType(), out var known))
            return known;
        RuntimeHelpers.GetUninitializedObject(said.GetType()); // The first of a type costs more.
        var before = GC.GetAllocatedBytesForCurrentThread();
        RuntimeHelpers.GetUninitializedObject(said.GetType());
        return _sizes[said.GetType()] = GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static InteractionId InteractionOf(int number) => new(new Guid(number, 0, 0, new byte[8]));
}

using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class RoundRobinFairnessTests
{
    private const int Members = 5_000;

    private readonly Random _random = new(4);
    private readonly RoutingOutput _output = new();
    private readonly Dictionary<AgentId, int> _calls = [];
    private RoutingEngine _engine = new(BuiltInStrategies.All, epoch: 1, seed: 1);
    private List<AgentId> _members = [];
    private int _lastAgent, _lastInteraction, _epoch = 1;

    [Fact]
    public void Nobody_is_ahead_by_more_than_one_call_while_members_come_and_go_and_the_center_restarts()
    {
        for (var i = 0; i < Members; i++)
            _members.Add(new($"a{++_lastAgent:D5}"));
        ApplyMembers();
        for (var round = 0; round < 12; round++)
        {
            _calls.Clear();
            Serve(_random.Next(Members / 2, 2 * Members));
            Assert.InRange(MostAndFewest(), 0, 1);
            ComeAndGo();
            Restart();
        }
    }

    [Fact]
    public void Whoever_stays_all_the_time_is_never_ahead_of_another_who_does_by_more_than_one_call()
    {
        for (var i = 0; i < Members; i++)
            _members.Add(new($"a{++_lastAgent:D5}"));
        ApplyMembers();
        for (var round = 0; round < 20; round++)
        {
            Serve(_random.Next(Members));
            foreach (var gone in ComeAndGo())
                _calls.Remove(gone);
            Restart();
            var stayed = _members.Where(member => string.CompareOrdinal(member.Value, "a05001") < 0).ToList();
            Assert.InRange(stayed.Max(Calls) - stayed.Min(Calls), 0, 1);
        }
    }

    private int Calls(AgentId agent) => _calls.GetValueOrDefault(agent);

    private int MostAndFewest() => _members.Max(Calls) - _members.Min(Calls);

    private void Serve(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            var interaction = new InteractionId(new Guid(++_lastInteraction, 0, 0, new byte[8]));
            var offer = (Offer)Handle(new Enqueue(interaction, Sales))[0];
            Handle(new OfferAnswered(offer.Id));
            Handle(new AssignmentEnded(offer.Agent, interaction));
            _calls[offer.Agent] = Calls(offer.Agent) + 1;
        }
    }

    private List<AgentId> ComeAndGo()
    {
        var gone = _members.Where(_ => _random.Next(50) == 0).ToList();
        _members = [.. _members.Except(gone)];
        for (var i = 0; i < 100; i++)
            _members.Insert(_random.Next(_members.Count), new($"a{++_lastAgent:D5}"));
        ApplyMembers();
        return gone;
    }

    private void ApplyMembers()
    {
        var queue = QueueOf(Sales, [.. _members]) with { Strategy = RoundRobinStrategy.StrategyName };
        Handle(new ApplyModel(ModelOf([queue], [.. _members.Select(member => AgentOf(member))])));
        foreach (var member in _members)
            Handle(new LogIn(member, new(member.Value), Boss));
    }

    private void Restart()
    {
        var json = JsonSerializer.Serialize(_engine.TakeSnapshot(), EventCatalog.JsonOptions);
        _engine = RoutingEngine.Restore(JsonSerializer.Deserialize<RoutingSnapshot>(json, EventCatalog.JsonOptions)!, BuiltInStrategies.All, ++_epoch);
        Handle(new BeginEpoch());
    }

    private IReadOnlyList<RoutingEffect> Handle(RoutingCommand command)
    {
        _output.Clear();
        _engine.Handle(command, Noon, _output);
        return _output.Effects;
    }
}

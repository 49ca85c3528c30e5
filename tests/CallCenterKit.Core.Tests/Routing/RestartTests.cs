using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class RestartTests
{
    private readonly TestCenter _center = new(QueueOf(Sales, Alice, Bob, Carol) with { WrapUp = Seconds(60) });

    [Fact]
    public void The_phone_calls_of_a_dead_process_are_closed_without_an_effect()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);
        _center.Answer(Alice);
        _center.Enqueue(Sales);
        _center.Send(new Pause(Carol, "lunch", Boss));
        _center.Enqueue(Sales);

        var next = Restart();

        Assert.Empty(next.Effects);
        var state = next.Engine.TakeSnapshot();
        Assert.Empty(state.Entries);
        Assert.All(state.Agents, agent => Assert.Empty(agent.Assignments));
        Assert.All(state.Agents, agent => Assert.Null(agent.Offer));
        Assert.All(next.Events.OfType<QueueLeft>(), left => Assert.Equal(QueueExit.Closed, left.Exit));
    }

    [Fact]
    public void Logins_pauses_and_wrap_up_survive()
    {
        _center.LogInAll();
        _center.Send(new Pause(Carol, "lunch", Boss));
        _center.Enqueue(Sales);
        var interaction = _center.Answer(Alice);
        _center.Send(new AssignmentEnded(Alice, interaction));
        var wrapUp = _center.Last<AssignmentOver>().WrapUpUntil;

        var next = Restart();

        Assert.Equal([Desk1, Desk2, Desk3], next.Engine.TakeSnapshot().Agents.Select(agent => agent.Endpoint));
        Assert.Equal("lunch", next.StateOf(Carol).PauseReason);
        Assert.Equal(wrapUp, Assert.Single(next.StateOf(Alice).Assignments).WrapUpUntil);
    }

    [Fact]
    public void Callbacks_survive_and_are_offered()
    {
        _center.Send(new Pause(Alice, "lunch", Boss));
        var interaction = _center.NewInteraction();
        _center.Send(new Enqueue(interaction, Sales, Reach: PartyReach.ToBeCalled));

        var next = Restart();
        next.LogIn(Bob, Desk2);

        var offer = next.RingingAt(Bob);
        Assert.Equal((interaction, PartyReach.ToBeCalled), (offer.Interaction, offer.Reach));
        Assert.Equal(2, offer.Id.Epoch);
    }

    [Fact]
    public void Deadlines_survive()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);
        var interaction = _center.Answer(Alice);
        _center.Send(new AssignmentEnded(Alice, interaction));

        var next = Restart();

        Assert.Equal(_center.Last<AssignmentOver>().WrapUpUntil, next.Engine.NextDeadline);
    }

    [Fact]
    public void Whoever_becomes_free_after_a_restart_is_rung_with_all_others()
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob) with { Strategy = RingAllStrategy.StrategyName, Window = CallWindow.Rolling });
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        var rung = center.RingingAt(Alice).Entry;

        var next = new TestCenter(RoutingEngine.Restore(center.Engine.TakeSnapshot(), BuiltInStrategies.All, epoch: 1));
        next.LogIn(Bob, Desk2);

        Assert.Equal(rung, next.RingingAt(Bob).Entry);
    }

    [Fact]
    public void Who_came_when_nobody_had_been_there_for_long_goes_on_waiting_after_a_restart()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { LeaveRule = new(AgentPresences.LoggedIn, Seconds(5)) });
        center.Advance(Seconds(60));
        center.Enqueue(Sales);
        center.Advance(Seconds(4.999));

        var next = new TestCenter(RoutingEngine.Restore(center.Engine.TakeSnapshot(), BuiltInStrategies.All, epoch: 1));
        next.SetClock(center.Now);
        next.Send(new AdvanceClock());

        Assert.Single(next.Engine.TakeSnapshot().Entries);
        next.Advance(Seconds(0.001));
        Assert.Empty(next.Engine.TakeSnapshot().Entries);
    }

    private TestCenter Restart()
    {
        var json = JsonSerializer.Serialize(_center.Engine.TakeSnapshot(), EventCatalog.JsonOptions);
        var snapshot = JsonSerializer.Deserialize<RoutingSnapshot>(json, EventCatalog.JsonOptions)!;
        var next = new TestCenter(RoutingEngine.Restore(snapshot, [new LongestIdleStrategy()], epoch: 2));
        next.SetClock(_center.Now);
        next.Send(new BeginEpoch());
        return next;
    }
}

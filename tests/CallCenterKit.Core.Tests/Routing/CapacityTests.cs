using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class CapacityTests
{
    private readonly TestCenter _center = new(ModelOf([QueueOf(Sales, Alice, Bob)], AgentOf(Alice, voice: 1, chat: 3), AgentOf(Bob, voice: 1)));

    [Fact]
    public void Chats_are_offered_one_after_another_up_to_the_capacity()
    {
        _center.LogIn(Alice, Desk1);
        foreach (var _ in Enumerable.Range(0, 4))
            _center.Send(new Enqueue(_center.NewInteraction(), Sales, Channels.Chat, Reach: PartyReach.ByMessage));

        _center.Answer(Alice);
        _center.Answer(Alice);
        _center.Answer(Alice);

        Assert.Null(_center.FindRinging(Alice));
        Assert.Equal(3, _center.StateOf(Alice).Assignments.Count);
    }

    [Fact]
    public void One_channel_does_not_take_the_capacity_of_another()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Answer(Alice);

        _center.Send(new Enqueue(_center.NewInteraction(), Sales, Channels.Chat));

        Assert.Equal(Channels.Chat, _center.RingingAt(Alice).Channel);
    }

    [Fact]
    public void A_caller_who_costs_too_much_is_passed_over_and_keeps_the_place()
    {
        _center.LogIn(Alice, Desk1);
        _center.Send(new Enqueue(_center.NewInteraction(), Sales, Channels.Chat));
        _center.Answer(Alice);
        var costly = _center.NewInteraction();
        _center.Send(new Enqueue(costly, Sales, Channels.Chat, Cost: 3));
        _center.Advance(Seconds(1));
        var cheap = _center.NewInteraction();
        _center.Send(new Enqueue(cheap, Sales, Channels.Chat, Cost: 2));

        Assert.Equal(cheap, _center.Answer(Alice));
        Assert.Null(_center.FindRinging(Alice));
        foreach (var assignment in _center.StateOf(Alice).Assignments)
            _center.Send(new AssignmentEnded(Alice, assignment.Interaction));

        Assert.Equal(costly, _center.RingingAt(Alice).Interaction);
    }

    [Fact]
    public void A_channel_nobody_serves_waits()
    {
        _center.LogIn(Bob, Desk2);

        Assert.Empty(_center.Send(new Enqueue(_center.NewInteraction(), Sales, Channels.Chat)));
    }
}

using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class UnreachableTests
{
    private readonly TestCenter _center = new(QueueOf(Sales, Alice, Bob) with { Retry = RetryRules.After(Seconds(5)) with { Unreachable = Seconds(30) } });

    [Fact]
    public void The_next_agent_is_rung_in_the_same_instant_and_the_place_is_kept()
    {
        var first = _center.Enqueue(Sales);
        _center.Advance(Seconds(1));
        _center.Enqueue(Sales);
        _center.LogIn(Alice, Desk1);
        _center.Send(new Pause(Bob, "lunch", Boss));
        Fail();

        Assert.Equal(first, Assert.IsType<Offer>(Assert.Single(_center.LogIn(Bob, Desk2))).Interaction);
        Assert.Equal(AgentState.Unreachable, _center.Board(Alice));
    }

    [Fact]
    public void The_phone_is_qualified_after_the_time_for_it_and_again_and_again()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        Fail();
        Assert.Equal(Noon + Seconds(30), _center.Last<AgentUnreachable>().QualifyAt);

        Assert.Empty(_center.Advance(Seconds(30) - TimeSpan.FromTicks(1)));
        Assert.Equal(new QualifyAgent(Alice, Desk1), Assert.Single(_center.Advance(TimeSpan.FromTicks(1))));
        Assert.Equal(2, _center.Advance(Seconds(60)).OfType<QualifyAgent>().Count());
    }

    [Fact]
    public void A_phone_that_is_there_again_is_rung_at_once_and_qualified_no_more()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        Fail();
        _center.Advance(Seconds(30));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Send(new ReachabilityChanged(Desk1, true)))).Agent);
        _center.Answer(Alice);
        Assert.Empty(_center.Advance(Seconds(600)));
    }

    [Fact]
    public void A_phone_that_is_not_there_stays_marked_and_is_asked_about_again()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        Fail();
        _center.Advance(Seconds(30));
        _center.Send(new ReachabilityChanged(Desk1, false));

        Assert.Equal(AgentState.Unreachable, _center.Board(Alice));
        Assert.IsType<QualifyAgent>(Assert.Single(_center.Advance(Seconds(30))));
    }

    [Fact]
    public void A_phone_within_reach_that_fails_once_is_left_alone_until_it_is_heard_of()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);
        Fail();
        _center.Answer(Bob);

        Assert.Empty(_center.Send(new Enqueue(_center.NewInteraction(), Sales)));
        Assert.All(_center.Advance(Seconds(29.999)), effect => Assert.IsType<QualifyAgent>(effect));
    }

    [Fact]
    public void A_phone_that_is_lost_while_it_rings_hands_the_caller_on_in_the_same_instant()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);

        Assert.Collection(
            _center.Send(new ReachabilityChanged(Desk1, false)),
            effect => Assert.Equal((Alice, OfferEnd.Unreachable), (Assert.IsType<WithdrawOffer>(effect).Agent, ((WithdrawOffer)effect).Reason)),
            effect => Assert.Equal(Bob, Assert.IsType<Offer>(effect).Agent));
    }

    [Fact]
    public void A_phone_that_is_lost_in_conversation_loses_nothing_but_what_would_come_next()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var interaction = _center.Answer(Alice);
        _center.Send(new ReachabilityChanged(Desk1, false));
        Assert.Equal(AgentState.Talking, _center.Board(Alice));
        _center.Enqueue(Sales);

        Assert.Empty(_center.Send(new AssignmentEnded(Alice, interaction)));
        Assert.IsType<Offer>(Assert.Single(_center.Send(new ReachabilityChanged(Desk1, true))));
    }

    [Fact]
    public void A_phone_that_was_lost_before_the_login_is_not_rung()
    {
        _center.Send(new ReachabilityChanged(Desk1, false));
        _center.Enqueue(Sales);

        Assert.Empty(_center.LogIn(Alice, Desk1));
        Assert.IsType<Offer>(Assert.Single(_center.LogIn(Alice, Desk2)));
    }

    [Fact]
    public void The_mark_survives_a_restart_and_the_phone_is_qualified_at_its_time()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        Fail();
        _center.Advance(Seconds(10));
        var next = _center.Restart();

        Assert.Empty(next.Advance(Seconds(19.999)));
        Assert.Equal(new QualifyAgent(Alice, Desk1), Assert.Single(next.Advance(Seconds(0.001))));
    }

    private void Fail() => _center.Send(new OfferFailed(_center.RingingAt(Alice).Id, OfferFailure.Unreachable));
}

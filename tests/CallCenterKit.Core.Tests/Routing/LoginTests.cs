using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class LoginTests
{
    private readonly TestCenter _center = new(QueueOf(Sales, Alice, Bob) with { WrapUp = Seconds(10) });

    [Fact]
    public void Another_agent_on_the_endpoint_is_logged_out()
    {
        _center.LogIn(Alice, Desk1);

        _center.LogIn(Bob, Desk1);

        Assert.Null(_center.StateOf(Alice).Endpoint);
        Assert.Equal(Desk1, _center.StateOf(Bob).Endpoint);
        Assert.Equal(Alice, _center.Last<AgentLoggedOut>().Agent);
    }

    [Fact]
    public void The_same_agent_elsewhere_moves_in_one_step()
    {
        _center.LogIn(Alice, Desk1);

        _center.LogIn(Alice, Desk2);

        Assert.Equal(Desk2, _center.StateOf(Alice).Endpoint);
        Assert.Empty(_center.Events.OfType<AgentLoggedOut>());
        _center.LogIn(Bob, Desk1);
        Assert.Equal(Desk2, _center.StateOf(Alice).Endpoint);
    }

    [Fact]
    public void A_move_takes_what_rings_along()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var first = _center.RingingAt(Alice);

        Assert.IsType<WithdrawOffer>(Assert.Single(_center.LogIn(Alice, Desk2)));
        var second = Assert.IsType<Offer>(Assert.Single(_center.Send(new OfferClosed(first.Id))));

        Assert.Equal(Desk2, second.Endpoint);
    }

    [Fact]
    public void Nobody_unknown_logs_in()
    {
        _center.LogIn(new("mallory"), Desk1);

        Assert.Empty(_center.Events.OfType<AgentLoggedIn>());
    }

    [Fact]
    public void Logging_in_twice_changes_nothing()
    {
        _center.LogIn(Alice, Desk1);
        _center.LogIn(Alice, Desk1);

        Assert.Single(_center.Events.OfType<AgentLoggedIn>());
    }

    [Fact]
    public void Logging_out_hands_what_rings_to_the_next_agent()
    {
        _center.LogIn(Alice, Desk1);
        _center.LogIn(Bob, Desk2);
        _center.Enqueue(Sales);

        Assert.Collection(
            _center.Send(new LogOut(Alice, Boss)),
            effect => Assert.IsType<WithdrawOffer>(effect),
            effect => Assert.Equal(Bob, Assert.IsType<Offer>(effect).Agent));
    }

    [Fact]
    public void Logging_out_in_a_conversation_lets_it_go_on()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var interaction = _center.Answer(Alice);

        _center.Send(new LogOut(Alice, Boss));
        Assert.Equal(AgentState.Talking, StateOfAlice());
        _center.Send(new AssignmentEnded(Alice, interaction));
        Assert.Equal(AgentState.WrappingUp, StateOfAlice());
        _center.Enqueue(Sales);
        Assert.Empty(_center.Advance(Seconds(10)));

        Assert.Equal(AgentState.LoggedOut, StateOfAlice());
    }

    [Fact]
    public void A_lost_phone_takes_the_agent_out_and_what_rings_goes_on()
    {
        _center.LogIn(Alice, Desk1);
        _center.LogIn(Bob, Desk2);
        _center.Enqueue(Sales);

        Assert.Collection(
            _center.Send(new ReachabilityChanged(Desk1, false)),
            effect => Assert.Equal(OfferEnd.Unreachable, Assert.IsType<WithdrawOffer>(effect).Reason),
            effect => Assert.Equal(Bob, Assert.IsType<Offer>(effect).Agent));
        Assert.Equal(AgentState.Ringing, StateOfAlice());
        _center.Send(new OfferClosed(_center.Effects.OfType<WithdrawOffer>().Single().Id));
        Assert.Equal(AgentState.Unreachable, StateOfAlice());
    }

    [Fact]
    public void A_phone_that_is_back_makes_the_agent_free()
    {
        _center.Send(new ReachabilityChanged(Desk1, false));
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        Assert.Empty(_center.Effects);

        Assert.IsType<Offer>(Assert.Single(_center.Send(new ReachabilityChanged(Desk1, true))));
    }

    private AgentState StateOfAlice() =>
        new CallCenterKit.Live.LiveBoard(_center.Engine.TakeSnapshot()).Current.Agents.Single(agent => agent.Id == Alice).State;
}

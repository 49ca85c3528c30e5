using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class CallbackTests
{
    private static readonly QueueModel Calling = QueueOf(Sales, Alice, Bob, Carol) with
    {
        Callbacks = new() { Attempts = 3, RetryAfter = Seconds(300), Expiry = TimeSpan.FromHours(4) },
    };

    private readonly TestCenter _center = new(Calling);

    [Fact]
    public void Whoever_asks_for_one_is_released_and_keeps_the_place()
    {
        var first = _center.Enqueue(Sales);
        _center.Enqueue(Sales);
        _center.Advance(Seconds(20));

        var outcome = OutcomeOf(Assert.Single(_center.Send(new RequestCallback(first))));

        Assert.Equal(new QueueOutcome.CallbackBooked(Seconds(20), false), outcome);
        _center.LogIn(Alice, Desk1);
        Assert.Equal((first, PartyReach.ToBeCalled, Seconds(20)), (_center.RingingAt(Alice).Interaction, _center.RingingAt(Alice).Reach, _center.RingingAt(Alice).Waited));
    }

    [Fact]
    public void Hanging_up_afterwards_is_not_leaving()
    {
        var interaction = Book();

        Assert.Empty(_center.Send(new Leave(interaction, QueueExit.Abandoned)));

        Assert.Equal(interaction, _center.EntryOf(interaction).Interaction);
    }

    [Fact]
    public void The_agent_is_rung_first_then_the_party_is_called_then_they_are_joined()
    {
        var interaction = Book();
        var offer = Assert.IsType<Offer>(Assert.Single(_center.LogIn(Alice, Desk1)));

        Assert.Equal(new CallBack(offer.Id, interaction, Sales, Alice, 1), Assert.Single(_center.Send(new OfferAnswered(offer.Id))));
        Assert.Equal(AgentState.Talking, _center.Board(Alice));
        _center.Advance(Seconds(9));
        Assert.Equal(new Connect(offer.Id, interaction, Sales, Alice, Seconds(9)), Assert.Single(_center.Send(new PartyReached(offer.Id))));
    }

    [Fact]
    public void One_who_is_rung_for_when_the_party_asks_for_it_is_withdrawn_and_rung_again()
    {
        _center.LogIn(Alice, Desk1);
        var interaction = _center.Enqueue(Sales);

        Assert.Equal([typeof(WithdrawOffer), typeof(Release)], _center.Send(new RequestCallback(interaction)).Select(effect => effect.GetType()));
        Assert.Equal(PartyReach.ToBeCalled, Assert.IsType<Offer>(Assert.Single(_center.Settle(Alice))).Reach);
    }

    [Fact]
    public void There_are_never_more_in_flight_than_free_agents()
    {
        foreach (var _ in Enumerable.Range(0, 10))
            Book();
        _center.LogInAll();

        Assert.Equal(3, _center.Effects.OfType<Offer>().Count());
        foreach (var agent in new[] { Alice, Bob, Carol })
            _center.Answer(agent);
        _center.Advance(Seconds(60));
        Assert.Equal((3, 3), (_center.Effects.OfType<Offer>().Count(), _center.Effects.OfType<CallBack>().Count()));
    }

    [Fact]
    public void Live_callers_and_callbacks_are_served_strictly_by_place()
    {
        var order = new List<InteractionId>();
        for (var i = 0; i < 20; i++)
        {
            order.Add(_center.Enqueue(Sales));
            if (i % 3 == 0)
                _center.Send(new RequestCallback(order[^1]));
            _center.Advance(Seconds(1));
        }
        _center.LogIn(Alice, Desk1);

        var served = new List<InteractionId>();
        while (_center.FindRinging(Alice) is { } offer)
        {
            served.Add(offer.Interaction);
            _center.Send(new OfferAnswered(offer.Id), new PartyReached(offer.Id), new AssignmentEnded(Alice, offer.Interaction));
        }

        Assert.Equal(order, served);
    }

    [Fact]
    public void A_party_who_does_not_answer_is_called_again_after_the_time_for_it()
    {
        Book();
        _center.LogIn(Alice, Desk1);
        Attempt(CallbackFailure.NoAnswer);

        Assert.Empty(_center.Advance(Seconds(300) - TimeSpan.FromTicks(1)));
        var offer = Assert.IsType<Offer>(Assert.Single(_center.Advance(TimeSpan.FromTicks(1))));

        Assert.Equal(2, Assert.IsType<CallBack>(Assert.Single(_center.Send(new OfferAnswered(offer.Id)))).Attempt);
    }

    [Fact]
    public void The_agent_is_free_at_once_when_the_party_does_not_answer()
    {
        Book();
        var live = _center.Enqueue(Sales);
        _center.LogIn(Alice, Desk1);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id));

        Assert.Equal(live, Assert.IsType<Offer>(Assert.Single(_center.Send(new PartyNotReached(offer.Id, CallbackFailure.NoAnswer)))).Interaction);
    }

    [Fact]
    public void The_place_is_kept_over_an_attempt_in_vain()
    {
        var called = Book();
        _center.LogIn(Alice, Desk1);
        Attempt(CallbackFailure.NoAnswer);
        _center.Send(new Pause(Alice, "lunch", Boss));
        _center.Advance(Seconds(299));
        _center.Enqueue(Sales);
        _center.Advance(Seconds(1));

        Assert.Equal(called, Assert.IsType<Offer>(Assert.Single(_center.Send(new Resume(Alice, Boss)))).Interaction);
    }

    [Fact]
    public void After_the_last_attempt_it_is_given_up()
    {
        var interaction = Book();
        _center.LogIn(Alice, Desk1);
        for (var i = 0; i < 2; i++)
        {
            Assert.Empty(Attempt(i == 0 ? CallbackFailure.NoAnswer : CallbackFailure.Failed));
            _center.Advance(Seconds(300));
        }

        var release = Assert.IsType<Release>(Assert.Single(Attempt(CallbackFailure.NoAnswer)));

        Assert.Equal((interaction, QueueExit.CallbackGivenUp), (release.Interaction, _center.Last<QueueLeft>().Exit));
        Assert.Equal(AgentState.Available, _center.Board(Alice));
    }

    [Fact]
    public void An_agent_who_hangs_up_before_the_party_answers_costs_no_attempt_and_no_time()
    {
        Book();
        _center.LogIn(Alice, Desk1);
        for (var i = 0; i < 5; i++)
        {
            var offer = _center.RingingAt(Alice);
            Assert.Equal(1, Assert.IsType<CallBack>(Assert.Single(_center.Send(new OfferAnswered(offer.Id)))).Attempt);
            Assert.IsType<Offer>(Assert.Single(_center.Send(new PartyNotReached(offer.Id, CallbackFailure.AgentLeft))));
        }
    }

    [Fact]
    public void An_agent_who_logs_out_while_the_party_is_called_is_joined_all_the_same()
    {
        var interaction = Book();
        _center.LogIn(Alice, Desk1);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id), new LogOut(Alice, Boss));

        Assert.Equal(interaction, Assert.IsType<Connect>(Assert.Single(_center.Send(new PartyReached(offer.Id)))).Interaction);
        _center.Send(new AssignmentEnded(Alice, interaction));
        Assert.Equal(AgentState.LoggedOut, _center.Board(Alice));
    }

    [Fact]
    public void An_agent_who_leaves_when_free_leaves_when_the_party_was_not_reached()
    {
        Book();
        _center.LogIn(Alice, Desk1);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id), new LogOut(Alice, Boss, WhenFree: true), new PartyNotReached(offer.Id, CallbackFailure.NoAnswer));

        Assert.Equal(AgentState.LoggedOut, _center.Board(Alice));
    }

    [Fact]
    public void It_expires_to_the_tick_since_it_was_asked_for()
    {
        var interaction = _center.Enqueue(Sales);
        _center.Advance(Seconds(20));
        _center.Send(new RequestCallback(interaction));

        Assert.Empty(_center.Advance(TimeSpan.FromHours(4) - TimeSpan.FromTicks(1)));
        Assert.Equal(new QueueOutcome.TimedOut(TimeSpan.FromHours(4) + Seconds(20), null), OutcomeOf(Assert.Single(_center.Advance(TimeSpan.FromTicks(1)))));
        Assert.Equal(QueueExit.CallbackGivenUp, _center.Last<QueueLeft>().Exit);
    }

    [Fact]
    public void One_that_expires_while_the_agent_is_rung_stops_the_ringing()
    {
        Book();
        _center.Advance(TimeSpan.FromHours(4) - Seconds(5));
        _center.LogIn(Alice, Desk1);

        Assert.Equal([typeof(WithdrawOffer), typeof(Release)], _center.Advance(Seconds(5)).Select(effect => effect.GetType()));
    }

    [Fact]
    public void One_that_expires_while_the_party_is_called_is_given_up_when_that_is_in_vain_and_not_before()
    {
        Book();
        _center.Advance(TimeSpan.FromHours(4) - Seconds(5));
        _center.LogIn(Alice, Desk1);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id));
        Assert.Empty(_center.Advance(Seconds(60)));

        Assert.IsType<Release>(Assert.Single(_center.Send(new PartyNotReached(offer.Id, CallbackFailure.NoAnswer))));
    }

    [Fact]
    public void One_that_expires_while_the_party_is_called_is_joined_when_the_party_answers()
    {
        Book();
        _center.Advance(TimeSpan.FromHours(4) - Seconds(5));
        _center.LogIn(Alice, Desk1);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id));
        _center.Advance(Seconds(60));

        Assert.IsType<Connect>(Assert.Single(_center.Send(new PartyReached(offer.Id))));
    }

    [Fact]
    public void Results_that_come_twice_or_for_another_attempt_are_ignored()
    {
        Book();
        _center.LogIn(Alice, Desk1);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id), new PartyNotReached(offer.Id, CallbackFailure.NoAnswer));

        Assert.Empty(_center.Send(new PartyReached(offer.Id), new PartyNotReached(offer.Id, CallbackFailure.NoAnswer), new OfferAnswered(offer.Id)));
        Assert.Equal(1, Assert.Single(_center.Engine.TakeSnapshot().Entries).Attempts);
    }

    [Fact]
    public void The_flow_may_take_it_back_while_the_party_is_called()
    {
        var interaction = Book();
        _center.LogIn(Alice, Desk1);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id));

        var effects = _center.Send(new Leave(interaction, QueueExit.Withdrawn));

        Assert.Equal(offer.Id, Assert.Single(effects.OfType<WithdrawOffer>()).Id);
        Assert.Single(effects.OfType<Release>());
        Assert.Equal(AgentState.Available, _center.Board(Alice));
    }

    [Fact]
    public void Asking_twice_books_one()
    {
        var interaction = Book();

        Assert.Empty(_center.Send(new RequestCallback(interaction)));
    }

    [Fact]
    public void Who_does_not_wait_cannot_ask_for_one() => Assert.Empty(_center.Send(new RequestCallback(_center.NewInteraction())));

    private InteractionId Book()
    {
        var interaction = _center.Enqueue(Sales);
        _center.Send(new RequestCallback(interaction));
        return interaction;
    }

    private IReadOnlyList<RoutingEffect> Attempt(CallbackFailure failure)
    {
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id));
        return _center.Send(new PartyNotReached(offer.Id, failure));
    }
}

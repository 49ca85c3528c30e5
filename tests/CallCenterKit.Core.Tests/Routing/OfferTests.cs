using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class OfferTests
{
    private readonly TestCenter _center = new(
        QueueOf(Sales, Alice, Bob, Carol) with { RingTime = Seconds(15), Retry = RetryRules.After(Seconds(5)) },
        QueueOf(Help, Alice, Bob));

    [Fact]
    public void A_caller_is_offered_to_a_free_agent_at_once()
    {
        _center.LogIn(Alice, Desk1);

        var interaction = _center.NewInteraction();
        var effect = Assert.Single(_center.Send(new Enqueue(interaction, Sales)));

        var offer = Assert.IsType<Offer>(effect);
        Assert.Equal((interaction, Sales, Alice, Desk1), (offer.Interaction, offer.Queue, offer.Agent, offer.Endpoint));
        Assert.Equal(Noon + Seconds(15), offer.ExpiresAt);
        Assert.Equal(AgentState.Ringing, StateAt(Alice));
    }

    [Fact]
    public void A_caller_waits_until_somebody_logs_in()
    {
        var interaction = _center.Enqueue(Sales);
        Assert.Empty(_center.Effects);

        var offer = Assert.IsType<Offer>(Assert.Single(_center.LogIn(Bob, Desk2)));

        Assert.Equal(interaction, offer.Interaction);
    }

    [Fact]
    public void An_answer_connects_and_tells_how_long_the_caller_waited()
    {
        _center.LogIn(Alice, Desk1);
        var interaction = _center.Enqueue(Sales);
        _center.Advance(Seconds(3));

        var connect = Assert.IsType<Connect>(Assert.Single(_center.Send(new OfferAnswered(_center.RingingAt(Alice).Id))));

        Assert.Equal((interaction, Alice, Seconds(3)), (connect.Interaction, connect.Agent, connect.Waited));
        Assert.Equal(QueueExit.Answered, _center.Last<QueueLeft>().Exit);
        Assert.Equal(AgentState.Talking, StateAt(Alice));
    }

    [Fact]
    public void Unanswered_offer_moves_to_the_next_agent()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);

        Assert.Collection(
            _center.Advance(Seconds(15)),
            effect => Assert.Equal((Alice, OfferEnd.NoAnswer), (Assert.IsType<WithdrawOffer>(effect).Agent, ((WithdrawOffer)effect).Reason)),
            effect => Assert.Equal(Bob, Assert.IsType<Offer>(effect).Agent));
    }

    [Fact]
    public void An_answer_after_the_ring_time_is_ignored()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var offer = _center.RingingAt(Alice);
        _center.Advance(Seconds(15));

        Assert.Empty(_center.Send(new OfferAnswered(offer.Id)));
        Assert.Empty(_center.Events.OfType<AssignmentStarted>());
    }

    [Fact]
    public void An_agent_whose_offer_was_withdrawn_is_offered_nothing_until_it_is_closed()
    {
        _center.LogIn(Alice, Desk1);
        var interaction = _center.Enqueue(Sales);
        var first = _center.RingingAt(Alice);
        _center.Advance(Seconds(15));
        Assert.Null(_center.FindRinging(Alice));

        var offer = Assert.IsType<Offer>(Assert.Single(_center.Send(new OfferClosed(first.Id))));

        Assert.Equal((interaction, Alice), (offer.Interaction, offer.Agent));
    }

    [Fact]
    public void An_agent_whose_offer_is_not_closed_within_five_seconds_is_unreachable()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Advance(Seconds(15));

        _center.Advance(Seconds(4.999));
        Assert.Empty(_center.Events.OfType<AgentUnreachable>());
        _center.Advance(Seconds(0.001));

        Assert.Equal(Alice, _center.Last<AgentUnreachable>().Agent);
        Assert.Equal(AgentState.Unreachable, StateAt(Alice));
        Assert.Null(_center.FindRinging(Alice));
    }

    public static TheoryData<RoutingCommand> WaysBack =>
    [
        new ReachabilityChanged(Desk1, true),
        new LogIn(Alice, Desk1, Boss),
        new Resume(Alice, Boss),
    ];

    [Theory]
    [MemberData(nameof(WaysBack))]
    public void A_marked_agent_takes_offers_again_once_heard_of(RoutingCommand command)
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Advance(Seconds(20));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Send(command))).Agent);
    }

    [Fact]
    public void A_confirmation_that_comes_too_late_changes_nothing()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var offer = _center.RingingAt(Alice);
        _center.Advance(Seconds(20));

        Assert.Empty(_center.Send(new OfferClosed(offer.Id)));
        Assert.Equal(AgentState.Unreachable, StateAt(Alice));
    }

    [Fact]
    public void A_failure_that_crosses_the_withdrawal_is_as_good_as_a_confirmation()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var first = _center.RingingAt(Alice);
        _center.Advance(Seconds(15));

        Assert.IsType<Offer>(Assert.Single(_center.Send(new OfferFailed(first.Id, OfferFailure.Busy))));
        Assert.Equal(OfferEnd.NoAnswer, _center.Last<OfferEnded>().End);
    }

    [Fact]
    public void An_offer_the_performer_closes_by_itself_counts_as_failed()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);

        Assert.Equal(Bob, Assert.IsType<Offer>(Assert.Single(_center.Send(new OfferClosed(_center.RingingAt(Alice).Id)))).Agent);
        Assert.Equal(OfferEnd.Unreachable, _center.Last<OfferEnded>().End);
    }

    [Theory]
    [InlineData(OfferFailure.Busy, OfferEnd.Busy)]
    [InlineData(OfferFailure.Rejected, OfferEnd.Rejected)]
    [InlineData(OfferFailure.NoAnswer, OfferEnd.NoAnswer)]
    [InlineData(OfferFailure.Unreachable, OfferEnd.Unreachable)]
    public void A_failed_offer_moves_to_the_next_agent_at_once(OfferFailure reason, OfferEnd end)
    {
        _center.LogInAll();
        _center.Enqueue(Sales);

        var effect = Assert.Single(_center.Send(new OfferFailed(_center.RingingAt(Alice).Id, reason)));

        Assert.Equal(Bob, Assert.IsType<Offer>(effect).Agent);
        Assert.Equal(end, _center.Last<OfferEnded>().End);
    }

    [Fact]
    public void An_agent_who_refused_is_left_alone_for_the_cool_off_even_when_nobody_else_is_free()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);

        Assert.Empty(_center.Send(new OfferFailed(_center.RingingAt(Alice).Id, OfferFailure.Rejected)));
        Assert.Empty(_center.Advance(Seconds(4.999)));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Advance(Seconds(0.001)))).Agent);
    }

    [Fact]
    public void An_agent_who_did_not_answer_is_spared_while_others_are_free()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);
        var unanswered = _center.RingingAt(Alice);
        _center.Advance(Seconds(15));
        _center.Send(new OfferClosed(unanswered.Id));

        _center.Enqueue(Sales);
        Assert.NotNull(_center.FindRinging(Carol));
        Assert.Null(_center.FindRinging(Alice));

        _center.Enqueue(Sales);
        Assert.NotNull(_center.FindRinging(Alice));
    }

    [Fact]
    public void The_caller_who_has_waited_longest_in_any_of_the_agents_queues_comes_first()
    {
        _center.Enqueue(Sales);
        _center.Advance(Seconds(1));
        var second = _center.Enqueue(Help);
        _center.Advance(Seconds(1));
        _center.Enqueue(Sales);
        _center.LogIn(Carol, Desk3);
        Assert.Equal(Sales, _center.RingingAt(Carol).Queue);

        _center.LogIn(Alice, Desk1);

        Assert.Equal(second, _center.RingingAt(Alice).Interaction);
    }

    [Fact]
    public void A_caller_keeps_the_place_through_an_offer_that_failed()
    {
        _center.LogIn(Alice, Desk1);
        var first = _center.Enqueue(Sales);
        _center.Advance(Seconds(1));
        _center.Enqueue(Sales);
        _center.Send(new OfferFailed(_center.RingingAt(Alice).Id, OfferFailure.Busy));

        _center.LogIn(Bob, Desk2);

        Assert.Equal(first, _center.RingingAt(Bob).Interaction);
    }

    [Fact]
    public void A_caller_who_is_enqueued_again_keeps_the_place()
    {
        _center.Advance(Seconds(60));
        _center.Enqueue(Sales);
        var returned = _center.NewInteraction();
        _center.Send(new Enqueue(returned, Sales, EnqueuedAt: Noon));

        _center.LogIn(Alice, Desk1);

        Assert.Equal(returned, _center.RingingAt(Alice).Interaction);
        _center.Answer(Alice);
        Assert.Equal(Seconds(60), _center.Last<QueueLeft>().Waited);
    }

    [Fact]
    public void A_caller_who_leaves_while_an_agent_rings_stops_the_ringing()
    {
        _center.LogIn(Alice, Desk1);
        var interaction = _center.Enqueue(Sales);

        Assert.Collection(
            _center.Send(new Leave(interaction, QueueExit.Abandoned)),
            effect => Assert.Equal(OfferEnd.CallerLeft, Assert.IsType<WithdrawOffer>(effect).Reason),
            effect => Assert.IsType<CallCenterKit.Queues.QueueOutcome.Abandoned>(OutcomeOf(effect)));
        Assert.Empty(_center.Send(new Leave(interaction, QueueExit.Abandoned)));
    }

    [Fact]
    public void A_paused_agent_is_offered_nothing_until_resumed()
    {
        _center.LogIn(Alice, Desk1);
        _center.Send(new Pause(Alice, "lunch", Boss));
        _center.Enqueue(Sales);
        Assert.Empty(_center.Effects);
        Assert.Equal(AgentState.Paused, StateAt(Alice));

        Assert.IsType<Offer>(Assert.Single(_center.Send(new Resume(Alice, Boss))));
    }

    [Fact]
    public void Pausing_hands_what_rings_to_the_next_agent()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);

        Assert.Collection(
            _center.Send(new Pause(Alice, "lunch", Boss)),
            effect => Assert.Equal(OfferEnd.Withdrawn, Assert.IsType<WithdrawOffer>(effect).Reason),
            effect => Assert.Equal(Bob, Assert.IsType<Offer>(effect).Agent));
    }

    [Fact]
    public void A_second_answer_to_one_offer_is_ignored()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id));

        Assert.Empty(_center.Send(new OfferAnswered(offer.Id), new OfferFailed(offer.Id, OfferFailure.Busy), new OfferClosed(offer.Id)));
    }

    private AgentState StateAt(AgentId agent)
    {
        var board = new CallCenterKit.Live.LiveBoard(_center.Engine.TakeSnapshot());
        return board.Current.Agents.Single(each => each.Id == agent).State;
    }

    [Fact]
    public void Ring_all_rings_for_everybody_who_waits_before_it_rings_twice_for_one()
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob) with { Strategy = RingAllStrategy.StrategyName, WrapUp = Seconds(10) });
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        var first = center.Answer(Alice);
        center.LogIn(Bob, Desk2);
        center.Enqueue(Sales);
        var second = center.Answer(Bob);
        center.Send(new AssignmentEnded(Alice, first), new AssignmentEnded(Bob, second));
        var third = center.Enqueue(Sales);
        var fourth = center.Enqueue(Sales);

        center.Advance(Seconds(10));

        Assert.Equal([third, fourth], new[] { center.RingingAt(Alice).Interaction, center.RingingAt(Bob).Interaction });
    }
}

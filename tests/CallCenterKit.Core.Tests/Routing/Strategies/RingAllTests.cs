using CallCenterKit.Model;
using CallCenterKit.Queues;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class RingAllTests
{
    private readonly TestCenter _center = WithAllStrategies(
        QueueOf(Sales, Alice, Bob, Carol) with { Strategy = RingAllStrategy.StrategyName, RingTime = Seconds(15), Retry = RetryRules.After(Seconds(5)) },
        QueueOf(Help, Carol));

    [Fact]
    public void All_who_are_free_are_rung_at_once_until_the_same_instant()
    {
        _center.LogInAll();

        var offers = _center.Send(new Enqueue(_center.NewInteraction(), Sales)).Cast<Offer>().ToList();

        Assert.Equal([Alice, Bob, Carol], offers.Select(offer => offer.Agent));
        Assert.All(offers, offer => Assert.Equal(_center.Now + Seconds(15), offer.ExpiresAt));
    }

    [Fact]
    public void Neither_the_paused_nor_the_busy_nor_the_unreachable_are_rung()
    {
        _center.LogInAll();
        _center.Enqueue(Help);
        _center.Answer(Carol);
        _center.Send(new Pause(Alice, "lunch", Boss), new ReachabilityChanged(Desk2, false));

        Assert.Empty(_center.Send(new Enqueue(_center.NewInteraction(), Sales)));
    }

    [Fact]
    public void The_first_answer_wins_and_the_others_are_withdrawn_in_the_same_instant()
    {
        _center.LogInAll();
        var interaction = _center.Enqueue(Sales);
        _center.Advance(Seconds(3));

        Assert.Collection(
            _center.Send(new OfferAnswered(_center.RingingAt(Bob).Id)),
            effect => Assert.Equal((Alice, OfferEnd.AnsweredElsewhere), EndOf(effect)),
            effect => Assert.Equal((Carol, OfferEnd.AnsweredElsewhere), EndOf(effect)),
            effect => Assert.Equal((interaction, Bob, Seconds(3)), (((Connect)effect).Interaction, ((Connect)effect).Agent, ((Connect)effect).Waited)));
        Assert.Equal(_center.Now, _center.WhenLast<OfferEnded>());
    }

    [Fact]
    public void A_late_answer_is_ignored_and_its_confirmation_frees_the_agent()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);
        var late = _center.RingingAt(Alice);
        _center.Answer(Bob);

        Assert.Empty(_center.Send(new OfferAnswered(late.Id)));
        Assert.Empty(_center.StateOf(Alice).Assignments);
        _center.Send(new OfferClosed(late.Id));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Send(new Enqueue(_center.NewInteraction(), Sales)))).Agent);
    }

    [Fact]
    public void Whoever_was_slower_is_not_left_alone_for_it()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);
        _center.Answer(Bob);
        _center.Settle(Alice);

        Assert.Equal((null, 0), (_center.StateOf(Alice).RestUntil, _center.StateOf(Alice).Missed));
    }

    [Fact]
    public void Who_becomes_free_while_it_rings_is_rung_as_well_until_the_same_instant()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Advance(Seconds(4));

        var second = Assert.IsType<Offer>(Assert.Single(_center.LogIn(Bob, Desk2)));

        Assert.Equal((Bob, Noon + Seconds(15)), (second.Agent, second.ExpiresAt));
    }

    [Fact]
    public void Who_becomes_free_while_it_rings_takes_somebody_else_who_waits()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var second = _center.Enqueue(Sales);

        var offer = Assert.IsType<Offer>(Assert.Single(_center.LogIn(Bob, Desk2)));

        Assert.Equal((second, Noon + Seconds(15)), (offer.Interaction, offer.ExpiresAt));
    }

    [Fact]
    public void The_next_caller_rings_at_nobody_while_all_ring_for_the_first()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);

        Assert.Empty(_center.Send(new Enqueue(_center.NewInteraction(), Sales)));
    }

    [Fact]
    public void The_next_caller_rings_at_all_the_losers_as_they_are_confirmed()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);
        var second = _center.Enqueue(Sales);
        _center.Answer(Bob);
        _center.Advance(Seconds(1));

        var first = Assert.IsType<Offer>(Assert.Single(_center.Settle(Carol)));
        _center.Advance(Seconds(1));
        var other = Assert.IsType<Offer>(Assert.Single(_center.Settle(Alice)));

        Assert.Equal([(Carol, second), (Alice, second)], [(first.Agent, first.Interaction), (other.Agent, other.Interaction)]);
        Assert.Equal(first.ExpiresAt, other.ExpiresAt);
    }

    [Fact]
    public void One_who_refuses_does_not_stop_the_others_and_is_not_rung_again_meanwhile()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);

        Assert.Empty(_center.Send(new OfferFailed(_center.RingingAt(Alice).Id, OfferFailure.Rejected)));
        Assert.Empty(_center.Advance(Seconds(4.999)));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Advance(Seconds(0.001)))).Agent);
        Assert.NotNull(_center.FindRinging(Bob));
    }

    [Fact]
    public void One_who_is_spared_is_left_alone_while_another_is_free()
    {
        SpareAlice();
        _center.LogIn(Bob, Desk2);
        _center.Answer(Bob);
        _center.LogIn(Carol, Desk3);
        _center.Settle(Alice);

        Assert.Equal(Carol, Assert.IsType<Offer>(Assert.Single(_center.Send(new Enqueue(_center.NewInteraction(), Sales)))).Agent);
    }

    [Fact]
    public void One_who_is_spared_is_rung_when_nobody_is_free()
    {
        SpareAlice();

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(_center.Settle(Alice))).Agent);
    }

    [Fact]
    public void After_the_ring_time_all_are_withdrawn_and_the_place_is_kept()
    {
        _center.LogInAll();
        var first = _center.Enqueue(Sales);
        _center.Advance(Seconds(1));
        _center.Enqueue(Sales);

        var effects = _center.Advance(Seconds(14));
        Assert.Equal([(Alice, OfferEnd.NoAnswer), (Bob, OfferEnd.NoAnswer), (Carol, OfferEnd.NoAnswer)], effects.Select(EndOf));

        Assert.Equal(first, Assert.IsType<Offer>(_center.Settle(Carol)[0]).Interaction);
    }

    [Fact]
    public void A_caller_who_leaves_stops_the_ringing_everywhere()
    {
        _center.LogInAll();
        var interaction = _center.Enqueue(Sales);

        var effects = _center.Send(new Leave(interaction, QueueExit.Abandoned));

        Assert.Equal([(Alice, OfferEnd.CallerLeft), (Bob, OfferEnd.CallerLeft), (Carol, OfferEnd.CallerLeft)], effects.Take(3).Select(EndOf));
        Assert.IsType<QueueOutcome.Abandoned>(OutcomeOf(effects[3]));
        Assert.Equal(4, effects.Count);
    }

    [Fact]
    public void The_callers_own_deadline_ends_the_ringing_everywhere()
    {
        var center = WithAllStrategies(QueueOf(Sales, Alice, Bob) with { Strategy = RingAllStrategy.StrategyName, RingTime = Seconds(20), MaxWait = Seconds(5) });
        center.LogIn(Alice, Desk1);
        center.LogIn(Bob, Desk2);
        center.Enqueue(Sales);

        Assert.Equal(Noon + Seconds(5), center.RingingAt(Bob).ExpiresAt);
        Assert.Equal([OfferEnd.CallerLeft, OfferEnd.CallerLeft], center.Advance(Seconds(5)).OfType<WithdrawOffer>().Select(each => each.Reason));
    }

    [Fact]
    public void Both_answers_of_a_tie_connect_one()
    {
        _center.LogInAll();
        _center.Enqueue(Sales);
        var (one, other) = (_center.RingingAt(Alice), _center.RingingAt(Bob));

        var effects = _center.Send(new OfferAnswered(one.Id), new OfferAnswered(other.Id));

        Assert.Equal(Alice, Assert.Single(effects.OfType<Connect>()).Agent);
    }

    private void SpareAlice()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        _center.Advance(Seconds(15));
    }

    private static (AgentId, OfferEnd) EndOf(RoutingEffect effect) => (Assert.IsType<WithdrawOffer>(effect).Agent, ((WithdrawOffer)effect).Reason);
}

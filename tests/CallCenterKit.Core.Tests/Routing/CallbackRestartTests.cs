using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class CallbackRestartTests
{
    private readonly TestCenter _center = new(QueueOf(Sales, Alice));

    [Fact]
    public void The_place_the_attempts_and_the_time_of_the_next_survive()
    {
        var interaction = _center.Enqueue(Sales);
        _center.Send(new RequestCallback(interaction));
        _center.LogIn(Alice, Desk1);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id), new PartyNotReached(offer.Id, CallbackFailure.NoAnswer));
        _center.Advance(Seconds(100));

        var next = _center.Restart();

        Assert.Empty(next.Advance(Seconds(200) - TimeSpan.FromTicks(1)));
        var again = Assert.IsType<Offer>(Assert.Single(next.Advance(TimeSpan.FromTicks(1))));
        Assert.Equal((interaction, Noon), (again.Interaction, next.EntryOf(interaction).EnqueuedAt));
        Assert.Equal(2, Assert.IsType<CallBack>(Assert.Single(next.Send(new OfferAnswered(again.Id)))).Attempt);
    }

    [Fact]
    public void A_party_who_was_being_called_is_called_again_at_once_and_it_costs_no_attempt()
    {
        var interaction = _center.Enqueue(Sales);
        _center.Send(new RequestCallback(interaction));
        _center.LogIn(Alice, Desk1);
        _center.Answer(Alice);

        var next = _center.Restart();

        var offer = Assert.IsType<Offer>(Assert.Single(next.Effects));
        Assert.Equal(1, Assert.IsType<CallBack>(Assert.Single(next.Send(new OfferAnswered(offer.Id)))).Attempt);
    }

    [Fact]
    public void A_party_who_was_spoken_with_is_not_called_again()
    {
        var interaction = _center.Enqueue(Sales);
        _center.Send(new RequestCallback(interaction));
        _center.LogIn(Alice, Desk1);
        var offer = _center.RingingAt(Alice);
        _center.Send(new OfferAnswered(offer.Id), new PartyReached(offer.Id));

        var next = _center.Restart();

        Assert.Empty(next.Effects);
        Assert.Equal(AgentState.Available, next.Board(Alice));
    }

    [Fact]
    public void One_that_expired_while_nobody_was_there_is_given_up_at_once()
    {
        _center.Send(new RequestCallback(_center.Enqueue(Sales)));
        _center.SetClock(Noon + TimeSpan.FromHours(5));

        var next = _center.Restart();

        Assert.IsType<Release>(Assert.Single(next.Effects));
        Assert.Equal(QueueExit.CallbackGivenUp, next.Last<QueueLeft>().Exit);
    }
}

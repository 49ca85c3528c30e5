using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class TierTests
{
    private static readonly QueueModel Tiers = QueueOf(Sales) with
    {
        Strategy = ExpertFirstStrategy.StrategyName,
        Members = [new(Carol, Tier: 3), new(Bob, Tier: 2), new(Alice, Tier: 1)],
        TierOpenings = [Seconds(10), Seconds(30)],
    };

    private readonly TestCenter _center = WithAllStrategies(Tiers);

    [Fact]
    public void The_lowest_tier_comes_first_whoever_is_idle_longest()
    {
        var center = WithAllStrategies(Tiers with { TierOpenings = [] });
        center.LogIn(Carol, Desk3);
        center.Advance(Seconds(1));
        center.LogIn(Bob, Desk2);
        center.Advance(Seconds(1));
        center.LogIn(Alice, Desk1);

        foreach (var _ in Enumerable.Range(0, 3))
            center.Enqueue(Sales);

        Assert.Equal([Alice, Bob, Carol], center.Effects.OfType<Offer>().Select(offer => offer.Agent));
    }

    [Fact]
    public void Without_openings_a_higher_tier_is_asked_as_soon_as_nobody_of_a_lower_one_is_free()
    {
        var center = WithAllStrategies(Tiers with { TierOpenings = [] });
        center.LogIn(Carol, Desk3);

        Assert.Equal(Carol, Assert.IsType<Offer>(Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales)))).Agent);
    }

    [Fact]
    public void A_tier_opens_at_its_instant_and_not_before()
    {
        _center.LogIn(Bob, Desk2);
        _center.LogIn(Carol, Desk3);
        var interaction = _center.Enqueue(Sales);

        Assert.Empty(_center.Advance(Seconds(9.999)));
        var offer = Assert.IsType<Offer>(Assert.Single(_center.Advance(Seconds(0.001))));

        Assert.Equal((Bob, interaction), (offer.Agent, offer.Interaction));
        var opened = _center.Last<EntryOpened>();
        Assert.Equal((offer.Entry, OpeningKind.Tier, 2, Noon + Seconds(10)), (opened.Entry, opened.Kind, opened.Step, _center.WhenLast<EntryOpened>()));
    }

    [Fact]
    public void Each_opening_is_told_even_when_nobody_is_there()
    {
        _center.Enqueue(Sales);
        _center.Advance(Seconds(60));

        var openings = _center.Journal.Where(entry => entry.Event is EntryOpened).ToList();
        Assert.Equal([(2, Noon + Seconds(10)), (3, Noon + Seconds(30))], openings.Select(entry => (((EntryOpened)entry.Event).Step, entry.At)));
    }

    [Fact]
    public void A_tier_that_opens_keeps_the_place_before_those_who_came_later()
    {
        var first = _center.Enqueue(Sales);
        _center.Advance(Seconds(1));
        _center.Enqueue(Sales);
        _center.Advance(Seconds(10));

        _center.LogIn(Bob, Desk2);

        Assert.Equal(first, _center.RingingAt(Bob).Interaction);
    }

    [Fact]
    public void One_for_whom_the_tier_is_open_is_served_while_an_earlier_one_waits_for_nobody_else()
    {
        _center.Advance(Seconds(5));
        var early = _center.NewInteraction();
        _center.Send(new Enqueue(early, Sales, EnqueuedAt: Noon)); // Earlier place, but in this queue only from now on.
        _center.LogIn(Bob, Desk2);

        Assert.Empty(_center.Advance(Seconds(9.999)));
        Assert.Equal(early, Assert.IsType<Offer>(Assert.Single(_center.Advance(Seconds(0.001)))).Interaction);
    }

    [Fact]
    public void A_tier_that_opens_while_it_rings_is_asked_when_that_comes_to_nothing()
    {
        _center.LogIn(Alice, Desk1);
        _center.LogIn(Bob, Desk2);
        _center.Enqueue(Sales);
        _center.Advance(Seconds(15));
        Assert.Null(_center.FindRinging(Bob));

        Assert.Equal(Bob, Assert.IsType<Offer>(Assert.Single(_center.Send(new OfferFailed(_center.RingingAt(Alice).Id, OfferFailure.Rejected)))).Agent);
    }

    [Fact]
    public void Ring_all_rings_at_a_tier_that_opens_as_well()
    {
        var center = WithAllStrategies(Tiers with { Strategy = RingAllStrategy.StrategyName, RingTime = Seconds(20) });
        center.LogIn(Alice, Desk1);
        center.LogIn(Bob, Desk2);
        center.Enqueue(Sales);

        var offer = Assert.IsType<Offer>(Assert.Single(center.Advance(Seconds(10))));

        Assert.Equal((Bob, Noon + Seconds(20)), (offer.Agent, offer.ExpiresAt));
        Assert.NotNull(center.FindRinging(Alice));
    }

    [Fact]
    public void Further_tiers_come_with_the_last_opening()
    {
        var center = WithAllStrategies(Tiers with { TierOpenings = [Seconds(10)] });
        center.LogIn(Carol, Desk3);
        center.Enqueue(Sales);

        Assert.Empty(center.Advance(Seconds(9.999)));
        Assert.Equal(Carol, Assert.IsType<Offer>(Assert.Single(center.Advance(Seconds(0.001)))).Agent);
    }

    [Fact]
    public void What_has_opened_stays_open_after_a_restart()
    {
        var interaction = _center.NewInteraction();
        _center.Send(new Enqueue(interaction, Sales, Reach: PartyReach.ToBeCalled));
        _center.Advance(Seconds(10));

        var next = _center.Restart();
        next.LogIn(Bob, Desk2);

        Assert.Equal(interaction, next.RingingAt(Bob).Interaction);
    }
}

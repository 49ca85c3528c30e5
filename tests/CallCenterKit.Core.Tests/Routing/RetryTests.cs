using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class RetryTests
{
    private static readonly RetryRules Rules = new(NoAnswer: Seconds(3), Busy: Seconds(7), Rejected: Seconds(11), Unreachable: Seconds(13));

    [Theory]
    [InlineData(OfferFailure.NoAnswer, 3)]
    [InlineData(OfferFailure.Busy, 7)]
    [InlineData(OfferFailure.Rejected, 11)]
    public void After_each_reason_the_agent_is_left_alone_for_its_own_time(OfferFailure reason, int seconds)
    {
        var center = CenterOf(Rules);
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);

        Assert.Empty(center.Send(new OfferFailed(center.RingingAt(Alice).Id, reason)));
        Assert.Empty(center.Advance(Seconds(seconds) - TimeSpan.FromTicks(1)));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(center.Advance(TimeSpan.FromTicks(1)))).Agent);
    }

    [Fact]
    public void An_agent_who_let_it_ring_is_rung_again_at_once_when_nobody_else_is_free()
    {
        var center = CenterOf(Rules);
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        center.Advance(Seconds(20));

        Assert.Equal(Alice, Assert.IsType<Offer>(Assert.Single(center.Settle(Alice))).Agent);
    }

    [Theory]
    [InlineData(OfferFailure.NoAnswer)]
    [InlineData(OfferFailure.Busy)]
    [InlineData(OfferFailure.Rejected)]
    public void Without_any_time_the_same_agent_still_never_comes_twice_running_while_another_is_free(OfferFailure reason)
    {
        var center = WithAllStrategies(QueueOf(Sales, Alice, Bob, Carol) with { Strategy = LinearStrategy.StrategyName, Retry = RetryRules.After(TimeSpan.Zero) });
        center.LogInAll();
        center.Enqueue(Sales);
        AgentId? last = null;
        for (var i = 0; i < 100; i++)
        {
            var offer = center.Effects.OfType<Offer>().Last();
            Assert.NotEqual(last, offer.Agent);
            last = offer.Agent;
            center.Send(new OfferFailed(offer.Id, reason));
            center.Advance(TimeSpan.FromMilliseconds(i % 3));
        }
    }

    [Fact]
    public void Without_any_time_one_who_let_it_ring_is_passed_over_while_another_is_free()
    {
        var center = WithAllStrategies(QueueOf(Sales, Alice, Bob) with { Strategy = LinearStrategy.StrategyName, Retry = RetryRules.After(TimeSpan.Zero) });
        center.LogInAll();
        center.Enqueue(Sales);

        Assert.Equal(Bob, center.Advance(Seconds(20)).OfType<Offer>().Single().Agent);
    }

    [Fact]
    public void Without_any_time_a_lone_agent_who_refuses_is_rung_again_a_millisecond_later()
    {
        var center = CenterOf(RetryRules.After(TimeSpan.Zero));
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);

        Assert.Empty(center.Send(new OfferFailed(center.RingingAt(Alice).Id, OfferFailure.Rejected)));
        Assert.IsType<Offer>(Assert.Single(center.Advance(TimeSpan.FromMilliseconds(1))));
    }

    [Fact]
    public void The_time_counts_for_every_queue_of_the_agent()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { Retry = Rules }, QueueOf(Help, Alice));
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        center.Send(new OfferFailed(center.RingingAt(Alice).Id, OfferFailure.Rejected));

        Assert.Empty(center.Send(new Enqueue(center.NewInteraction(), Help)));
    }

    [Fact]
    public void A_new_login_ends_the_time()
    {
        var center = CenterOf(Rules);
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        center.Send(new OfferFailed(center.RingingAt(Alice).Id, OfferFailure.Rejected), new LogOut(Alice, Boss));

        Assert.IsType<Offer>(Assert.Single(center.LogIn(Alice, Desk1)));
    }

    [Fact]
    public void The_time_goes_on_over_a_restart()
    {
        var center = CenterOf(Rules);
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales);
        center.Send(new OfferFailed(center.RingingAt(Alice).Id, OfferFailure.Rejected));
        center.Advance(Seconds(5));
        var next = center.Restart();
        next.Enqueue(Sales);

        Assert.Empty(next.Advance(Seconds(5.999)));
        Assert.IsType<Offer>(Assert.Single(next.Advance(Seconds(0.001))));
    }

    [Fact]
    public void Another_callers_withdrawal_leaves_the_agent_no_time_off()
    {
        var center = CenterOf(Rules);
        center.LogIn(Alice, Desk1);
        var first = center.Enqueue(Sales);
        var second = center.Enqueue(Sales);
        center.Send(new Leave(first, QueueExit.Abandoned));

        Assert.Equal(second, Assert.IsType<Offer>(Assert.Single(center.Settle(Alice))).Interaction);
    }

    private static TestCenter CenterOf(RetryRules rules) => new(QueueOf(Sales, Alice, Bob) with { Retry = rules });
}

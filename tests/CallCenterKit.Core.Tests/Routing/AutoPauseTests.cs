using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class AutoPauseTests
{
    private readonly TestCenter _center = new(QueueOf(Sales, Alice) with { AutoPauseAfter = 3, RingTime = Seconds(15), Retry = RetryRules.After(Seconds(1)) }, QueueOf(Help, Alice));

    public AutoPauseTests()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
    }

    [Fact]
    public void After_so_many_offers_in_a_row_that_rang_in_vain_the_agent_is_paused_in_that_instant()
    {
        Miss();
        Miss();
        Assert.Null(_center.StateOf(Alice).PauseReason);

        _center.Advance(Seconds(15));

        Assert.Equal(new(Alice, PauseReasons.MissedOffers, new("routing")), _center.Last<AgentPaused>());
        Assert.Equal(_center.Now, _center.WhenLast<AgentPaused>());
        Assert.Empty(_center.Settle(Alice));
    }

    [Fact]
    public void An_answer_begins_the_count_anew()
    {
        Miss();
        Miss();
        _center.Serve(Alice);
        _center.Enqueue(Sales);
        Miss();
        Miss();

        Assert.Null(_center.StateOf(Alice).PauseReason);
    }

    [Fact]
    public void A_refusal_neither_counts_nor_begins_the_count_anew()
    {
        Miss();
        Miss();
        _center.Send(new OfferFailed(_center.RingingAt(Alice).Id, OfferFailure.Rejected));
        _center.Advance(Seconds(1));
        Assert.Null(_center.StateOf(Alice).PauseReason);

        Miss();

        Assert.Equal(PauseReasons.MissedOffers, _center.StateOf(Alice).PauseReason);
    }

    [Fact]
    public void No_answer_that_the_network_tells_counts()
    {
        for (var i = 0; i < 3; i++)
        {
            _center.Send(new OfferFailed(_center.RingingAt(Alice).Id, OfferFailure.NoAnswer));
            _center.Advance(Seconds(1));
        }

        Assert.Equal(PauseReasons.MissedOffers, _center.StateOf(Alice).PauseReason);
    }

    [Fact]
    public void A_caller_who_leaves_is_not_the_agents_fault()
    {
        for (var i = 0; i < 5; i++)
        {
            _center.Send(new Leave(_center.RingingAt(Alice).Interaction, QueueExit.Abandoned));
            _center.Settle(Alice);
            _center.Enqueue(Sales);
        }

        Assert.Equal(0, _center.StateOf(Alice).Missed);
    }

    [Fact]
    public void A_paused_agent_resumes_with_a_clean_count()
    {
        Miss();
        Miss();
        Miss();

        Assert.IsType<Offer>(Assert.Single(_center.Send(new Resume(Alice, Boss))));
        Miss();
        Miss();
        Assert.Null(_center.StateOf(Alice).PauseReason);
        Miss();
        Assert.Equal(PauseReasons.MissedOffers, _center.StateOf(Alice).PauseReason);
    }

    [Fact]
    public void A_new_login_begins_the_count_anew()
    {
        Miss();
        Miss();
        _center.LogIn(Alice, Desk2);

        Assert.Equal(0, _center.StateOf(Alice).Missed);
    }

    [Fact]
    public void The_limit_is_that_of_the_queue_whose_offer_rang()
    {
        _center.Send(new Leave(_center.RingingAt(Alice).Interaction, QueueExit.Abandoned));
        _center.Settle(Alice);
        _center.Enqueue(Help);
        for (var i = 0; i < 5; i++)
        {
            _center.Advance(Seconds(20));
            _center.Settle(Alice);
        }

        Assert.Equal((null, 5), (_center.StateOf(Alice).PauseReason, _center.StateOf(Alice).Missed));
    }

    [Fact]
    public void The_count_survives_a_restart()
    {
        Miss();
        Miss();
        var next = _center.Restart();
        next.Enqueue(Sales);
        next.Advance(Seconds(15));

        Assert.Equal(PauseReasons.MissedOffers, next.StateOf(Alice).PauseReason);
    }

    private void Miss()
    {
        _center.Advance(Seconds(15));
        _center.Settle(Alice);
    }
}

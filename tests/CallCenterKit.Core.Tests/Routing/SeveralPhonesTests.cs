using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

/// <summary>An agent with several phones is out of reach only when all of them are.</summary>
public class SeveralPhonesTests
{
    private readonly TestCenter _center = new(ModelOf([QueueOf(Sales, Alice)], AliceWith(RingOrder.All)));

    [Theory]
    [InlineData(RingOrder.All)]
    [InlineData(RingOrder.InOrder)]
    public void One_phone_is_enough(RingOrder order)
    {
        _center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice)], AliceWith(order))));
        _center.LogIn(Alice, Desk1);
        _center.Send(new ReachabilityChanged(Desk1, false));
        Assert.Equal(AgentState.Available, _center.Board(Alice));

        _center.Send(new ReachabilityChanged(Desk2, false));
        Assert.Equal(AgentState.Unreachable, _center.Board(Alice));

        _center.Send(new ReachabilityChanged(Desk2, true));
        Assert.Equal(AgentState.Available, _center.Board(Alice));
    }

    [Fact]
    public void Where_only_one_rings_only_that_one_counts()
    {
        _center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice)], AliceWith(RingOrder.First))));
        _center.LogIn(Alice, Desk1);

        _center.Send(new ReachabilityChanged(Desk1, false));

        Assert.Equal(AgentState.Unreachable, _center.Board(Alice));
    }

    [Fact]
    public void An_offer_is_withdrawn_when_the_last_phone_is_lost()
    {
        _center.LogIn(Alice, Desk1);
        _center.Enqueue(Sales);
        var offer = _center.RingingAt(Alice);

        Assert.Empty(_center.Send(new ReachabilityChanged(Desk1, false)));
        var effects = _center.Send(new ReachabilityChanged(Desk2, false));

        Assert.Equal(offer.Id, Assert.IsType<WithdrawOffer>(Assert.Single(effects)).Id);
    }

    [Fact]
    public void Another_order_of_ringing_counts_at_once()
    {
        _center.LogIn(Alice, Desk1);
        _center.Send(new ReachabilityChanged(Desk1, false));

        _center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice)], AliceWith(RingOrder.First))));
        Assert.Equal(AgentState.Unreachable, _center.Board(Alice));
        _center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice)], AliceWith(RingOrder.All))));

        Assert.Equal(AgentState.Available, _center.Board(Alice));
    }

    [Fact]
    public void A_restart_knows_the_other_phones()
    {
        _center.LogIn(Alice, Desk1);
        _center.Send(new ReachabilityChanged(Desk1, false));

        var next = _center.Restart();
        Assert.Equal(AgentState.Available, next.Board(Alice));
        next.Send(new ReachabilityChanged(Desk2, false));

        Assert.Equal(AgentState.Unreachable, next.Board(Alice));
    }

    private static AgentModel AliceWith(RingOrder order) => AgentOf(Alice) with { Endpoints = [new(Desk1), new(Desk2)], RingOrder = order };
}

using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class PriorityTests
{
    private static readonly QueueModel OfAlice = QueueOf(Sales, Alice);

    [Fact]
    public void A_credit_counts_like_wait_to_the_tick()
    {
        Assert.Equal("early", FirstOf(creditOfLater: Seconds(10) - TimeSpan.FromTicks(1), after: Seconds(10)));
        Assert.Equal("early", FirstOf(creditOfLater: Seconds(10), after: Seconds(10))); // Equal: whoever came first.
        Assert.Equal("later", FirstOf(creditOfLater: Seconds(10) + TimeSpan.FromTicks(1), after: Seconds(10)));
    }

    [Fact]
    public void Credits_add_up_and_may_take()
    {
        var center = new TestCenter(OfAlice);
        var plain = center.Enqueue(Sales);
        var credited = center.NewInteraction();
        center.Send(new Enqueue(credited, Sales) { Credits = [new("priority", Seconds(60)), new("complaint", Seconds(30)), new("spam", Seconds(-91))] });

        center.LogIn(Alice, Desk1);

        Assert.Equal(plain, center.RingingAt(Alice).Interaction);
    }

    [Fact]
    public void A_credit_is_no_pass_one_who_has_waited_longer_than_it_is_worth_comes_first()
    {
        var center = new TestCenter(OfAlice with { VipCredit = Seconds(300) });
        var plain = center.Enqueue(Sales);
        center.Advance(Seconds(301));
        foreach (var _ in Enumerable.Range(0, 50))
            center.Send(new Enqueue(center.NewInteraction(), Sales) { Vip = true });

        center.LogIn(Alice, Desk1);

        Assert.Equal(plain, center.RingingAt(Alice).Interaction);
    }

    [Fact]
    public void A_vip_comes_before_those_who_came_within_the_credit()
    {
        var center = new TestCenter(OfAlice with { VipCredit = Seconds(300) });
        center.Enqueue(Sales);
        center.Advance(Seconds(299));
        var vip = center.NewInteraction();
        center.Send(new Enqueue(vip, Sales) { Vip = true });

        center.LogIn(Alice, Desk1);

        Assert.Equal(vip, center.RingingAt(Alice).Interaction);
    }

    [Fact]
    public void The_weight_of_a_queue_counts_against_other_queues_of_the_agent()
    {
        var center = new TestCenter(OfAlice, QueueOf(Help, Alice) with { Credit = Seconds(60) });
        center.Enqueue(Sales);
        center.Advance(Seconds(59));
        var weighty = center.Enqueue(Help);

        center.LogIn(Alice, Desk1);

        Assert.Equal(weighty, center.RingingAt(Alice).Interaction);
    }

    [Fact]
    public void Another_weight_of_a_queue_moves_those_who_wait()
    {
        var center = new TestCenter(OfAlice, QueueOf(Help, Alice));
        center.Enqueue(Sales);
        center.Advance(Seconds(59));
        var weighty = center.Enqueue(Help);
        center.Send(new ApplyModel(ModelOf([OfAlice, QueueOf(Help, Alice) with { Credit = Seconds(60) }])));

        center.LogIn(Alice, Desk1);

        Assert.Equal(weighty, center.RingingAt(Alice).Interaction);
    }

    [Fact]
    public void A_vip_is_served_by_the_strategy_for_vips()
    {
        var center = WithAllStrategies(QueueOf(Sales) with
        {
            Members = [new(Alice), new(Bob, Tier: 2), new(Carol)],
            VipStrategy = LinearStrategy.StrategyName,
        });
        center.LogIn(Carol, Desk3);
        center.Advance(Seconds(1));
        center.LogIn(Alice, Desk1);

        center.Send(new Enqueue(center.NewInteraction(), Sales) { Vip = true });
        Assert.NotNull(center.FindRinging(Alice));
        center.Enqueue(Sales);
        Assert.NotNull(center.FindRinging(Carol));
    }

    [Fact]
    public void Credits_move_along_with_the_caller()
    {
        var center = new TestCenter(OfAlice with { MaxWait = Seconds(10), Overflow = new(CallCenterKit.Queues.OverflowKind.Queue, "help") }, QueueOf(Help, Bob));
        var vip = center.NewInteraction();
        center.Send(new Enqueue(vip, Sales) { Vip = true, Credits = [new("priority", Seconds(5))] });

        center.Advance(Seconds(10));

        var entered = center.Last<QueueEntered>();
        Assert.Equal((Help, true, new Credit("priority", Seconds(5))), (entered.Queue, entered.Vip, Assert.Single(entered.Credits)));
    }

    private static string FirstOf(TimeSpan creditOfLater, TimeSpan after)
    {
        var center = new TestCenter(OfAlice);
        var early = center.Enqueue(Sales);
        center.Advance(after);
        center.Send(new Enqueue(center.NewInteraction(), Sales) { Credits = [new("priority", creditOfLater)] });
        center.LogIn(Alice, Desk1);
        return center.RingingAt(Alice).Interaction == early ? "early" : "later";
    }
}

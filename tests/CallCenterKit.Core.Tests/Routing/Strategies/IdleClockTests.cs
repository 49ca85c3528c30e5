using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class IdleClockTests
{
    [Theory]
    [InlineData(LongestIdleStrategy.StrategyName, "alice")]
    [InlineData(LongestAvailableStrategy.StrategyName, "bob")]
    public void After_call_work_counts_as_work_by_one_clock_and_not_by_the_other(string strategy, string first)
    {
        var center = CenterOf(strategy);
        center.Enqueue(Help);
        center.Serve(Alice, Seconds(1));
        center.Advance(Seconds(1));
        center.Enqueue(Sales);
        center.Serve(Bob, Seconds(1));
        center.Advance(Seconds(60));

        Assert.Equal(new(first), FirstFor(center));
    }

    [Theory]
    [InlineData(LongestIdleStrategy.StrategyName, "alice")]
    [InlineData(LongestAvailableStrategy.StrategyName, "bob")]
    public void An_offer_that_came_to_nothing_counts_as_work_by_one_clock_and_not_by_the_other(string strategy, string first)
    {
        var center = CenterOf(strategy);
        center.Send(new Leave(center.Enqueue(Sales), QueueExit.Abandoned));
        center.Advance(Seconds(1));
        center.Settle(Alice);

        Assert.Equal(new(first), FirstFor(center));
    }

    [Theory]
    [InlineData(LongestIdleStrategy.StrategyName)]
    [InlineData(LongestAvailableStrategy.StrategyName)]
    public void A_new_shift_begins_at_the_end_of_the_line(string strategy)
    {
        var center = CenterOf(strategy);
        center.Send(new LogOut(Alice, Boss));
        center.Advance(Seconds(1));
        center.LogIn(Alice, Desk1);

        Assert.Equal(Bob, FirstFor(center));
    }

    [Theory]
    [InlineData(LongestIdleStrategy.StrategyName)]
    [InlineData(LongestAvailableStrategy.StrategyName)]
    public void Moving_to_another_phone_keeps_the_turn(string strategy)
    {
        var center = CenterOf(strategy);
        center.LogIn(Alice, Desk3);

        Assert.Equal(Alice, FirstFor(center));
    }

    [Theory]
    [InlineData(LongestIdleStrategy.StrategyName)]
    [InlineData(LongestAvailableStrategy.StrategyName)]
    public void Both_clocks_survive_a_restart(string strategy)
    {
        var center = CenterOf(strategy);
        center.Enqueue(Help);
        center.Serve(Alice, Seconds(1));
        center.Advance(Seconds(60));

        Assert.Equal(Bob, FirstFor(center.Restart()));
    }

    /// <summary>Alice, who is idle longer, and Bob serve sales; Alice alone serves help, which needs after-call work.</summary>
    private static TestCenter CenterOf(string strategy)
    {
        var center = WithAllStrategies(QueueOf(Sales, Bob, Alice) with { Strategy = strategy }, QueueOf(Help, Alice) with { WrapUp = Seconds(30) });
        center.LogIn(Alice, Desk1);
        center.Advance(Seconds(1));
        center.LogIn(Bob, Desk2);
        center.Advance(Seconds(1));
        return center;
    }

    private static AgentId FirstFor(TestCenter center) => Assert.IsType<Offer>(Assert.Single(center.Send(new Enqueue(center.NewInteraction(), Sales)))).Agent;
}

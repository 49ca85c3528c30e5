using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class LongestIdleTests
{
    [Fact]
    public void The_agent_whose_last_call_ended_first_comes_first()
    {
        var center = new TestCenter(QueueOf(Sales, Carol, Bob, Alice));
        center.LogInAll();
        foreach (var _ in Enumerable.Range(0, 3))
            center.Enqueue(Sales);
        var (ofAlice, ofBob, ofCarol) = (center.Answer(Alice), center.Answer(Bob), center.Answer(Carol));
        center.Advance(Seconds(1));
        center.Send(new AssignmentEnded(Bob, ofBob));
        center.Advance(Seconds(1));
        center.Send(new AssignmentEnded(Carol, ofCarol));
        center.Advance(Seconds(1));
        center.Send(new AssignmentEnded(Alice, ofAlice));

        foreach (var _ in Enumerable.Range(0, 3))
            center.Enqueue(Sales);

        Assert.Equal([Bob, Carol, Alice], center.Effects.OfType<Offer>().Skip(3).Select(offer => offer.Agent));
    }

    [Fact]
    public void Agents_with_equal_claims_come_in_the_order_of_the_member_list()
    {
        var center = new TestCenter(QueueOf(Sales, Carol, Alice, Bob));
        center.LogIn(Alice, Desk1);
        center.LogIn(Bob, Desk2);
        center.LogIn(Carol, Desk3);

        foreach (var _ in Enumerable.Range(0, 3))
            center.Enqueue(Sales);

        Assert.Equal([Carol, Alice, Bob], center.Effects.OfType<Offer>().Select(offer => offer.Agent));
    }

    [Theory]
    [InlineData(LongestIdleStrategy.StrategyName, "alice")]
    [InlineData(LongestAvailableStrategy.StrategyName, "bob")]
    public void A_pause_counts_as_work_by_one_clock_and_not_by_the_other(string strategy, string first)
    {
        var center = new TestCenter(QueueOf(Sales, Alice, Bob) with { Strategy = strategy });
        center.LogInAll();
        center.Send(new Pause(Alice, "lunch", Boss));
        center.Advance(Seconds(1));
        center.Send(new Resume(Alice, Boss));

        center.Enqueue(Sales);

        Assert.Equal(new AgentId(first), Assert.Single(center.Effects.OfType<Offer>()).Agent);
    }
}

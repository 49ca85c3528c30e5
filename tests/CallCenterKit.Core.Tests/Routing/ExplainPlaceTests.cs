using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public class ExplainPlaceTests
{
    [Fact]
    public void Wait_and_credits_add_up_to_the_score()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { Credit = Seconds(20), VipCredit = Seconds(300) });
        var interaction = center.NewInteraction();
        center.Send(new Enqueue(interaction, Sales) { Vip = true, Credits = [new("priority", Seconds(60))] });
        center.Advance(Seconds(12.5));

        var explained = center.Engine.Explain(interaction, center.Now)!;

        Assert.Equal([new("priority", Seconds(60)), new("queue", Seconds(20)), new Credit("vip", Seconds(300))], explained.Credits);
        Assert.Equal((Seconds(12.5), Seconds(392.5)), (explained.Waited, explained.Score));
        Assert.Equal("Place 1 of 1 in sales: 12.5 s waited + 60 s priority + 20 s queue + 300 s vip = 392.5 s; requires any; 0 could take it now.", explained.Text);
    }

    [Fact]
    public void The_place_counts_all_who_come_before_in_whatever_lane()
    {
        var center = new TestCenter(ModelOf([QueueOf(Sales, Alice, Bob)], AgentOf(Bob) with { Skills = SkillSet.Parse(["lt"]) }));
        center.LogIn(Alice, Desk1);
        center.Enqueue(Sales); // Rings at Alice.
        center.Send(new Enqueue(center.NewInteraction(), Sales) { Requirement = SkillExpression.Parse("lt") });
        center.Send(new RequestCallback(center.Enqueue(Sales)));
        var last = center.Enqueue(Sales);
        center.Send(new Enqueue(center.NewInteraction(), Sales) { Vip = true });

        Assert.Equal(5, center.Engine.Explain(last, center.Now)!.Place);
        Assert.StartsWith("Place 5 of 5 in sales: 0 s waited = 0 s;", center.Engine.Explain(last, center.Now)!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_rung_is_named()
    {
        var center = WithAllStrategies(QueueOf(Sales, Alice, Bob) with { Strategy = RingAllStrategy.StrategyName });
        center.LogInAll();
        var interaction = center.Enqueue(Sales);

        var explained = center.Engine.Explain(interaction, center.Now)!;

        Assert.Equal([Alice, Bob], explained.OfferedTo);
        Assert.EndsWith("rings at alice, bob.", explained.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_requirement_is_that_of_now()
    {
        var center = new TestCenter(QueueOf(Sales, Alice) with { Requirement = SkillExpression.Parse("billing >= 5"), Relaxation = [new(Seconds(10), Lower: 2)] });
        var interaction = center.Enqueue(Sales);
        Assert.Equal("billing >= 5", center.Engine.Explain(interaction, center.Now)!.Requirement.ToString());

        center.Advance(Seconds(10));

        Assert.Contains("requires billing >= 3;", center.Engine.Explain(interaction, center.Now)!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_expected_wait_is_told_once_it_is_known()
    {
        var center = new TestCenter(QueueOf(Sales, Alice));
        center.LogIn(Alice, Desk1);
        for (var i = 0; i < 6; i++)
        {
            center.Enqueue(Sales);
            center.Serve(Alice, Seconds(60));
        }
        center.Enqueue(Sales);
        center.Answer(Alice);
        var interaction = center.Enqueue(Sales);

        var explained = center.Engine.Explain(interaction, center.Now)!;

        Assert.Equal(60, explained.Expected!.Value.Mean.TotalSeconds, 3);
        Assert.EndsWith("0 could take it now, expected to wait 60 s more (90 % at most 138.155 s).", explained.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_does_not_wait_has_no_place()
    {
        var center = new TestCenter(QueueOf(Sales, Alice));

        Assert.Null(center.Engine.Explain(center.NewInteraction(), center.Now));
    }

    [Fact]
    public void Every_kind_of_reason_has_a_test()
    {
        string[] tested =
        [
            nameof(ExplainAgentTests.Unknown_agent), nameof(ExplainAgentTests.Not_waiting), nameof(ExplainAgentTests.No_member), nameof(ExplainAgentTests.Logged_out),
            nameof(ExplainAgentTests.Leaving), nameof(ExplainAgentTests.Paused), nameof(ExplainAgentTests.Unreachable), nameof(ExplainAgentTests.Ringing),
            nameof(ExplainAgentTests.Wrapping_up), nameof(ExplainAgentTests.Resting_after_a_refusal), nameof(ExplainAgentTests.No_capacity),
            nameof(ExplainAgentTests.Not_interruptible), nameof(ExplainAgentTests.Lacking_skills), nameof(ExplainAgentTests.Tier_not_open),
            nameof(ExplainAgentTests.Another_is_waited_for), nameof(ExplainAgentTests.Carries_it_already), nameof(ExplainAgentTests.Offered_elsewhere),
            nameof(ExplainAgentTests.Being_scored), nameof(ExplainAgentTests.Callback_not_due),
        ];

        Assert.Equal(Enum.GetValues<NoOffer>().Length, tested.Length);
    }
}

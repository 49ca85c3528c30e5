using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class BestScoreTests
{
    private static readonly SkillExpression Wanted = SkillExpression.Parse("language = french and sales >= 10 and cost <= 10");

    private readonly TestCenter _center = WithAllStrategies(ModelOf(
        [QueueOf(Sales, Alice, Bob, Carol) with { Strategy = BestScoreStrategy.StrategyName, Requirement = Wanted }],
        With(Alice, "language:french", "sales:10", "cost:10"),
        With(Bob, "language:french", "sales:12", "cost:9"),
        With(Carol, "language:french", "sales:10.5", "cost:9.5")));

    [Fact]
    public void The_published_scores_of_the_best_worker_are_reproduced()
    {
        Assert.Equal(0.667, Score("language:french", "sales:10", "cost:10"), 0.0005);
        Assert.Equal(0.707, Score("language:french", "sales:15", "cost:10"), 0.0006);
        Assert.Equal(0.675, Score("language:french", "sales:10", "cost:9"), 0.0005);
    }

    [Fact]
    public void Whoever_fulfils_best_what_is_required_comes_first()
    {
        _center.LogInAll();

        foreach (var _ in Enumerable.Range(0, 3))
            _center.Enqueue(Sales);

        Assert.Equal([Bob, Carol, Alice], _center.Effects.OfType<Offer>().Select(offer => offer.Agent));
    }

    [Fact]
    public void The_published_order_is_reproduced()
    {
        var center = WithAllStrategies(ModelOf(
            [QueueOf(Sales, Alice, Bob, Carol) with { Strategy = BestScoreStrategy.StrategyName, Requirement = Wanted }],
            With(Alice, "language:french", "sales:10", "cost:10"),
            With(Bob, "language:french", "sales:15", "cost:10"),
            With(Carol, "language:french", "sales:10", "cost:9")));
        center.LogInAll();

        foreach (var _ in Enumerable.Range(0, 3))
            center.Enqueue(Sales);

        Assert.Equal([Bob, Carol, Alice], center.Effects.OfType<Offer>().Select(offer => offer.Agent));
    }

    [Fact]
    public void What_the_caller_requires_counts_too()
    {
        var center = WithAllStrategies(ModelOf(
            [QueueOf(Sales, Alice, Bob) with { Strategy = BestScoreStrategy.StrategyName }], With(Alice, "billing:3"), With(Bob, "billing:9")));
        center.LogInAll();

        center.Send(new Enqueue(center.NewInteraction(), Sales) { Requirement = SkillExpression.Parse("billing >= 3") });

        Assert.NotNull(center.FindRinging(Bob));
    }

    [Fact]
    public void Equal_scores_come_in_the_order_of_the_members()
    {
        var center = WithAllStrategies(QueueOf(Sales, Carol, Bob, Alice) with { Strategy = BestScoreStrategy.StrategyName });
        center.LogInAll();

        foreach (var _ in Enumerable.Range(0, 3))
            center.Enqueue(Sales);

        Assert.Equal([Carol, Bob, Alice], center.Effects.OfType<Offer>().Select(offer => offer.Agent));
    }

    [Fact]
    public void Linear_takes_the_first_member_who_is_free_again_and_again()
    {
        var center = WithAllStrategies(QueueOf(Sales, Bob, Carol, Alice) with { Strategy = LinearStrategy.StrategyName });
        center.LogInAll();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            center.Enqueue(Sales);
            center.Serve(Bob, Seconds(1));
        }
        center.Send(new Pause(Bob, "lunch", Boss));

        center.Enqueue(Sales);

        Assert.NotNull(center.FindRinging(Carol));
    }

    private static double Score(params string[] skills) => Wanted.ScoreOf(SkillSet.Parse(skills));

    private static AgentModel With(AgentId agent, params string[] skills) => AgentOf(agent) with { Skills = SkillSet.Parse(skills) };
}

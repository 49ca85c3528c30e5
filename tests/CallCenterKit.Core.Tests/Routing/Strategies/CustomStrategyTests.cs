using CallCenterKit.Model;
using CallCenterKit.Routing;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class CustomStrategyTests
{
    [Fact]
    public void A_strategy_of_the_host_is_found_by_its_name_whatever_the_case()
    {
        var center = CenterOf(QueueOf(Sales, Alice, Bob, Carol) with { Strategy = "last-named" });
        center.LogInAll();

        foreach (var _ in Enumerable.Range(0, 3))
            center.Enqueue(Sales);

        Assert.Equal([Carol, Bob, Alice], center.Effects.OfType<Offer>().Select(offer => offer.Agent));
    }

    [Fact]
    public void It_knows_tier_weight_and_place_of_a_member()
    {
        var strategy = new LastNamed();
        var center = With([strategy], ModelOf([QueueOf(Sales) with { Strategy = strategy.Name, Members = [new(Alice), new(Bob, Tier: 2, Weight: 7)] }]));
        center.LogIn(Bob, Desk2);
        center.Enqueue(Sales);

        Assert.Equal((Bob, 1, 2, 7), (strategy.Last.Id, strategy.Last.Ordinal, strategy.Last.Tier, strategy.Last.Weight));
        Assert.Equal((Noon, 1.0), (strategy.Last.AvailableSince, strategy.Last.Score));
    }

    [Fact]
    public void Two_of_one_name_are_refused()
    {
        var fault = Assert.Throws<ArgumentException>(() => new RoutingEngine([new LastNamed(), new LastNamed()], epoch: 1, seed: 1));

        Assert.Contains("Last-Named", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_strategy_for_vips_is_refused_whole()
    {
        var center = CenterOf(QueueOf(Sales, Alice));
        var before = center.Engine.TakeSnapshot();

        var fault = Assert.Throws<ArgumentException>(() =>
            center.Send(new ApplyModel(ModelOf([QueueOf(Sales, Alice) with { VipStrategy = "psychic" }]))));

        Assert.Contains("psychic", fault.Message, StringComparison.Ordinal);
        Assert.Same(before.Model, center.Engine.TakeSnapshot().Model);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void A_weight_out_of_bounds_counts_as_the_nearest_within(int weight)
    {
        var center = With([new Weighty(weight)], ModelOf([QueueOf(Sales, Alice, Bob, Carol) with { Strategy = "weighty" }]));
        center.LogInAll();

        foreach (var _ in Enumerable.Range(0, 3))
            center.Enqueue(Sales);

        Assert.Equal(3, center.Effects.OfType<Offer>().Select(offer => offer.Agent).Distinct().Count());
    }

    private static TestCenter CenterOf(QueueModel queue) => With([.. BuiltInStrategies.All, new LastNamed()], ModelOf([queue]));

    private sealed class LastNamed : IRoutingStrategy
    {
        public string Name => "Last-Named";

        public AgentFacts Last { get; private set; }

        public long KeyOf(in AgentFacts agent, QueueModel queue)
        {
            Last = agent;
            return -agent.Ordinal;
        }
    }

    private sealed class Weighty(int weight) : IRoutingStrategy
    {
        public string Name => "weighty";

        public RoutingChoice Choice => RoutingChoice.Weighted;

        public long KeyOf(in AgentFacts agent, QueueModel queue) => agent.Ordinal;

        public int WeightOf(in AgentFacts agent, QueueModel queue) => weight;
    }
}

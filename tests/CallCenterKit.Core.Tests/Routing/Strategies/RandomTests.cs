using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Strategies;

public class RandomTests
{
    private const int Calls = 100_000;

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(97)]
    public void Every_agent_is_as_likely_as_the_other(int agents)
    {
        var draws = new Draws(RandomStrategy.StrategyName, Same(agents));
        var counts = new int[agents];
        for (var i = 0; i < Calls; i++)
            counts[draws.Next()]++;

        Assert.InRange(Draws.ChiSquare(counts, Shares(agents)), 0, Draws.Limit(agents - 1));
    }

    [Fact]
    public void One_draw_says_nothing_about_the_next()
    {
        const int agents = 10;
        var draws = new Draws(RandomStrategy.StrategyName, Same(agents));
        var pairs = new int[agents * agents];
        var last = draws.Next();
        for (var i = 0; i < Calls; i++)
        {
            var next = draws.Next();
            pairs[(last * agents) + next]++;
            last = next;
        }

        Assert.InRange(Draws.ChiSquare(pairs, Shares(agents * agents)), 0, Draws.Limit(agents * (agents - 1)));
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_another_seed_does_not()
    {
        Assert.Equal(First(seed: 5), First(seed: 5));
        Assert.NotEqual(First(seed: 5), First(seed: 6));

        static List<int> First(ulong seed)
        {
            var draws = new Draws(RandomStrategy.StrategyName, Same(10), seed);
            return [.. Enumerable.Range(0, 100).Select(_ => draws.Next())];
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void With_memory_the_same_agent_never_comes_twice_running_and_the_rest_are_equally_likely(int agents)
    {
        var draws = new Draws(RandomWithMemoryStrategy.StrategyName, Same(agents));
        var (counts, steps) = (new int[agents], new int[agents - 1]);
        var last = draws.Next();
        for (var i = 0; i < Calls; i++)
        {
            var next = draws.Next();
            Assert.NotEqual(last, next);
            counts[next]++;
            steps[(next - last - 1 + agents) % agents]++;
            last = next;
        }

        Assert.InRange(Draws.ChiSquare(steps, Shares(agents - 1)), 0, Draws.Limit(agents - 2));
        Assert.InRange(Draws.ChiSquare(counts, Shares(agents)), 0, Draws.Limit(agents - 1));
    }

    [Fact]
    public void With_memory_two_agents_take_turns()
    {
        var draws = new Draws(RandomWithMemoryStrategy.StrategyName, Same(2));

        var taken = Enumerable.Range(0, 1_000).Select(_ => draws.Next()).ToList();

        Assert.Equal(taken.Select((_, i) => (taken[0] + i) % 2), taken);
    }

    [Fact]
    public void With_memory_the_only_one_who_is_there_comes_again()
    {
        var draws = new Draws(RandomWithMemoryStrategy.StrategyName, Same(2));
        var first = draws.Next();
        draws.Handle(new Pause(draws.Agents[1 - first], "lunch", TestCenter.Boss));

        Assert.Equal([first, first], [draws.Next(), draws.Next()]);
    }

    [Fact]
    public void Weights_say_how_likely_an_agent_is()
    {
        var draws = new Draws(WeightedRandomStrategy.StrategyName, [1, 2, 7]);
        var counts = new int[3];
        for (var i = 0; i < Calls; i++)
            counts[draws.Next()]++;

        Assert.InRange(Draws.ChiSquare(counts, [1, 2, 7]), 0, Draws.Limit(2));
    }

    [Fact]
    public void Weights_count_among_those_who_are_there()
    {
        var draws = new Draws(WeightedRandomStrategy.StrategyName, [1, 1_000_000, 2]);
        draws.Handle(new Pause(draws.Agents[1], "lunch", TestCenter.Boss));
        var counts = new int[3];
        for (var i = 0; i < Calls; i++)
            counts[draws.Next()]++;

        Assert.Equal(0, counts[1]);
        Assert.InRange(Draws.ChiSquare([counts[0], counts[2]], [1, 2]), 0, Draws.Limit(1));
    }

    private static int[] Same(int agents) => [.. Enumerable.Repeat(1, agents)];

    private static double[] Shares(int agents) => [.. Enumerable.Repeat(1.0, agents)];
}

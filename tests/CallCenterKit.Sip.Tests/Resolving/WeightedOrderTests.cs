using CallCenterKit.Sip.Resolving;

namespace CallCenterKit.Sip.Tests.Resolving;

public sealed class WeightedOrderTests
{
    private static List<string> Arrange(Draws draws, params (string Name, int Priority, int Weight)[] servers) =>
        [.. WeightedOrder.Arrange(servers, one => one.Priority, one => one.Weight, draws).Select(one => one.Name)];

    [Fact]
    public void Lower_priority_comes_first_whatever_its_weight()
    {
        var draws = new Draws(new Random(1));
        for (var i = 0; i < 100; i++)
            Assert.Equal(["b", "c", "a"], Arrange(draws, ("a", 30, 1000), ("b", 10, 0), ("c", 20, 1)));
    }

    [Fact]
    public void Load_follows_the_weights()
    {
        const int Rounds = 60_000;
        var draws = new Draws(new Random(7));
        var first = new Dictionary<string, int> { ["a"] = 0, ["b"] = 0, ["c"] = 0 };
        for (var i = 0; i < Rounds; i++)
            first[Arrange(draws, ("a", 1, 100), ("b", 1, 200), ("c", 1, 300))[0]]++;

        var chiSquare = new[] { ("a", 100), ("b", 200), ("c", 300) }
            .Sum(one => Math.Pow(first[one.Item1] - (Rounds * one.Item2 / 600.0), 2) / (Rounds * one.Item2 / 600.0));
        Assert.True(chiSquare < 13.8, $"chi-square {chiSquare} with two degrees of freedom is beyond 0.1 %: {string.Join(", ", first)}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Equal_weights_share_equally_however_small(int weight)
    {
        var draws = new Draws(new Random(5));
        var first = Enumerable.Range(0, 10_000).Count(_ => Arrange(draws, ("a", 1, weight), ("b", 1, weight))[0] == "a");

        Assert.InRange(first, 4800, 5200);
    }

    [Fact]
    public void Server_of_weight_0_is_rarely_first_but_always_there()
    {
        var draws = new Draws(new Random(3));
        var orders = Enumerable.Range(0, 10_000).Select(_ => Arrange(draws, ("zero", 1, 0), ("heavy", 1, 99))).ToArray();

        Assert.All(orders, order => Assert.Equal(2, order.Count));
        Assert.InRange(orders.Count(order => order[0] == "zero"), 50, 160); // 1 of 100
    }

    [Fact]
    public void Same_seed_gives_the_same_order()
    {
        static List<string> Run()
        {
            var draws = new Draws(new Random(42));
            return [.. Enumerable.Range(0, 50).SelectMany(_ => Arrange(draws, ("a", 1, 1), ("b", 1, 2), ("c", 1, 3)))];
        }

        Assert.Equal(Run(), Run());
    }
}

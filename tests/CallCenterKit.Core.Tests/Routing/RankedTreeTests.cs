using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing;

public class RankedTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_first_that_suffices_is_the_one_a_search_finds(int seed)
    {
        var random = new Random(seed);
        var tree = new RankedTree<string>();
        var plain = new SortedDictionary<RankKey, (int Amount, string Item)>();
        for (var step = 0; step < 5_000; step++)
        {
            var key = new RankKey(random.Next(40), random.Next(3), random.Next(5));
            if (plain.Remove(key))
            {
                tree.Remove(key);
            }
            else
            {
                var amount = random.Next(-5, 6);
                plain.Add(key, (amount, $"{key}"));
                tree.Add(key, amount, $"{key}");
            }

            var wanted = random.Next(-6, 8);
            var expected = plain.Values.FirstOrDefault(each => each.Amount >= wanted).Item;
            Assert.Equal(expected, tree.First(wanted, out var found));
            Assert.Equal(expected is null ? default : plain.First(pair => pair.Value.Item == expected).Key, found);
            Assert.Equal(plain.Count, tree.Count);
        }
    }

    [Fact]
    public void Keys_that_come_in_order_do_not_make_it_deep()
    {
        var tree = new RankedTree<string>();
        for (var number = 0; number < 200_000; number++)
            tree.Add(new(number, 0, 0), 1, "");

        for (var number = 0; number < 200_000; number++)
        {
            Assert.NotNull(tree.First(1, out var key));
            Assert.Equal(number, key.First);
            tree.Remove(key);
        }
    }

    [Fact]
    public void What_is_not_there_cannot_be_removed()
    {
        var tree = new RankedTree<string>();
        tree.Add(new(1, 0, 0), 1, "one");

        Assert.Throws<InvalidOperationException>(() => tree.Remove(new(2, 0, 0)));
    }
}

using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing;

public class RankedTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_finds_what_a_search_finds(int seed)
    {
        var random = new Random(seed);
        var tree = new RankedTree<string>();
        var plain = new SortedDictionary<RankKey, (int Weight, string Item)>();
        for (var step = 0; step < 5_000; step++)
        {
            var key = new RankKey(random.Next(40), random.Next(3), random.Next(5));
            if (plain.Remove(key))
            {
                tree.Remove(key);
            }
            else
            {
                var weight = random.Next(1, 6);
                plain.Add(key, (weight, $"{key}"));
                tree.Add(key, weight, $"{key}");
            }

            var asked = new RankKey(random.Next(40), random.Next(3), random.Next(5));
            Assert.Equal(plain.Values.FirstOrDefault().Item, tree.First);
            Assert.Equal(plain.FirstOrDefault(pair => pair.Key.CompareTo(asked) > 0).Value.Item, tree.After(asked));
            Assert.Equal(plain.Where(pair => pair.Key.CompareTo(asked) < 0).Sum(pair => pair.Value.Weight), tree.Before(asked));
            Assert.Equal(plain.ContainsKey(asked), tree.Before(asked with { Third = asked.Third + 1 }) > tree.Before(asked));
            Assert.Equal((plain.Count, plain.Values.Sum(each => each.Weight)), (tree.Count, tree.Total));
            if (tree.Total > 0)
            {
                var position = random.Next((int)tree.Total);
                Assert.Equal(plain.Values.SelectMany(each => Enumerable.Repeat(each.Item, each.Weight)).ElementAt(position), tree.At(position));
            }
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
            Assert.NotNull(tree.FirstWith(out var key));
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

namespace CallCenterKit.Sip.Resolving;

/// <summary>The order in which servers of one service are tried (RFC 2782, "Weight").</summary>
internal static class WeightedOrder
{
    /// <summary>Lower priorities first; within one, drawn by weight, those of weight 0 with a small chance.</summary>
    public static List<T> Arrange<T>(IEnumerable<T> items, Func<T, int> priority, Func<T, int> weight, Draws draws)
    {
        List<T> ordered = [];
        foreach (var group in items.GroupBy(priority).OrderBy(group => group.Key))
        {
            // Those of weight 0 stand at the beginning, where only a draw of 0 finds them.
            List<T> left = [.. group.OrderBy(item => weight(item) > 0)];
            while (left.Count > 0)
            {
                var chosen = Choose(left, weight, draws);
                ordered.Add(left[chosen]);
                left.RemoveAt(chosen);
            }
        }
        return ordered;
    }

    private static int Choose<T>(List<T> left, Func<T, int> weight, Draws draws)
    {
        var total = left.Sum(weight);
        if (total == 0)
            return draws.Next(left.Count);
        // RFC 2782 draws from 0 on. Where nobody has weight 0, that would only give the one who stands first more than its share.
        var drawn = weight(left[0]) == 0 ? draws.Next(total + 1) : draws.Next(total) + 1;
        var sum = 0;
        for (var i = 0; i < left.Count; i++)
        {
            sum += weight(left[i]);
            if (sum >= drawn)
                return i;
        }
        return left.Count - 1;
    }
}

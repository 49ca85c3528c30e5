namespace CallCenterKit.Routing;

/// <summary>A place in an order: three numbers, the first counts most.</summary>
internal readonly record struct RankKey(long First, long Second, long Third) : IComparable<RankKey>
{
    public int CompareTo(RankKey other)
    {
        if (First != other.First)
            return First < other.First ? -1 : 1;
        if (Second != other.Second)
            return Second < other.Second ? -1 : 1;
        return Third.CompareTo(other.Third);
    }

    /// <summary>A number that looks random and is the same in every process.</summary>
    public uint Scatter()
    {
        var mixed = (ulong)First * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (ulong)Second ^ (mixed >> 31)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (ulong)Third ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (uint)(mixed >> 32);
    }
}

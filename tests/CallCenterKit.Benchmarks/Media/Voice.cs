namespace CallCenterKit.Benchmarks.Media;

/// <summary>Something to say: two sines, the same in every run.</summary>
internal static class Voice
{
    public static short[] Samples(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (short)((8000 * Math.Sin(i * 0.17)) + (3000 * Math.Sin(i * 0.71))))];
}

#pragma warning disable
using System.Diagnostics;
namespace CallCenterKit.Benchmarks.Routing;
internal static class Quick
{
    public static void Run()
    {
        foreach (var strategy in Environment.GetEnvironmentVariable("S")?.Split(',') ?? ["longest-idle"])
        foreach (var agents in new[] { 100, 1000, 10000 })
        foreach (var waiting in new[] { 0, 1000, 100_000 })
        {
            var center = new BenchmarkCenter(agents, strategy);
            center.LetWait(waiting);
            for (var i = 0; i < 2000; i++) { for (var d = 0; d < 40; d++) center.Enter(); center.FreeAll(); }
            var times = new List<double>(); long alloc = 0;
            for (var i = 0; i < 2000; i++)
            {
                var a = GC.GetAllocatedBytesForCurrentThread();
                var t = Stopwatch.GetTimestamp();
                for (var d = 0; d < 40; d++) center.Enter();
                times.Add(Stopwatch.GetElapsedTime(t).TotalMicroseconds / 40);
                alloc += GC.GetAllocatedBytesForCurrentThread() - a;
                center.FreeAll();
            }
            times.Sort();
            Console.WriteLine($"{strategy,16} {agents,6} agents {waiting,7} waiting: median {times[1000]:0.00} us, p90 {times[1800]:0.00}, {alloc / 80000} B");
        }
    }
}

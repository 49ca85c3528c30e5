using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace CallCenterKit.Benchmarks.Routing;

/// <summary>How routing is measured: some hundreds of decisions at a time, after which everything is put back, on a heap left as it is.</summary>
[MemoryDiagnoser]
[GcForce(false)]
[SimpleJob(RunStrategy.Throughput, launchCount: 1, warmupCount: 20, iterationCount: 100, invocationCount: 1)]
public abstract class RoutingBenchmark;

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

// Each run builds the solution's packages anew, which takes a small machine longer than the two minutes it would be given.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10)));

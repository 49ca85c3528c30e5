if (args is ["quick"]) { CallCenterKit.Benchmarks.Routing.Quick.Run(); return; }
BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);

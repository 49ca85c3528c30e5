using CallCenterKit;
using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Sip;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ConsolePbx.Demo;

/// <summary>Runs the same PBX on free loopback ports, calls it, and compares what happened with what was meant to.</summary>
internal static class DemoRun
{
    private const string DataFile = "data/demo.db";
    private static readonly TimeSpan LongestWrapUp = TimeSpan.FromSeconds(10);

    /// <summary>Returns the exit code: 0 when everything was as configured.</summary>
    public static async Task<int> RunAsync(CallCenterApplicationBuilder builder)
    {
        var demo = builder.Configuration.GetSection("Demo").Get<DemoOptions>() ?? new();
        var script = demo.Short ? DemoScript.Short : DemoScript.Full;
        Prepare(builder.CallCenter, script);
        using var host = builder.Build();
        await host.StartAsync();
        try
        {
            var result = await PlayAsync(host.Services, script, demo.AgentAnswer);
            await host.StopAsync(); // the board goes before the report comes
            var options = host.Services.GetRequiredService<IOptions<CallCenterOptions>>().Value;
            var checks = DemoChecks.Of(result, script, options);
            new DemoReport(Console.Out).Write(result, script, checks, options.Recording.Folder);
            return checks.All(check => check.IsOk) ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            return 1; // Ctrl+C
        }
    }

    private static void Prepare(CallCenterBuilder center, DemoScript script)
    {
        center.Configure(options =>
        {
            foreach (var call in script.Calls)
                options.Extensions.TryAdd(call.Number, new() { Password = $"demo-{call.Number}" });
            options.Sip.Listen.Clear();
            options.Sip.Listen.Add("127.0.0.1:0");
            options.Media.BindAddress = "127.0.0.1";
            options.Storage.File = DataFile;
            foreach (var queue in options.Queues.Values)
                (queue.WrapUp, queue.ServiceLevelThreshold) = (script.WrapUp, script.Threshold);
        });
        foreach (var left in new[] { DataFile, DataFile + "-wal", DataFile + "-shm" }.Where(File.Exists))
            File.Delete(left);
    }

    private static async Task<DemoResult> PlayAsync(IServiceProvider services, DemoScript script, int agentAnswer)
    {
        var center = services.GetRequiredService<CallCenter>();
        var time = services.GetRequiredService<TimeProvider>();
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var server = services.GetRequiredService<SipTelephony>().BoundEndPoints[0];
        var startedAt = time.GetUtcNow();

        await using var cast = new DemoCast(script, agentAnswer, server, time);
        await cast.RegisterAsync(services.GetRequiredService<IOptions<CallCenterOptions>>().Value);
        var outcomes = await cast.PlayAsync(stopping);
        await WaitForWrapUpAsync(center.Records, time);
        var records = await center.Records.ListAsync(startedAt, DateTimeOffset.MaxValue, 1000, stopping);
        return new(cast.Registrations, outcomes, records, center.Figures.Total);
    }

    private static async Task WaitForWrapUpAsync(ICallRecordStore records, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(LongestWrapUp, time);
        while (!limit.IsCancellationRequested && (await records.ListOpenAsync(CancellationToken.None)).Count > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
    }
}

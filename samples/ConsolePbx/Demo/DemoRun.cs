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

        var center = host.Services.GetRequiredService<CallCenter>();
        var options = host.Services.GetRequiredService<IOptions<CallCenterOptions>>().Value;
        var time = host.Services.GetRequiredService<TimeProvider>();
        var sip = host.Services.GetRequiredService<SipTelephony>();
        var startedAt = time.GetUtcNow();

        var cast = new DemoCast(script, demo.AgentAnswer, sip.BoundEndPoints[0], time);
        IReadOnlyList<DemoOutcome> outcomes;
        await using (cast)
        {
            await cast.RegisterAsync(options);
            outcomes = await cast.PlayAsync(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            await WaitForWrapUpAsync(center.Records, time);
        }
        await host.StopAsync();
        var records = await center.Records.ListAsync(startedAt, DateTimeOffset.MaxValue, 1000, CancellationToken.None);

        var checks = new DemoChecks(script, options);
        checks.CheckRegistrations(cast.Registrations);
        foreach (var outcome in outcomes)
            checks.CheckCall(outcome, records.Where(record => record.Number == outcome.Call.Number).ToList());
        var figures = DemoFigures.Of(records, script.Threshold);
        checks.CheckFigures(outcomes, figures);
        DemoReport.Write(Console.Out, figures, script, records, options.Recording.Folder, checks.All);
        return checks.All.All(check => check.IsOk) ? 0 : 1;
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
        foreach (var left in (string[])[DataFile, DataFile + "-wal", DataFile + "-shm"])
        {
            if (File.Exists(left))
                File.Delete(left);
        }
    }

    private static async Task WaitForWrapUpAsync(ICallRecordStore records, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(LongestWrapUp, time);
        while (!limit.IsCancellationRequested && (await records.ListOpenAsync(CancellationToken.None)).Count > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
    }
}

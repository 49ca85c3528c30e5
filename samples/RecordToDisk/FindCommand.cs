using CallCenterKit;
using CallCenterKit.Hosting;
using CallCenterKit.Recordings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace RecordToDisk;

/// <summary>Searches what is kept: --caller, --dialled, --agent, --queue, --days. Runs beside a host that records.</summary>
internal static class FindCommand
{
    public static async Task<int> RunAsync(CallCenterApplicationBuilder builder)
    {
        using var host = builder.Build(); // built and not started: no port is opened
        var archive = host.Services.GetRequiredService<CallCenter>().Recordings;
        var viewer = new RecordingViewer(new ActorId("console"));
        var query = QueryOf(builder.Configuration, host.Services.GetRequiredService<TimeProvider>());
        do
        {
            var page = await archive.SearchAsync(query, viewer);
            foreach (var recording in page.Recordings)
                Console.WriteLine(Line(recording));
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return 0;
    }

    private static RecordingQuery QueryOf(IConfiguration arguments, TimeProvider time) => new()
    {
        Caller = arguments["caller"],
        Dialled = arguments["dialled"],
        Agent = arguments["agent"] is { } agent ? new AgentId(agent) : null,
        Queue = arguments["queue"] is { } queue ? new QueueId(queue) : null,
        From = arguments.GetValue<double?>("days") is { } days ? time.GetUtcNow().AddDays(-days) : null,
    };

    private static string Line(StoredRecording recording)
    {
        var length = recording.IsRunning ? "running" : $"{recording.Length ?? TimeSpan.Zero:hh\\:mm\\:ss}";
        return $"{recording.StartedAt:u} {length} {recording.Caller} -> {recording.Dialled} {string.Join('+', recording.Agents)} {recording.File}";
    }
}

using CallCenterKit.Hosting;
using CallCenterKit.Recordings;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Recordings;

/// <summary>A center in which calls to "support" are recorded, and what one asks of its archive.</summary>
internal static class ArchivedCalls
{
    public static readonly RecordingViewer Supervisor = new(new("supervisor:eva"), "supervisor");
    public static readonly RecordingViewer Trainee = new(new("agent:tom"), "trainee");

    public static Task<TestCenter> StartAsync(Action<CallCenterBuilder>? configure = null, World? world = null, Memory? memory = null) => TestCenter.StartAsync(
        cc =>
        {
            cc.AddQueue("support", queue =>
            {
                queue.Record = true;
                queue.WrapUp = TimeSpan.Zero;
            });
            cc.Configure(options => options.Recording.WholeNumbersFor.Add("supervisor"));
            configure?.Invoke(cc);
        },
        world,
        memory);

    /// <summary>A customer calls and talks with Alice, who is there.</summary>
    public static async Task<StoredRecording> RecordOneAsync(this TestCenter center)
    {
        await center.CallAsync(new() { Target = "500" });
        await center.AdvanceAsync(30);
        return (await center.SearchAsync(new() { PageSize = 1 }))[0];
    }

    public static Task<TestCenter> WithAliceAsync(this TestCenter center) => center.WithAliceAsync(4);

    public static async Task<TestCenter> WithAliceAsync(this TestCenter center, double talk)
    {
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(talk) });
        return center;
    }

    public static async Task<IReadOnlyList<StoredRecording>> SearchAsync(this TestCenter center, RecordingQuery query) =>
        (await center.RunAsync(() => center.Center.Recordings.SearchAsync(query, Supervisor))).Recordings;

    public static async Task<StoredRecording> FindAsync(this TestCenter center, RecordingId recording) =>
        (await center.RunAsync(() => center.Center.Recordings.FindAsync(recording, Supervisor)))!;

    public static string PathOf(this TestCenter center, StoredRecording recording) => Path.Combine(center.RecordingFolder, recording.File);

    /// <summary>What a killed process leaves, files as they are at that moment included.</summary>
    public static async Task<Memory> CutAsync(this TestCenter center)
    {
        var files = Directory.GetFiles(center.RecordingFolder, "*.wav", SearchOption.AllDirectories).ToDictionary(file => file, Copy);
        var memory = await center.KillAsync();
        foreach (var (file, bytes) in files)
            await File.WriteAllBytesAsync(file, bytes);
        return memory;
    }

    public static byte[] Copy(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Tests.Interop;

/// <summary>What is left when the process dies in the middle of a call, and what the next one makes of it.</summary>
[Collection(InteropCollection.Name)]
public class CrashTests
{
    private const int CallerHz = 437;
    private const int AgentHz = 1033;

    /// <summary>Longer than a heartbeat, so that the last sign of life is one.</summary>
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(6.5);

    /// <summary>A phone knows that it is connected before the two are joined.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task A_killed_host_leaves_a_recording_and_a_record_and_its_phones_are_still_there_after_a_restart()
    {
        ExternalProgram.Require("sipp", "baresip", "sox", "ffmpeg");
        using var folder = new ScratchFolder();
        var address = HostProcess.FreeAddress();
        await using var first = await StartHostAsync(folder, address);
        await using var caller = await StartPhoneAsync("100", CallerHz, address);
        await using var agent = await StartPhoneAsync("200", AgentHz, address);
        await CallAndLeaveAsync(address);

        await ConnectAsync(caller, agent, address);
        await Task.Delay(Talk, TimeProvider.System);
        await first.KillAsync();
        var killedAt = TimeProvider.System.GetUtcNow();
        var recorded = await OpenRecordingAsync(folder);

        await using var second = await StartHostAsync(folder, address);
        await Task.WhenAll(HangUpAsync(caller), HangUpAsync(agent));
        await ConnectAsync(caller, agent, address);
        await Task.Delay(Moment, TimeProvider.System);
        await caller.HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), agent.WaitClosedAsync());
        Assert.True(await second.StopAsync() == 0, second.Output);

        Assert.Equal((0, 0), (caller.FurtherRegistrations, agent.FurtherRegistrations));
        var records = await ReadRecordsAsync(folder);
        Assert.Equal([CallRecordEnding.EndedInFlow, CallRecordEnding.Interrupted, CallRecordEnding.Completed], records.Select(record => record.Ending));
        AssertInterrupted(records[1], killedAt);
        var missing = killedAt - records[1].Recordings[0].StartedAt - recorded.Length;
        Assert.True(missing <= TimeSpan.FromSeconds(1), $"The recording misses its last {missing}.");
        var kept = Assert.Single(await ReadRecordingsAsync(folder), recording => recording.Fault == "interrupted");
        Assert.Equal((recorded.Length, records[1].Recordings[0].Length), (kept.Length, kept.Length));
        var file = await File.ReadAllBytesAsync(folder.File($"recordings/{kept.File}"), TestContext.Current.CancellationToken);
        Assert.Equal((file.Length, records[1].Party), (kept.Bytes, kept.Customer));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), kept.Sha256);
    }

    private static Task<HostProcess> StartHostAsync(ScratchFolder folder, IPEndPoint address) =>
        HostProcess.StartAsync(folder, address, "Queues:support:Record=true", "Queues:support:WrapUp=00:00:01");

    private static async Task<BaresipPhone> StartPhoneAsync(string extension, int toneHz, IPEndPoint registrar)
    {
        var phone = await BaresipPhone.StartAsync(new()
        {
            User = extension,
            Password = HostProcess.PasswordOf(extension),
            Registrar = registrar,
            RegisterSeconds = 3600,
            ToneHz = toneHz,
        });
        await phone.WaitRegisteredAsync();
        return phone;
    }

    private static async Task CallAndLeaveAsync(IPEndPoint target)
    {
        var result = await Sipp.RunAsync(new()
        {
            Scenario = "call",
            Target = target,
            User = "100",
            Password = HostProcess.PasswordOf("100"),
            Extension = "600",
            Pause = TimeSpan.FromMilliseconds(200),
        });
        result.AssertPassed();
    }

    private static async Task ConnectAsync(BaresipPhone caller, BaresipPhone agent, IPEndPoint host)
    {
        await caller.DialAsync($"sip:600@{host}");
        await caller.WaitEstablishedAsync();
        await agent.WaitIncomingAsync();
        await agent.AcceptAsync();
        await agent.WaitEstablishedAsync();
    }

    private static async Task HangUpAsync(BaresipPhone phone)
    {
        await phone.HangUpAsync();
        await phone.WaitClosedAsync();
    }

    private static async Task<WavSamples> OpenRecordingAsync(ScratchFolder folder)
    {
        var file = Assert.Single(Directory.GetFiles(folder.File("recordings"), "*.wav", SearchOption.AllDirectories));
        Assert.Equal((0, ""), await ExternalProgram.RunAsync("sox", folder.Path, TimeSpan.FromSeconds(30), file, "-n", "trim", "0"));
        Assert.Equal((0, ""), await ExternalProgram.RunAsync("ffmpeg", folder.Path, TimeSpan.FromSeconds(30), "-v", "warning", "-guess_layout_max", "0", "-i", file, "-f", "null", "-"));
        var recorded = WavSamples.Read(file);
        var (_, seconds) = await ExternalProgram.RunAsync("sox", folder.Path, TimeSpan.FromSeconds(30), "--info", "-D", file);
        Near.AssertNear(recorded.Length, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)), TimeSpan.FromMilliseconds(1));
        Tones.AssertHolds(recorded, 0, CallerHz, AgentHz, Talk - TimeSpan.FromSeconds(1.5));
        Tones.AssertHolds(recorded, 1, AgentHz, CallerHz, Talk - TimeSpan.FromSeconds(1.5));
        return recorded;
    }

    private static async Task<IReadOnlyList<CallRecord>> ReadRecordsAsync(ScratchFolder folder)
    {
        await using var store = new SqliteStore(new() { File = folder.File("center.db") }, new("main"), EventCatalog.Core, TimeProvider.System, NullLogger.Instance);
        var records = await store.ListAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 100, TestContext.Current.CancellationToken);
        return [.. records.Reverse()];
    }

    /// <summary>Newest first.</summary>
    private static async Task<IReadOnlyList<StoredRecording>> ReadRecordingsAsync(ScratchFolder folder)
    {
        await using var store = new SqliteStore(new() { File = folder.File("center.db") }, new("main"), EventCatalog.Core, TimeProvider.System, NullLogger.Instance);
        return (await store.SearchAsync(new(), TestContext.Current.CancellationToken)).Recordings;
    }

    private static void AssertInterrupted(CallRecord record, DateTimeOffset killedAt)
    {
        Assert.Equal((new AgentId("alice"), "600", false), (record.Agent, record.Dialled, record.IsOpen));
        var silence = killedAt - record.EndedAt!.Value;
        Assert.InRange(silence, TimeSpan.Zero, TimeSpan.FromSeconds(5.3));
        Assert.True(record.Talk > TimeSpan.Zero, "The record ends at a sign of life after the two were joined.");
        Assert.Equal(record.EndedAt.Value - Assert.Single(record.Legs).JoinedAt, record.Talk);
        Assert.Equal("interrupted", Assert.Single(record.Recordings).Fault);
    }
}

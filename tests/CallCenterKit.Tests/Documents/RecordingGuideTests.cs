using System.Globalization;
using System.Text.RegularExpressions;
using CallCenterKit.Conversations;
using CallCenterKit.Ivr.Input;
using CallCenterKit.Recordings;
using CallCenterKit.Tests.Architecture;
using CallCenterKit.Tests.Recordings;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Documents;

/// <summary>What the guide of recordings shows, as it stands there, and what it says about it.</summary>
public partial class RecordingGuideTests
{
    [Fact]
    public async Task Recordings_are_found_heard_and_marked()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        await center.RecordOneAsync();
        var (callCenter, today, response, zip) = (center.Center, center.Time.GetUtcNow(), new MemoryStream(), new MemoryStream());

        var viewer = new RecordingViewer(new ActorId("supervisor:eva"), "supervisor");
        var query = new RecordingQuery { Queue = new QueueId("support"), Agent = new AgentId("alice"), From = today.AddDays(-7), PageSize = 20 };
        var page = await callCenter.Recordings.SearchAsync(query, viewer);
        foreach (var recording in page.Recordings)
            Console.WriteLine($"{recording.StartedAt:u} {recording.Length} {recording.Caller} {recording.Disposition}");
        var messages = await callCenter.Recordings.SearchAsync(new() { Mailbox = new MailboxId("night"), Unheard = true }, viewer);
        Assert.Empty(messages.Recordings);
        await PlayAsync(callCenter, Assert.Single(page.Recordings), response);
        Assert.Equal(44, response.Length); // the call is shorter

        await MarkAsync(callCenter, page.Recordings[0], zip, viewer);
        Assert.NotEqual(0, zip.Length);
    }

    [Fact]
    public async Task Recordings_are_held_erased_and_checked()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        var callCenter = center.Center;
        var customer = recording.Customer!.Value;

        await callCenter.Recordings.HoldAsync(recording.Recording, new ActorId("legal:ona"), "case 2026-17");
        var outcome = await callCenter.Recordings.EraseAsync(recording.Recording, new ActorId("privacy:jonas"), "asked for by the customer");
        await callCenter.Recordings.ReleaseAsync(recording.Recording, new ActorId("legal:ona"));
        var erasure = await callCenter.Recordings.EraseAsync(customer, new ActorId("privacy:jonas"), "asked for by the customer");

        var check = await callCenter.Recordings.CheckAsync();
        Console.WriteLine($"{check.Missing.Count} missing, {check.Found.Count} found, {check.Foreign.Count} files of others");
        Assert.Equal(EraseOutcome.Held, outcome);
        Assert.Equal([recording.Recording], erasure.Erased);
        Assert.Equal((0, 0, 0), (check.Missing.Count, check.Found.Count, check.Foreign.Count));
    }

    [Fact]
    public async Task A_flow_asks_and_desks_pause()
    {
        await using var center = await ArchivedCalls.StartAsync(cc => cc.MapFlow("600", async (call, ct) =>
        {
            await call.AnswerAsync(ct);
            if (!await call.AskRecordingConsentAsync("menu.wav", ConsentRequest.OptIn, ct))
                await call.PlayAsync("hello.wav", ct);
        }));
        await center.CallAsync(new() { Target = "600" });

        Assert.Single(center.Events<RecordingConsentRefused>());
        Desk(center.Center, Assert.Single(center.Events<RecordingConsentRefused>()).Interaction, new("alice"), new("agent:alice"));
        static void Desk(CallCenter callCenter, InteractionId interaction, AgentId agent, ActorId by)
        {
            callCenter.StartRecording(interaction, agent, by);
            callCenter.PauseRecording(interaction, agent, by);
            callCenter.ResumeRecording(interaction, agent, by);
            callCenter.StopRecording(interaction, agent, by);
        }
    }

    [Fact]
    public void The_room_they_take_is_what_the_planner_says()
    {
        var plan = new RecordingPlan(CallsPerDay: 1_000, MeanLength: TimeSpan.FromMinutes(4), DaysKept: 90) { Format = RecordingFormat.WavMuLaw };
        Console.WriteLine($"{plan.Bytes / 1e9:0.0} GB");

        var rows = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "recording.md")));

        Assert.Equal(6, rows.Count);
        Assert.All(rows, row =>
        {
            var shown = plan with
            {
                Format = row.Groups["format"].Value == "16-bit" ? RecordingFormat.WavPcm16 : RecordingFormat.WavMuLaw,
                Channels = row.Groups["channels"].Value == "mono" ? RecordingChannels.Mono : RecordingChannels.Stereo,
                SampleRateHz = int.Parse(row.Groups["khz"].Value, CultureInfo.InvariantCulture) * 1_000,
            };
            Assert.Equal(row.Groups["second"].Value, shown.BytesPerSecond.ToString("N0", CultureInfo.InvariantCulture));
            Assert.Equal(row.Groups["all"].Value, (shown.Bytes / 1e9).ToString("N1", CultureInfo.InvariantCulture));
        });
    }

    private static async Task PlayAsync(CallCenter callCenter, StoredRecording recording, MemoryStream response)
    {
        await using var audio = await callCenter.Recordings.OpenAsync(recording.Recording, from: TimeSpan.FromSeconds(90), length: TimeSpan.FromSeconds(30));
        if (audio is not null)
            await audio.CopyToAsync(response);
    }

    private static async Task MarkAsync(CallCenter callCenter, StoredRecording recording, MemoryStream zip, RecordingViewer viewer)
    {
        await callCenter.Recordings.StarAsync(recording.Recording, starred: true);
        await callCenter.Recordings.CommentAsync(recording.Recording, "Listen from 01:30.", new ActorId("supervisor:eva"));
        await callCenter.Recordings.ListAsync(recording.Recording, "training", listed: true);
        var count = await callCenter.Recordings.ExportAsync(new() { List = "training" }, zip, viewer);
        Assert.Equal(1, count);
    }

    [GeneratedRegex(@"^\| WAV (?<format>16-bit|G\.711 µ-law), (?<channels>stereo|mono), (?<khz>\d+) kHz[^|]*\| (?<second>[\d,]+) \| (?<all>[\d,.]+) GB \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

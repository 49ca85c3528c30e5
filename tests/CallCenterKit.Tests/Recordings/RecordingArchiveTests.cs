using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using CallCenterKit.Ivr.Input;
using CallCenterKit.Journal;
using CallCenterKit.Media.Wav;
using CallCenterKit.Recordings;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Recordings;

public sealed class RecordingArchiveTests
{
    private static readonly ActorId By = ArchivedCalls.Supervisor.Actor;

    [Fact]
    public async Task A_recorded_call_is_found_by_all_that_is_known_of_it()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        var record = await center.SettleOneAsync();

        foreach (var query in new RecordingQuery[]
        {
            new() { Caller = record.Number }, new() { Dialled = "500" }, new() { Agent = new("alice") }, new() { Extension = new("101") },
            new() { Customer = record.Party }, new() { Queue = new("support") }, new() { Interaction = record.Interaction }, new() { From = record.StartedAt, To = record.EndedAt },
        })
            Assert.Equal([recording.Recording], (await center.SearchAsync(query)).Select(found => found.Recording));
        Assert.Empty(await center.SearchAsync(new() { Agent = new("bob") }));
        Assert.False(recording.IsRunning);
        Assert.Equal((record.Recordings[0].Sha256, record.Recordings[0].Bytes), (recording.Sha256, recording.Bytes));
        Assert.InRange(recording.Length!.Value.TotalSeconds, 3.9, 4.5);
    }

    [Fact]
    public async Task A_caller_is_found_however_the_number_is_written()
    {
        await using var center = await (await ArchivedCalls.StartAsync(cc => cc.Configure(options => options.Numbers.CountryCode = "49"))).WithAliceAsync();
        center.World.Customer(); // the next is not the first
        var recording = await center.RecordOneAsync();

        Assert.StartsWith("+49", recording.Caller.Insert(0, recording.Caller.StartsWith('+') ? "" : "+"), StringComparison.Ordinal);
        Assert.Single(await center.SearchAsync(new() { Caller = $"{recording.Caller[..4]} {recording.Caller[4..]}" }));
    }

    [Fact]
    public async Task Whole_numbers_are_shown_to_those_who_may_see_them()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        var archive = center.Center.Recordings;

        var shown = await archive.FindAsync(recording.Recording, ArchivedCalls.Trainee);
        var found = await archive.SearchAsync(new() { Caller = recording.Caller }, ArchivedCalls.Trainee);
        var nobody = await archive.SearchAsync(new(), new RecordingViewer(By));

        Assert.Matches("^[0-9]{9}$", recording.Caller);
        Assert.Equal($"******{recording.Caller[^3..]}", shown!.Caller);
        Assert.Equal(shown.Caller, Assert.Single(found.Recordings).Caller);
        Assert.Equal(shown.Caller, Assert.Single(nobody.Recordings).Caller);
        Assert.Equal("500", shown.Dialled);
    }

    [Fact]
    public async Task A_stretch_is_heard_as_it_lies_in_the_file()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        var whole = WavReader.Load(center.PathOf(recording));

        var stretch = await ReadAsync(center, recording, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.5));
        var rest = await ReadAsync(center, recording, TimeSpan.FromSeconds(3), null);
        var behind = await ReadAsync(center, recording, TimeSpan.FromHours(1), null);

        Assert.Equal(whole.Data.Slice(8000 * 4, 4000 * 4), stretch.Data, Same);
        Assert.Equal(whole.Data[(24_000 * 4)..], rest.Data, Same);
        Assert.Equal((0, 2, 8000), (behind.Length, behind.Channels, behind.SampleRateHz));
    }

    [Fact]
    public async Task Stars_comments_and_lists_are_kept()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        var archive = center.Center.Recordings;

        await archive.StarAsync(recording.Recording, true);
        await archive.CommentAsync(recording.Recording, "well done", By);
        await archive.ListAsync(recording.Recording, "training", true);

        var now = Assert.Single(await center.SearchAsync(new() { Starred = true, List = "training" }));
        Assert.Equal((By, center.Time.GetUtcNow(), "well done"), (now.Comments[0].By, now.Comments[0].At, now.Comments[0].Text));
        await Assert.ThrowsAsync<ArgumentException>(() => archive.CommentAsync(recording.Recording, " ", By));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => archive.ListAsync(recording.Recording, new('x', 129), true));
    }

    [Fact]
    public async Task An_erased_recording_is_gone_and_says_by_whom()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        var archive = center.Center.Recordings;

        var outcome = await center.RunAsync(() => archive.EraseAsync(recording.Recording, By, "asked for"));

        Assert.Equal(EraseOutcome.Erased, outcome);
        Assert.Equal(new RecordingErased(recording.Interaction, recording.Recording, By, "asked for"), Assert.Single(center.Events<RecordingErased>()));
        Assert.False(File.Exists(center.PathOf(recording)));
        Assert.Empty(await center.SearchAsync(new()));
        var left = await center.FindAsync(recording.Recording);
        Assert.Equal((By, "asked for", ""), (left.Erased!.By, left.Erased.Why, left.Caller));
        Assert.Null(await archive.OpenAsync(recording.Recording));
        Assert.Equal(EraseOutcome.ErasedBefore, await archive.EraseAsync(recording.Recording, By, "again"));
        Assert.Equal(EraseOutcome.Unknown, await archive.EraseAsync(new RecordingId(Guid.AllBitsSet), By, "no such"));
        Assert.False(await archive.HoldAsync(recording.Recording, By, "too late"));
    }

    [Fact]
    public async Task What_the_customer_did_not_want_is_listed_as_erased()
    {
        await using var center = await (await ArchivedCalls.StartAsync(cc => cc
            .Configure(options => options.Recording.Mode = RecordingMode.FromIvr)
            .MapFlow("600", async (call, ct) =>
            {
                await call.AnswerAsync(ct);
                await call.AskRecordingConsentAsync("menu.wav", ConsentRequest.OptIn, ct);
            }))).WithAliceAsync();

        await center.CallAsync(new() { Target = "600" });
        await center.SettleAsync();

        var recording = Assert.Single(await center.SearchAsync(new() { WithErased = true }));
        Assert.Equal(("consent refused", ""), (recording.Erased?.Why, recording.Caller));
        Assert.False(File.Exists(center.PathOf(recording)));
        Assert.Empty((await center.Center.Recordings.CheckAsync()).Missing);
    }

    [Fact]
    public async Task A_file_that_somebody_changed_is_not_the_one_that_was_recorded()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        var archive = center.Center.Recordings;
        await center.Memory.Recordings.CommitAsync(
            [new RecordingChange.Known(recording with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(center.PathOf(recording)))) })], default);

        var before = await archive.VerifyAsync(recording.Recording);
        using (var file = new FileStream(center.PathOf(recording), FileMode.Open) { Position = 1_000 })
            file.WriteByte(1);
        var after = await archive.VerifyAsync(recording.Recording);

        Assert.Equal((true, false), (before, after));
        File.Delete(center.PathOf(recording));
        Assert.Null(await archive.VerifyAsync(recording.Recording));
    }

    [Fact]
    public async Task What_is_held_stays_until_it_is_released()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        var archive = center.Center.Recordings;

        Assert.True(await center.RunAsync(() => archive.HoldAsync(recording.Recording, By, "case 7")));
        var whileHeld = await center.RunAsync(() => archive.EraseAsync(recording.Recording, By, "asked for"));
        Assert.Equal("case 7", Assert.Single(await center.SearchAsync(new() { Held = true })).Hold!.Why);
        Assert.True(await center.RunAsync(() => archive.ReleaseAsync(recording.Recording, By)));
        var released = await center.RunAsync(() => archive.EraseAsync(recording.Recording, By, "asked for"));

        Assert.Equal((EraseOutcome.Held, EraseOutcome.Erased), (whileHeld, released));
        Assert.Equal([new LegalHoldPlaced(recording.Interaction, recording.Recording, By, "case 7")], center.Events<LegalHoldPlaced>());
        Assert.Equal([new LegalHoldReleased(recording.Interaction, recording.Recording, By)], center.Events<LegalHoldReleased>());
        Assert.False(await archive.ReleaseAsync(recording.Recording, By));
    }

    [Fact]
    public async Task What_is_being_recorded_can_be_heard_and_not_erased()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync(60);
        center.Dial("500");
        await center.AdvanceAsync(20);
        var running = Assert.Single(await center.SearchAsync(new()));

        var audio = await ReadAsync(center, running, default, null);
        var outcome = await center.RunAsync(() => center.Center.Recordings.EraseAsync(running.Recording, By, "asked for"));

        Assert.True(running.IsRunning);
        Assert.InRange(audio.Duration.TotalSeconds, 10, 20);
        Assert.Equal(EraseOutcome.Running, outcome);
        Assert.True(File.Exists(center.PathOf(running)));
    }

    [Fact]
    public async Task All_recordings_of_a_person_are_erased_but_those_that_must_stay()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var customer = center.World.Customer();
        for (var i = 0; i < 3; i++)
        {
            customer.Dial("500");
            await center.AdvanceAsync(30);
        }
        var other = await center.RecordOneAsync();
        var theirs = (await center.SearchAsync(new())).Where(recording => recording.Customer != other.Customer).ToList();
        Assert.Equal(3, theirs.Count);
        await center.RunAsync(() => center.Center.Recordings.HoldAsync(theirs[1].Recording, By, "case 7"));

        var outcome = await center.RunAsync(() => center.Center.Recordings.EraseAsync(theirs[0].Customer!.Value, By, "asked for"));

        Assert.Equal([theirs[0].Recording, theirs[2].Recording], outcome.Erased);
        Assert.Equal([theirs[1].Recording], outcome.Held);
        Assert.Equal([other.Recording, theirs[1].Recording], (await center.SearchAsync(new())).Select(recording => recording.Recording));
        Assert.Equal(2, Directory.GetFiles(center.RecordingFolder, "*.wav", SearchOption.AllDirectories).Length);
        Assert.Equal([theirs[1].Recording], (await center.SearchAsync(new() { Caller = theirs[1].Caller, WithErased = true })).Select(recording => recording.Recording));
    }

    [Fact]
    public async Task An_export_holds_audio_and_what_is_known()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var first = await center.RecordOneAsync();
        var second = await center.RecordOneAsync();
        File.Delete(center.PathOf(first));
        using var file = new MemoryStream();

        var count = await center.Center.Recordings.ExportAsync(new() { PageSize = 1 }, file, ArchivedCalls.Trainee);

        Assert.Equal(2, count);
        using var zip = new ZipArchive(new MemoryStream(file.ToArray()));
        using var list = zip.GetEntry("recordings.json")!.Open();
        var known = JsonSerializer.Deserialize<StoredRecording[]>(list, EventCatalog.JsonOptions)!;
        Assert.Equal([(second.Recording, $"audio/{second.File}"), (first.Recording, "")], known.Select(recording => (recording.Recording, recording.File)));
        Assert.All(known, recording => Assert.StartsWith("***", recording.Caller, StringComparison.Ordinal));
        using var audio = new MemoryStream();
        using (var entry = zip.GetEntry(known[0].File)!.Open())
            entry.CopyTo(audio);
        Assert.Equal(File.ReadAllBytes(center.PathOf(second)), audio.ToArray());
    }

    [Fact]
    public async Task Before_the_center_runs_recordings_are_found_and_not_changed_for_good()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        await center.StopAsync();
        var archive = center.Center.Recordings;

        Assert.NotNull(await archive.FindAsync(recording.Recording, ArchivedCalls.Supervisor));
        await Assert.ThrowsAsync<InvalidOperationException>(() => archive.EraseAsync(recording.Recording, By, "asked for"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => archive.EraseDueAsync());
        Assert.True(File.Exists(center.PathOf(recording)));
    }

    private static IEqualityComparer<ReadOnlyMemory<byte>> Same { get; } =
        EqualityComparer<ReadOnlyMemory<byte>>.Create((one, other) => one.Span.SequenceEqual(other.Span), memory => memory.Length);

    private static async Task<WavAudio> ReadAsync(TestCenter center, StoredRecording recording, TimeSpan from, TimeSpan? length)
    {
        await using var stream = Assert.IsType<Stream>(await center.Center.Recordings.OpenAsync(recording.Recording, from, length), exactMatch: false);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        Assert.Equal(stream.Length, memory.Length);
        Assert.True(WavReader.TryRead(memory.ToArray(), out var audio, out var problem), problem);
        return audio;
    }
}

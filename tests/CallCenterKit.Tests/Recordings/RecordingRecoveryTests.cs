using System.Security.Cryptography;
using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Recordings;

/// <summary>What is known of recordings after the process died.</summary>
public sealed class RecordingRecoveryTests
{
    [Fact]
    public async Task A_recording_that_was_cut_off_is_listed_with_what_its_file_holds()
    {
        await using var world = new World();
        await using var first = await (await ArchivedCalls.StartAsync(world: world)).WithAliceAsync(600);
        first.Dial("500");
        await world.AdvanceAsync(20);
        Assert.True(Assert.Single(await first.SearchAsync(new())).IsRunning);
        var memory = await first.CutAsync();

        await using var second = await NextAsync(first, memory);
        var recording = Assert.Single(await second.SearchAsync(new()));
        var file = new FileInfo(first.PathOf(recording));

        Assert.Equal("interrupted", recording.Fault);
        Assert.False(recording.IsRunning);
        Assert.Equal((file.Length - 44) / 32_000.0, recording.Length!.Value.TotalSeconds, 6);
        Assert.InRange(recording.Length.Value.TotalSeconds, 14, 20);
        Assert.Equal(file.Length, recording.Bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(ArchivedCalls.Copy(file.FullName))), recording.Sha256);
        Assert.Equal([new RecordingSealed(recording.Interaction, recording.Recording, recording.Sha256!, recording.Bytes)], second.Events<RecordingSealed>());
        var ended = Assert.Single(second.Events<RecordingEnded>(), ended => ended.Fault == "interrupted");
        var record = Assert.Single(await memory.AllRecordsAsync(world.Time.GetUtcNow()));
        Assert.Equal(ended.Length, Assert.Single(record.Recordings).Length);
        Assert.Empty(second.Log.Unexpected);
    }

    [Fact]
    public async Task A_file_whose_begin_was_lost_is_listed_with_the_party_of_its_call()
    {
        await using var world = new World();
        await using var first = await (await ArchivedCalls.StartAsync(world: world)).WithAliceAsync();
        var known = await first.RecordOneAsync();
        await first.StopAsync();
        var lost = new RecordingId(Guid.CreateVersion7(world.Time.GetUtcNow().AddSeconds(-5)));
        var file = $"2026-01-05/{known.Interaction}-{lost}.wav";
        File.Copy(first.PathOf(known), Path.Combine(first.RecordingFolder, file));

        await using var second = await NextAsync(first, first.Memory);
        second.Log.Expect(7404);
        var found = (await second.SearchAsync(new()))[0];
        var again = await second.Center.Recordings.CheckAsync();

        Assert.Equal((lost, known.Interaction, file, "interrupted"), (found.Recording, found.Interaction, found.File, found.Fault));
        Assert.Equal((known.Customer, known.Queue, known.Length), (found.Customer, found.Queue, found.Length));
        Assert.Equal(new FileInfo(first.PathOf(found)).Length, found.Bytes);
        Assert.Equal(known.Sha256, found.Sha256);
        Assert.Equal(1, second.Log.CountOf(7404));
        Assert.Single(second.Events<RecordingFound>());
        Assert.Empty(again.Found);
    }

    [Fact]
    public async Task What_the_start_could_not_read_gets_its_checksum_another_day()
    {
        await using var world = new World();
        await using var first = await (await ArchivedCalls.StartAsync(world: world)).WithAliceAsync(600);
        first.Dial("500");
        await world.AdvanceAsync(20);
        var memory = await first.CutAsync();
        var file = Assert.Single(Directory.GetFiles(first.RecordingFolder, "*.wav", SearchOption.AllDirectories));
        File.Move(file, file + ".away");

        await using var second = await NextAsync(first, memory);
        second.Log.Expect(7403);
        Assert.Null(Assert.Single(await second.SearchAsync(new())).Sha256);
        File.Move(file + ".away", file);
        await second.Center.Recordings.CheckAsync();

        var recording = Assert.Single(await second.SearchAsync(new()));
        Assert.True(await second.Center.Recordings.VerifyAsync(recording.Recording));
        Assert.Single(second.Events<RecordingSealed>());
    }

    [Fact]
    public async Task Files_that_are_missing_and_files_that_are_not_ours_are_told()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync();
        var gone = await center.RecordOneAsync();
        var there = await center.RecordOneAsync();
        File.Delete(center.PathOf(gone));
        File.WriteAllText(Path.Combine(center.RecordingFolder, "notes.txt"), "not ours");
        await center.StopAsync();

        await using var second = await NextAsync(center, center.Memory);
        second.Log.Expect(7403);
        var check = await second.Center.Recordings.CheckAsync();

        Assert.Equal([gone.Recording], check.Missing);
        Assert.Equal(["notes.txt"], check.Foreign);
        Assert.Empty(check.Found);
        Assert.True(File.Exists(center.PathOf(there)));
    }

    [Fact]
    public async Task A_call_that_begins_during_the_check_is_not_taken_for_one_that_was_lost()
    {
        await using var center = await (await ArchivedCalls.StartAsync()).WithAliceAsync(60);
        center.Dial("500");
        await center.AdvanceAsync(20);
        await center.Memory.Recordings.CommitAsync([], default);

        var check = await center.Center.Recordings.CheckAsync();

        Assert.Empty(check.Found);
        Assert.Empty(check.Missing);
        Assert.Empty(center.Events<RecordingFound>());
    }

    private static async Task<TestCenter> NextAsync(TestCenter first, Memory memory)
    {
        var next = await ArchivedCalls.StartAsync(cc => cc.Configure(options => options.Recording.Folder = first.RecordingFolder), first.World, memory);
        foreach (var phone in first.World.Phones)
            await first.Time.RunAsync(phone.HangUpAllAsync, TimeSpan.FromMinutes(2));
        await next.AdvanceAsync(1);
        return next;
    }
}

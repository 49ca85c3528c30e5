using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Tests.Interop;
using Microsoft.Extensions.Options;
using TestLog = CallCenterKit.Tests.Hosting.TestLog;

namespace CallCenterKit.Tests.Recordings;

public sealed class RetentionTests
{
    private static readonly ActorId By = ArchivedCalls.Supervisor.Actor;

    [Fact]
    public async Task After_ninety_days_the_audio_is_erased_by_the_center_itself()
    {
        await using var world = new World();
        await using var center = await (await ArchivedCalls.StartAsync(world: world)).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        var memory = await StopAsync(center);

        var (_, before) = await LiveAsync(center, memory, 90 - 1);
        var (events, after) = await LiveAsync(center, memory, 1);

        Assert.Equal(recording.Recording, Assert.Single(before).Recording);
        Assert.Empty(after);
        Assert.Equal([new RecordingErased(recording.Interaction, recording.Recording, Actors.System, "retention")], events);
        Assert.Empty(Directory.GetFileSystemEntries(center.RecordingFolder)); // the day's folder too
    }

    [Fact]
    public async Task It_runs_at_the_start_and_then_once_a_day()
    {
        var time = new VirtualTimeProvider();
        var (store, journal, log) = (new InMemoryRecordingStore(), new InMemoryJournal(), new TestLog());
        using var folder = new ScratchFolder();
        var archive = new RecordingArchive(store, new RecordingFolder(folder.Path, time), new InMemoryCallRecordStore(), new(), time, log);
        archive.Attach(new(journal, await journal.BeginEpochAsync(default), _ => { }), journal, () => new(TimeSpan.FromDays(1), new Dictionary<QueueId, TimeSpan>(), new Dictionary<MailboxId, TimeSpan>()));
        var born = time.GetUtcNow();
        await store.CommitAsync([.. new[] { 25, 23, 1, -1 }.Select((hours, number) => new RecordingChange.Known(Recorded(number, born.AddHours(-hours))))], default);
        log.Expect(7403);

        await using var upkeep = new RecordingUpkeep(archive, new(null, []), time, time.Work, log);
        var left = new List<int>();
        foreach (var hours in new[] { 0, 23, 1, 23, 1 })
        {
            await time.AdvanceAsync(TimeSpan.FromHours(hours));
            left.Add((await store.SearchAsync(new(), default)).Recordings.Count);
        }

        Assert.Equal([3, 3, 1, 1, 0], left);
        Assert.Empty(log.Unexpected);
    }

    [Fact]
    public async Task The_start_looks_at_what_a_crash_may_have_left_and_each_day_at_all()
    {
        var time = new VirtualTimeProvider();
        var (store, journal, log) = (new InMemoryRecordingStore(), new InMemoryJournal(), new TestLog());
        using var folder = new ScratchFolder();
        var archive = new RecordingArchive(store, new RecordingFolder(folder.Path, time), new InMemoryCallRecordStore(), new(), time, log);
        archive.Attach(new(journal, await journal.BeginEpochAsync(default), _ => { }), journal, () => new(TimeSpan.FromDays(30), new Dictionary<QueueId, TimeSpan>(), new Dictionary<MailboxId, TimeSpan>()));
        var lastSeen = time.GetUtcNow().AddHours(-1);
        await store.CommitAsync([new RecordingChange.Known(Recorded(1, lastSeen.AddHours(-25)))], default);
        log.Expect(7403);

        await using var upkeep = new RecordingUpkeep(archive, new(lastSeen, []), time, time.Work, log);
        await time.AdvanceAsync(TimeSpan.FromHours(1));
        var atStart = log.CountOf(7403);
        await time.AdvanceAsync(TimeSpan.FromHours(24));

        Assert.Equal((0, 1), (atStart, log.CountOf(7403)));
        Assert.Empty(log.Unexpected);
    }

    [Fact]
    public async Task A_day_that_fails_is_said_and_the_next_is_tried()
    {
        var (time, log) = (new VirtualTimeProvider(), new TestLog());
        using var folder = new ScratchFolder();
        var archive = new RecordingArchive(new InMemoryRecordingStore(), new RecordingFolder(folder.Path, time), new InMemoryCallRecordStore(), new(), time, log);

        await using var upkeep = new RecordingUpkeep(archive, new(null, []), time, time.Work, log); // of a center that does not run
        await time.AdvanceAsync(TimeSpan.FromHours(24));
        log.Expect(7405);

        Assert.Equal(2, log.CountOf(7405));
        Assert.Empty(log.Unexpected);
    }

    [Fact]
    public async Task What_is_held_is_kept_whatever_its_age_and_goes_when_it_is_released()
    {
        await using var world = new World();
        await using var center = await (await ArchivedCalls.StartAsync(world: world)).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        await center.RunAsync(() => center.Center.Recordings.HoldAsync(recording.Recording, By, "case 7"));
        var memory = await StopAsync(center);

        var (_, held) = await LiveAsync(center, memory, 1_000);
        var (_, released) = await LiveAsync(center, memory, 0, async archive =>
        {
            await archive.ReleaseAsync(recording.Recording, By);
            await archive.EraseDueAsync();
        });

        Assert.Equal("case 7", Assert.Single(held).Hold?.Why);
        Assert.Empty(released);
    }

    [Theory]
    [InlineData("7.00:00:00", 8, 0)]
    [InlineData("365.00:00:00", 100, 1)]
    [InlineData("365.00:00:00", 366, 0)]
    public async Task A_queue_may_say_otherwise(string kept, int days, int left)
    {
        await using var world = new World();
        await using var center = await (await ArchivedCalls.StartAsync(world: world)).WithAliceAsync();
        await center.RecordOneAsync();
        var memory = await StopAsync(center);

        var (_, recordings) = await LiveAsync(center, memory, days, configure: options =>
            options.Queues["support"].RecordingRetention = TimeSpan.Parse(kept, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(left, recordings.Count);
    }

    [Fact]
    public async Task Without_a_time_recordings_are_kept_for_good()
    {
        await using var world = new World();
        await using var center = await (await ArchivedCalls.StartAsync(world: world)).WithAliceAsync();
        await center.RecordOneAsync();
        var memory = await StopAsync(center);

        var (_, recordings) = await LiveAsync(center, memory, 10_000, configure: options => options.Recording.Retention = null);

        Assert.Single(recordings);
    }

    [Fact]
    public async Task A_file_that_went_before_its_event_was_written_is_said_to_be_gone_by_the_next_run()
    {
        await using var world = new World();
        await using var center = await (await ArchivedCalls.StartAsync(world: world)).WithAliceAsync();
        var recording = await center.RecordOneAsync();
        var memory = await StopAsync(center);
        File.Delete(center.PathOf(recording));

        var (events, _) = await LiveAsync(center, memory, 91, expect: 7403);

        Assert.Equal(recording.Recording, Assert.Single(events).Recording);
    }

    [Fact]
    public async Task One_that_cannot_be_erased_does_not_keep_the_others()
    {
        await using var world = new World();
        await using var center = await (await ArchivedCalls.StartAsync(world: world)).WithAliceAsync();
        var stuck = await center.RecordOneAsync();
        var other = await center.RecordOneAsync();
        var memory = await StopAsync(center);
        await memory.Recordings.CommitAsync([new RecordingChange.Known(stuck with { File = "../outside.wav" })], default);

        var (events, _) = await LiveAsync(center, memory, 91, expect: [7402, 7403]);

        Assert.Equal(other.Recording, Assert.Single(events).Recording);
    }

    [Theory]
    [InlineData("00:00:01", "Recording: Retention")]
    [InlineData("99999.00:00:00", "Recording: Retention")]
    public async Task A_time_out_of_range_is_refused_at_the_start(string kept, string fault)
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => TestCenter.StartAsync(cc => cc.Configure(options =>
            options.Recording.Retention = TimeSpan.Parse(kept, System.Globalization.CultureInfo.InvariantCulture))));

        Assert.Contains(wrong.Failures, failure => failure.StartsWith(fault, StringComparison.Ordinal));
    }

    private static StoredRecording Recorded(int number, DateTimeOffset at) => new()
    {
        Recording = new(new Guid(number + 1, 0, 0, new byte[8])),
        Interaction = new(new Guid(number + 9, 0, 0, new byte[8])),
        File = $"{number}.wav",
        StartedAt = at,
        Length = TimeSpan.FromMinutes(1),
    };

    private static async Task<Memory> StopAsync(TestCenter center)
    {
        await center.StopAsync();
        return center.Memory;
    }

    /// <summary>So many days later the center starts for one run; what it erased, and what is left.</summary>
    private static async Task<(IReadOnlyList<RecordingErased> Erased, IReadOnlyList<StoredRecording> Left)> LiveAsync(
        TestCenter first, Memory memory, int days, Func<RecordingArchive, Task>? act = null, Action<CallCenterOptions>? configure = null, params int[] expect)
    {
        first.World.Time.Advance(TimeSpan.FromDays(days));
        await using var center = await ArchivedCalls.StartAsync(
            cc => cc.Configure(options =>
            {
                options.Recording.Folder = first.RecordingFolder;
                configure?.Invoke(options);
            }),
            first.World,
            memory);
        center.Log.Expect(expect);
        await center.AdvanceAsync(1);
        if (act is not null)
            await center.Time.RunAsync(() => act(center.Center.Recordings), TimeSpan.FromHours(1));
        Assert.Empty(center.Log.Unexpected);
        return (center.Events<RecordingErased>(), await center.SearchAsync(new()));
    }
}

using System.Reflection;
using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Records;
using CallCenterKit.Registrations;
using CallCenterKit.Shared.Journal;
using CallCenterKit.Shared.Recordings;
using Microsoft.Data.Sqlite;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Storage.Sqlite;

public sealed class SqliteStoreTests : IAsyncLifetime
{
    private const int WriteFailed = 5001, WritesAgain = 5002, EventLeftOut = 5003, Lost = 5004;

    /// <summary>A fault of the disk, as the writer sees it.</summary>
    private const string BreakDisk = "CREATE TRIGGER broken BEFORE INSERT ON entry BEGIN SELECT raise(ABORT, 'disk full'); END";
    private const string RepairDisk = "DROP TRIGGER broken";

    private readonly StoreFolder _folder = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    [Fact]
    public async Task The_folder_is_made_when_it_is_missing()
    {
        var store = _folder.Store("deep/below/center.db");

        await store.OpenAsync(default);

        Assert.True(File.Exists(_folder.File("deep/below/center.db")));
    }

    [Fact]
    public async Task What_was_written_survives_a_process_that_is_killed()
    {
        var killed = _folder.Store();
        var entries = await AppendAsync(killed, [.. SampleEvents.All]);
        await killed.CommitAsync([new() { Interaction = Interaction(1), Party = Party(1), StartedAt = Noon }], 3, default);
        _folder.CopyAsKilled("center.db", "after.db");

        var after = _folder.Store("after.db");

        Assert.Equal(new(2, entries[^1].Position), await after.BeginEpochAsync(default));
        Assert.Equal(entries.Select(entry => entry.Event.GetType()), (await ReadAsync(after)).Select(entry => entry.Event.GetType()));
        Assert.Equal(entries[^1].Position, after.WrittenUpTo);
        Assert.Equal(3, await after.GetPositionAsync(default));
        Assert.Single(await after.ListOpenAsync(default));
    }

    [Fact]
    public async Task Closing_writes_what_is_queued()
    {
        var store = _folder.Store();
        var stream = await OpenAsync(store);
        var writer = stream.OpenWriter(Streams.Center);
        for (var i = 0; i < 500; i++)
            writer.Append([new CenterHeartbeat(i)], Noon);
        ((ISnapshotStore)store).Save(new("routing", 500, "{}"));

        await store.DisposeAsync();

        var again = _folder.Store();
        Assert.Equal(500, (await ReadAsync(again)).Count);
        Assert.NotNull(await ((ISnapshotStore)again).LoadAsync("routing", default));
        Assert.False(File.Exists(_folder.File() + "-wal") && new FileInfo(_folder.File() + "-wal").Length > 0, "The log was not folded into the file.");
    }

    [Fact]
    public async Task Two_centers_in_one_file_see_only_their_own()
    {
        var (one, two) = (_folder.Store(center: "one"), _folder.Store(center: "two"));
        await AppendAsync(one, [new CenterHeartbeat(1), new CenterHeartbeat(2)]);
        await AppendAsync(two, [new CenterHeartbeat(3)]);
        one.Save(new RegistrationBinding("sip", new("1001"), "sip:a", Noon, ""));
        await one.CommitAsync([new() { Interaction = Interaction(1), Party = Party(1), StartedAt = Noon }], 2, default);

        Assert.Equal(new(2, 1), await two.BeginEpochAsync(default));
        Assert.Equal([1], (await ReadAsync(two)).Select(entry => entry.Position));
        Assert.Empty(await ((IRegistrationStore)two).LoadAsync("sip", default));
        Assert.Empty(await two.ListOpenAsync(default));
        Assert.Equal(0, await two.GetPositionAsync(default));
    }

    [Fact]
    public async Task Whoever_waits_goes_on_as_soon_as_the_position_is_written()
    {
        var store = _folder.Store();
        var stream = await OpenAsync(store);
        var early = store.WaitUntilWrittenAsync(1, default);
        var late = store.WaitUntilWrittenAsync(2, default);

        stream.OpenWriter(Streams.Center).Append([new CenterHeartbeat(1)], Noon);
        await early;

        Assert.False(late.IsCompleted);
        stream.OpenWriter(Streams.Routing).Append([new CenterHeartbeat(2)], Noon);
        await late;
    }

    [Fact]
    public async Task A_wait_can_be_given_up()
    {
        var store = _folder.Store();
        await OpenAsync(store);
        using var impatience = new CancellationTokenSource();
        var wait = store.WaitUntilWrittenAsync(1, impatience.Token);

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await wait);
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_and_is_tried_again()
    {
        var logger = new SeenLogger();
        var store = _folder.Store(logger: logger);
        var writer = (await OpenAsync(store)).OpenWriter(Streams.Center);
        await store.WaitUntilWrittenAsync(writer.Append([new CenterHeartbeat(1)], Noon), default);
        _folder.Execute(BreakDisk);

        writer.Append([new CenterHeartbeat(2)], Noon);
        var message = await logger.Seen(WriteFailed);
        writer.Append([new CenterHeartbeat(3)], Noon);
        var wait = store.WaitUntilWrittenAsync(3, default);

        Assert.Contains(_folder.File(), message, StringComparison.Ordinal);
        Assert.Equal(1, store.WrittenUpTo);
        Assert.False(wait.IsCompleted);

        _folder.Execute(RepairDisk);
        _folder.Time.Advance(TimeSpan.FromSeconds(1));
        await wait;
        await logger.Seen(WritesAgain);
        Assert.Equal([1, 2, 3], (await ReadAsync(store)).Select(entry => entry.Position));
    }

    [Fact]
    public async Task A_failed_transaction_leaves_nothing_behind()
    {
        var logger = new SeenLogger();
        var store = _folder.Store(logger: logger);
        var stream = await OpenAsync(store);
        _folder.Execute("CREATE TRIGGER broken BEFORE INSERT ON entry WHEN NEW.position = 2 BEGIN SELECT raise(ABORT, 'disk full'); END");

        stream.OpenWriter(Streams.Center).Append([new CenterHeartbeat(1), new CenterHeartbeat(2)], Noon);
        await logger.Seen(WriteFailed);

        Assert.Equal(0, store.WrittenUpTo);
        Assert.Empty(await ReadAsync(store));
    }

    [Fact]
    public async Task Closing_on_a_full_disk_says_what_is_lost()
    {
        var logger = new SeenLogger();
        var store = _folder.Store(logger: logger);
        var stream = await OpenAsync(store);
        _folder.Execute(BreakDisk);
        stream.OpenWriter(Streams.Center).Append([new CenterHeartbeat(1)], Noon);
        var wait = store.WaitUntilWrittenAsync(1, default);
        await logger.Seen(WriteFailed);

        await store.DisposeAsync();

        Assert.Contains("1 pieces of work are lost", await logger.Seen(Lost), StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(async () => await wait);
    }

    [Fact]
    public async Task The_disk_has_it_within_the_option()
    {
        var store = _folder.Store(syncWithin: TimeSpan.FromMilliseconds(100));
        await AppendAsync(store, [new CenterHeartbeat(1)]);
        Assert.Equal((1, 0), (store.WrittenUpTo, store.SyncedUpTo));

        _folder.Time.Advance(TimeSpan.FromMilliseconds(99));
        await BarrierAsync(store);
        Assert.Equal(0, store.SyncedUpTo);

        _folder.Time.Advance(TimeSpan.FromMilliseconds(1));
        await BarrierAsync(store);
        Assert.Equal(1, store.SyncedUpTo);
    }

    [Fact]
    public async Task A_sync_that_failed_is_made_up_for()
    {
        var logger = new SeenLogger();
        var store = _folder.Store(logger: logger);
        await AppendAsync(store, [new CenterHeartbeat(1)]);
        _folder.Execute("CREATE TRIGGER broken BEFORE UPDATE ON center BEGIN SELECT raise(ABORT, 'disk full'); END");
        _folder.Time.Advance(TimeSpan.FromMilliseconds(100));
        await logger.Seen(WriteFailed);

        _folder.Execute(RepairDisk);
        _folder.Time.Advance(TimeSpan.FromSeconds(1));
        await BarrierAsync(store);

        Assert.Equal(1, store.SyncedUpTo);
    }

    [Fact]
    public async Task With_no_delay_nothing_counts_as_written_before_the_disk_has_it()
    {
        var store = _folder.Store(syncWithin: TimeSpan.Zero);

        await AppendAsync(store, [new CenterHeartbeat(1)]);

        Assert.Equal(1, store.SyncedUpTo);
    }

    [Fact]
    public async Task A_newer_epoch_elsewhere_ends_the_writing_here()
    {
        var old = _folder.Store();
        var writer = (await OpenAsync(old)).OpenWriter(Streams.Center);
        await old.WaitUntilWrittenAsync(writer.Append([new CenterHeartbeat(1)], Noon), default);
        await AppendAsync(_folder.Store(), [new CenterHeartbeat(2)]);

        var position = writer.Append([new CenterHeartbeat(3)], Noon);
        var fault = await Assert.ThrowsAsync<IOException>(async () => await old.WaitUntilWrittenAsync(position, default));

        Assert.Contains("taken over: epoch 2 has begun", fault.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => writer.Append([new CenterHeartbeat(4)], Noon));
        Assert.Equal([1, 2], (await ReadAsync(_folder.Store())).Select(entry => ((CenterHeartbeat)entry.Event).OpenInteractions));
    }

    [Fact]
    public async Task An_event_that_cannot_be_JSON_does_not_hold_up_the_others()
    {
        var logger = new SeenLogger();
        var catalog = new EventCatalog(typeof(EventCatalog).Assembly, Assembly.GetExecutingAssembly());
        var store = _folder.Store(catalog: catalog, logger: logger);

        await AppendAsync(store, [new CenterHeartbeat(1), new Unwritable(), new CenterHeartbeat(2)]);

        Assert.Contains("test.unwritable", await logger.Seen(EventLeftOut), StringComparison.Ordinal);
        Assert.Equal([1, 3], (await ReadAsync(store)).Select(entry => entry.Position));
    }

    [Fact]
    public async Task An_event_of_no_kind_is_refused_at_once()
    {
        var store = _folder.Store();
        await store.BeginEpochAsync(default);

        Assert.Throws<ArgumentException>(() => store.Append([new("center", 1, 1, Noon, new Unwritable()) { Position = 1 }]));
    }

    [Fact]
    public async Task A_position_that_does_not_rise_is_refused()
    {
        var store = _folder.Store();
        await AppendAsync(store, [new CenterHeartbeat(1)]);

        Assert.Throws<ArgumentException>(() => store.Append([new("center", 1, 2, Noon, new CenterHeartbeat(2)) { Position = 1 }]));
    }

    [Fact]
    public async Task Before_it_is_open_and_after_it_is_closed_nothing_is_taken()
    {
        var store = _folder.Store();
        Assert.Throws<InvalidOperationException>(() => store.Save(new Snapshot("routing", 1, "{}")));
        await store.OpenAsync(default);

        await store.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => store.Save(new Snapshot("routing", 1, "{}")));
    }

    [Fact]
    public async Task Closing_a_store_that_was_never_opened_touches_nothing()
    {
        await _folder.Store().DisposeAsync();

        Assert.False(File.Exists(_folder.File()));
    }

    [Fact]
    public async Task A_file_of_the_first_schema_is_brought_to_the_present_one()
    {
        var record = new CallRecord { Interaction = Interaction(1), Party = Party(7), StartedAt = Noon, Agent = new("alice") };
        await using (var before = _folder.Store())
            await before.CommitAsync([record], 1, default);
        _folder.Execute("DROP TABLE recording; DROP TABLE recording_tag; DROP INDEX call_record_by_party; ALTER TABLE call_record DROP COLUMN party; PRAGMA user_version = 1");

        var after = _folder.Store();

        Assert.Equal(Interaction(1), Assert.Single(await after.ListOfPartyAsync(Party(7), 10, default)).Interaction);
        Assert.Equal(new AgentId("alice"), await after.FindLastAgentAsync(Party(7), default));
    }

    [Theory]
    [InlineData("PRAGMA user_version = 2")]
    [InlineData("DROP INDEX call_record_by_party; ALTER TABLE call_record DROP COLUMN party; PRAGMA user_version = 1")]
    public async Task Recordings_of_an_earlier_schema_are_known_in_the_present_one(string asBefore)
    {
        var record = new CallRecord
        {
            Interaction = Interaction(1),
            Party = Party(7),
            StartedAt = Noon,
            Number = "+37060000001",
            Agent = new("alice"),
            Recordings = [new(Recording(1), "a.wav", Noon, TimeSpan.FromSeconds(5), null), new(Recording(2), "b.wav", Noon, null, "interrupted")],
        };
        await using (var before = _folder.Store())
            await before.CommitAsync([record, new() { Interaction = Interaction(2), Party = Party(7), StartedAt = Noon }], 1, default);
        await using (var other = _folder.Store(center: "other"))
            await other.CommitAsync([record with { Recordings = [new(Recording(3), "c.wav", Noon, null, null)] }], 1, default);
        _folder.Execute($"DROP TABLE recording; DROP TABLE recording_tag; {asBefore}");

        var found = await _folder.Store().SearchAsync(new() { Agent = new("alice"), Caller = "+37060000001" }, default);

        Assert.Equal([Recording(2), Recording(1)], found.Recordings.Select(recording => recording.Recording));
        Assert.Equal([Recording(3)], (await _folder.Store(center: "other").SearchAsync(new(), default)).Recordings.Select(recording => recording.Recording));
    }

    [Fact]
    public async Task A_file_without_mailboxes_keeps_its_recordings_and_takes_messages()
    {
        await using (var before = _folder.Store())
            await before.CommitAsync([new RecordingChange.Known(SampleRecordings.Ended(1)), new RecordingChange.Starred(Recording(1), true)], default);
        _folder.Execute("DROP INDEX recording_by_mailbox; DROP INDEX recording_to_erase_by_mailbox; DROP INDEX recording_voicemail; ALTER TABLE recording DROP COLUMN mailbox; ALTER TABLE recording DROP COLUMN unheard; PRAGMA user_version = 3");

        var after = _folder.Store();
        await after.CommitAsync([new RecordingChange.Known(SampleRecordings.Full(2))], default);

        Assert.Equal([Recording(1)], (await after.SearchAsync(new() { Starred = true }, default)).Recordings.Select(recording => recording.Recording));
        Assert.Equal([Recording(2)], (await after.SearchAsync(new() { Mailbox = new("night"), Unheard = true }, default)).Recordings.Select(recording => recording.Recording));
    }

    [Fact]
    public async Task A_file_of_a_newer_schema_is_refused()
    {
        await _folder.Store().OpenAsync(default);
        _folder.Execute("PRAGMA user_version = 99");

        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await _folder.Store().OpenAsync(default));

        Assert.Equal(
            $"The store '{_folder.File()}' has schema version 99; this build knows versions up to 4. Use a newer build, or another file.", fault.Message);
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        _folder.Execute("CREATE TABLE theirs (x)");

        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await _folder.Store().OpenAsync(default));

        Assert.Equal($"'{_folder.File()}' is a SQLite database of another program.", fault.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        var text = string.Concat(Enumerable.Repeat("This is not a database. ", 100));
        await File.WriteAllTextAsync(_folder.File(), text);

        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await _folder.Store().OpenAsync(default));

        Assert.Equal($"'{_folder.File()}' is not a SQLite database.", fault.Message);
        Assert.Equal(text, await File.ReadAllTextAsync(_folder.File()));
    }

    [Fact]
    public async Task A_file_that_cannot_be_made_is_named_and_can_be_tried_again()
    {
        Directory.CreateDirectory(_folder.File());
        var store = _folder.Store();

        var fault = await Assert.ThrowsAsync<IOException>(async () => await store.BeginEpochAsync(default));
        Assert.Contains(_folder.File(), fault.Message, StringComparison.Ordinal);

        Directory.Delete(_folder.File());
        Assert.Equal(new(1, 0), await store.BeginEpochAsync(default));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_folder.File("taken"), "");

        var fault = await Assert.ThrowsAsync<IOException>(async () => await _folder.Store("taken/center.db").OpenAsync(default));

        Assert.Contains(_folder.File("taken/center.db"), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_event_is_named_when_it_is_read()
    {
        var store = _folder.Store();
        await AppendAsync(store, [new CenterHeartbeat(1)]);
        _folder.Execute("UPDATE entry SET json = 'nonsense'");

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(store));

        Assert.Contains("'center.heartbeat' at position 1", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<EventStream> OpenAsync(SqliteStore store) => new(store, await store.BeginEpochAsync(default), _ => { });

    private static async Task<IReadOnlyList<JournalEntry>> AppendAsync(SqliteStore store, IReadOnlyList<CenterEvent> events)
    {
        List<JournalEntry> appended = [];
        var stream = new EventStream(store, await store.BeginEpochAsync(default), appended.AddRange);
        await store.WaitUntilWrittenAsync(stream.OpenWriter(Streams.Center).Append(events, Noon), default);
        return appended;
    }

    /// <summary>Ends when the writer has done all that it was given before.</summary>
    private static async Task BarrierAsync(SqliteStore store) => await ((ISnapshotStore)store).LoadAsync("none", default);

    private static async Task<List<JournalEntry>> ReadAsync(SqliteStore store) => await store.ReadAsync(0, default).ToListAsync();
}

[EventKind("test.unwritable")]
public sealed record Unwritable : CenterEvent
{
    public int Value => throw new InvalidOperationException("No value.");
}

using CallCenterKit.Journal;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Shared.Journal;

/// <summary>What every journal promises.</summary>
public abstract class EventJournalContract
{
    /// <summary>An empty journal; the test class disposes it.</summary>
    protected abstract IEventJournal Journal { get; }

    [Fact]
    public async Task A_new_journal_begins_with_epoch_one_after_position_zero() =>
        Assert.Equal(new(1, 0), await Journal.BeginEpochAsync(default));

    [Fact]
    public async Task Each_opening_begins_a_higher_epoch_where_the_last_one_ended()
    {
        await OpenWithAsync([.. SampleEvents.All.Take(3)]);

        Assert.Equal(new(2, 3), await Journal.BeginEpochAsync(default));
    }

    [Fact]
    public async Task Every_kind_comes_back_as_it_was_appended()
    {
        var appended = await OpenWithAsync(SampleEvents.All);

        var read = await ReadAsync(0);

        Assert.Equal(appended.Select(Text), read.Select(Text));
    }

    [Fact]
    public async Task A_kind_that_this_build_does_not_know_survives()
    {
        var unknown = new UnknownEvent("later.invented", """{"field":[1,2,{"x":null}]}""");
        await OpenWithAsync([unknown]);

        Assert.Equal(unknown, Assert.Single(await ReadAsync(0)).Event);
    }

    [Fact]
    public async Task Reading_begins_after_the_position()
    {
        await OpenWithAsync([.. SampleEvents.All.Take(5)]);

        Assert.Equal([4, 5], (await ReadAsync(3)).Select(entry => entry.Position));
        Assert.Empty(await ReadAsync(5));
    }

    [Fact]
    public async Task Reading_ends_where_the_journal_ended_when_it_was_asked()
    {
        var stream = await OpenStreamAsync();
        var writer = stream.OpenWriter(Streams.Center);
        await Journal.WaitUntilWrittenAsync(writer.Append([new CenterHeartbeat(1)], Noon), default);

        var reading = Journal.ReadAsync(0, default);
        await Journal.WaitUntilWrittenAsync(writer.Append([new CenterHeartbeat(2)], Noon), default);

        Assert.Equal(1, Assert.Single(await reading.ToListAsync()).Position);
    }

    [Fact]
    public async Task What_is_written_is_not_waited_for()
    {
        var entries = await OpenWithAsync([.. SampleEvents.All.Take(3)]);

        Assert.Equal(entries[^1].Position, Journal.WrittenUpTo);
        var wait = Journal.WaitUntilWrittenAsync(entries[^1].Position, default);
        Assert.True(wait.IsCompletedSuccessfully);
        await wait;
    }

    [Fact]
    public async Task Appends_of_several_threads_keep_their_order()
    {
        const int Writers = 8, Appends = 1_250;
        var stream = await OpenStreamAsync();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() =>
        {
            var writer = stream.OpenWriter($"stream/{number}");
            for (var i = 1; i <= Appends; i++)
                writer.Append([new CenterHeartbeat(i)], Noon);
        })));
        await Journal.WaitUntilWrittenAsync(Writers * Appends, default);

        var read = await ReadAsync(0);
        Assert.Equal(Enumerable.Range(1, Writers * Appends).Select(position => (long)position), read.Select(entry => entry.Position));
        Assert.All(read.GroupBy(entry => entry.Stream), one =>
        {
            Assert.Equal(Enumerable.Range(1, Appends), one.Select(entry => (int)entry.Sequence));
            Assert.Equal(Enumerable.Range(1, Appends), one.Select(entry => ((CenterHeartbeat)entry.Event).OpenInteractions));
        });
    }

    /// <summary>Everything that makes an entry, as text.</summary>
    protected static string Text(JournalEntry entry) =>
        $"{entry.Position} {entry.Stream} {entry.Epoch} {entry.Sequence} {entry.At:O} {entry.Event.GetType().Name} {EventCatalog.Write(entry.Event)}";

    private async Task<EventStream> OpenStreamAsync() => new(Journal, await Journal.BeginEpochAsync(default), _ => { });

    private async Task<IReadOnlyList<JournalEntry>> OpenWithAsync(IReadOnlyList<CenterEvent> events)
    {
        List<JournalEntry> appended = [];
        var stream = new EventStream(Journal, await Journal.BeginEpochAsync(default), appended.AddRange);
        var position = stream.OpenWriter(Streams.Center).Append(events, Noon.AddMicroseconds(123_457));
        await Journal.WaitUntilWrittenAsync(position, default);
        return appended;
    }

    private async Task<List<JournalEntry>> ReadAsync(long after) => await Journal.ReadAsync(after, default).ToListAsync();
}

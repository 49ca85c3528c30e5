using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Journal;

public sealed class EventStreamTests : IAsyncDisposable
{
    private readonly InMemoryJournal _journal = new();
    private readonly List<JournalEntry> _told = [];

    [Fact]
    public void Each_stream_counts_from_one_and_positions_run_through_all()
    {
        var stream = Open(new(4, 100));
        EventWriter routing = stream.OpenWriter(Streams.Routing), center = stream.OpenWriter(Streams.Center);

        Assert.Equal(102, routing.Append([new CenterHeartbeat(1), new CenterHeartbeat(2)], Noon));
        Assert.Equal(103, center.Append([new CenterHeartbeat(3)], Noon));
        Assert.Equal(104, routing.Append([new CenterHeartbeat(4)], Noon));

        Assert.Equal(
            [("routing", 4, 1, 101), ("routing", 4, 2, 102), ("center", 4, 1, 103), ("routing", 4, 3, 104)],
            _told.Select(entry => (entry.Stream, entry.Epoch, entry.Sequence, entry.Position)));
    }

    [Fact]
    public void What_is_told_stands_in_the_journal_already()
    {
        var told = 0;
        var stream = new EventStream(_journal, new(1, 0), entries =>
        {
            told++;
            Assert.Equal(entries[^1], _journal.Entries[^1]);
        });

        stream.OpenWriter(Streams.Center).Append([new CenterHeartbeat(1), new CenterHeartbeat(2)], Noon);

        Assert.Equal(1, told);
    }

    [Fact]
    public void Nothing_is_no_entry()
    {
        Assert.Equal(0, Open(new(1, 0)).OpenWriter(Streams.Center).Append([], Noon));
        Assert.Empty(_told);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task Several_threads_are_told_in_the_order_of_the_journal()
    {
        var stream = Open(new(1, 0));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() =>
        {
            var writer = stream.OpenWriter($"stream/{number}");
            for (var i = 0; i < 1_000; i++)
                writer.Append([new CenterHeartbeat(i)], Noon);
        })));

        Assert.Equal(_journal.Entries, _told);
        Assert.Equal(Enumerable.Range(1, 4_000).Select(position => (long)position), _told.Select(entry => entry.Position));
    }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    private EventStream Open(JournalOpening opening) => new(_journal, opening, _told.AddRange);
}

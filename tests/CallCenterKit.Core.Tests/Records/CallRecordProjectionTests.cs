using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Routing;
using CallCenterKit.Shared;

namespace CallCenterKit.Records;

public class CallRecordProjectionTests
{
    private static readonly IReadOnlyList<JournalEntry> Entries = Story.Arrived().EntersFlowAt(1).QueuesAt(5).IsTakenAt(10, 5)
        .IsHeldAt(20).ResumesAt(25).EndsAt(60).AgentLeavesAt(60, wrapUpUntil: 70).WrapsUpAt(70, "resolved").Entries;

    [Fact]
    public async Task Restarted_after_any_entry_and_fed_twice_it_keeps_the_same_record()
    {
        var expected = Text(Story.Fold(Entries));

        for (var cut = 0; cut <= Entries.Count; cut++)
        {
            var store = new InMemoryCallRecordStore();
            await FeedAsync(store, Entries.Take(cut));
            await FeedAsync(store, Entries);

            Assert.Equal(expected, Text(await store.FindAsync(SampleIds.Interaction(1), default)));
            Assert.Equal(Entries.Count, await store.GetPositionAsync(default));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_abandoned_call_says_how_it_left_the_queue_whoever_is_heard_first(bool callFirst)
    {
        var story = Story.Arrived().QueuesAt(1);
        var entries = callFirst
            ? story.EndsAt(8).LeavesQueueAt(8, QueueExit.Abandoned, 7).Entries
            : story.LeavesQueueAt(8, QueueExit.Abandoned, 7).EndsAt(8).Entries;
        var store = new InMemoryCallRecordStore();

        await FeedAsync(store, entries);

        var record = await store.FindAsync(story.Matter, default);
        Assert.Equal(
            (CallRecordEnding.Abandoned, QueueExit.Abandoned, TimeSpan.FromSeconds(7), false),
            (record!.Ending, record.QueueExit, record.Waited, record.IsOpen));
    }

    [Fact]
    public async Task What_was_not_committed_is_asked_for_again()
    {
        var store = new InMemoryCallRecordStore();
        var projection = new CallRecordProjection(store);
        projection.Apply(Entries[0]);
        await projection.CommitAsync(default);
        projection.Apply(Entries[1]);

        Assert.Equal(1, await new CallRecordProjection(store).LoadAsync(default));
    }

    [Fact]
    public async Task A_commit_that_failed_is_made_up_for_by_the_next()
    {
        var store = new FailingStore();
        var projection = new CallRecordProjection(store);
        projection.Apply(Entries[0]);
        await Assert.ThrowsAsync<IOException>(async () => await projection.CommitAsync(default));

        store.Fails = false;
        await projection.CommitAsync(default);

        Assert.NotNull(await store.FindAsync(SampleIds.Interaction(1), default));
    }

    [Fact]
    public void Calls_in_after_call_work_are_open_but_not_counted_as_living()
    {
        var projection = new CallRecordProjection(new InMemoryCallRecordStore());
        foreach (var entry in Entries.SkipLast(1))
            projection.Apply(entry);

        Assert.Equal(0, projection.OpenInteractions);
        Assert.Single(projection.Open);
        projection.Apply(Entries[^1]);
        Assert.Empty(projection.Open);
    }

    private static async Task FeedAsync(InMemoryCallRecordStore store, IEnumerable<JournalEntry> entries)
    {
        var projection = new CallRecordProjection(store);
        await projection.LoadAsync(default);
        foreach (var entry in entries)
        {
            projection.Apply(entry);
            await projection.CommitAsync(default);
        }
    }

    private static string Text(CallRecord? record) => JsonSerializer.Serialize(record, EventCatalog.JsonOptions);

    private sealed class FailingStore : ICallRecordStore
    {
        private readonly InMemoryCallRecordStore _store = new();

        public bool Fails { get; set; } = true;

        public ValueTask<long> GetPositionAsync(CancellationToken cancellationToken) => _store.GetPositionAsync(cancellationToken);

        public ValueTask CommitAsync(IReadOnlyCollection<CallRecord> changed, long position, CancellationToken cancellationToken) =>
            Fails ? throw new IOException("disk full") : _store.CommitAsync(changed, position, cancellationToken);

        public ValueTask<CallRecord?> FindAsync(InteractionId interaction, CancellationToken cancellationToken) => _store.FindAsync(interaction, cancellationToken);

        public ValueTask<AgentId?> FindLastAgentAsync(PartyId party, CancellationToken cancellationToken) => _store.FindLastAgentAsync(party, cancellationToken);

        public ValueTask<IReadOnlyList<CallRecord>> ListOfPartyAsync(PartyId party, int limit, CancellationToken cancellationToken) =>
            _store.ListOfPartyAsync(party, limit, cancellationToken);

        public ValueTask<IReadOnlyList<CallRecord>> ListOpenAsync(CancellationToken cancellationToken) => _store.ListOpenAsync(cancellationToken);

        public ValueTask<IReadOnlyList<CallRecord>> ListAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
            _store.ListAsync(from, to, limit, cancellationToken);
    }
}

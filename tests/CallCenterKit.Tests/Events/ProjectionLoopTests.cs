using CallCenterKit.Events;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Tests.Events;

public sealed class ProjectionLoopTests
{
    [Fact]
    public async Task A_disk_that_stalls_holds_up_records_and_no_fold()
    {
        var journal = new StalledJournal();
        var fold = new Gatherer(awaits: 2);
        var loop = new ProjectionLoop([fold], new CallRecordProjection(new InMemoryCallRecordStore()), journal, new RunningWork(), NullLogger.Instance);
        loop.Start();

        loop.Post([Entry(1)]);
        await journal.Asked;
        loop.Post([Entry(2)]);
        await fold.Gathered;
        Assert.Equal(0, loop.Committed);

        journal.GoOn();
        await loop.StopAsync();
        Assert.Equal(2, loop.Committed);
    }

    private static JournalEntry Entry(long position) => new("center", 1, position, DateTimeOffset.UnixEpoch, new CenterHeartbeat(0)) { Position = position };

    private sealed class Gatherer(int awaits) : IEventFold
    {
        private readonly TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public Task Gathered => _gathered.Task;

        public void Apply(JournalEntry entry)
        {
            if (++_count == awaits)
                _gathered.SetResult();
        }
    }

    private sealed class StalledJournal : IEventJournal
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public long WrittenUpTo => 0;

        public ValueTask<JournalOpening> BeginEpochAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Append(IReadOnlyList<JournalEntry> entries) => throw new NotSupportedException();

        public ValueTask WaitUntilWrittenAsync(long position, CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            return new(_stalled.Task);
        }

        public IAsyncEnumerable<JournalEntry> ReadAsync(long afterPosition, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => default;

        public void GoOn() => _stalled.SetResult();
    }
}

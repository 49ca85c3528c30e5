using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Voice;

namespace CallCenterKit.Core.Tests.Records;

public class CallRecordProjectionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly InteractionId Matter = new(new Guid("00000000-0000-7000-8000-000000000001"));
    private static readonly EntryId Entry = new(1, 1);
    private static readonly QueueId Support = new("support");

    private readonly InMemoryCallRecordStore _store = new();
    private readonly CallRecordProjection _records;
    private long _position;

    public CallRecordProjectionTests() => _records = new(_store);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_abandoned_call_says_how_it_left_the_queue_whoever_is_heard_first(bool callFirst)
    {
        CenterEvent over = new InteractionEnded(Matter, HangUpCause.Normal, CallEndedBy.Party);
        CenterEvent left = new QueueLeft(Entry, Matter, Support, QueueExit.Abandoned, TimeSpan.FromSeconds(7));
        Apply(0, new InteractionStarted(Matter, default, default, CallDirection.Inbound, "stranger", "600"));
        Apply(1, new QueueEntered(Entry, Matter, Support, Channels.Voice, 1, PartyReach.Present, Noon.AddSeconds(1)));

        Apply(8, callFirst ? over : left);
        Apply(8, callFirst ? left : over);
        await _records.CommitAsync(TestContext.Current.CancellationToken);

        var record = await _store.FindAsync(Matter, TestContext.Current.CancellationToken);
        Assert.Equal(CallRecordEnding.Abandoned, record!.Ending);
        Assert.Equal(QueueExit.Abandoned, record.QueueExit);
        Assert.Equal(TimeSpan.FromSeconds(7), record.Waited);
        Assert.False(record.IsOpen);
    }

    private void Apply(int seconds, CenterEvent happened) =>
        _records.Apply(new("test", 1, ++_position, Noon.AddSeconds(seconds), happened) { Position = _position });
}

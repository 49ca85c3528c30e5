using System.Runtime.CompilerServices;
using CallCenterKit.Contacts;
using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Events;

/// <summary>A directory that is slow and a journal that is broken cost a call a moment at most.</summary>
public sealed class SlowPortTests
{
    [Fact]
    public async Task A_directory_that_does_not_answer_holds_no_call_up_and_a_place_in_a_queue_for_50_ms()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Services.AddSingleton<IContactStore>(new SilentContacts()));
        center.Log.Expect(7008);

        var result = await center.CallAsync(new() { Target = "500", Talk = TimeSpan.FromSeconds(1) });
        await center.SettleOneAsync();

        Assert.InRange(result.Answered!.Value.TotalMilliseconds, 0, 10);
        Assert.InRange((center.TimeOf<QueueEntered>() - center.TimeOf<InteractionStarted>()).TotalMilliseconds, 49, 51);
    }

    [Fact]
    public async Task A_journal_that_is_broken_ends_no_call()
    {
        var journal = new BrokenJournal();
        await using var center = await TestCenter.StartAsync(cc => cc.Services.AddSingleton<IEventJournal>(journal));
        center.Log.Expect(1004, 7203);
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(12) });
        journal.IsBroken = true;

        var result = await center.CallAsync(new() { Target = "500" });
        await center.AdvanceAsync(40);

        Assert.Equal(CallCenterKit.Testing.CallerEnding.HungUpByFarEnd, result.Ending);
        Assert.InRange(result.Total.TotalSeconds, 14, 14.1);
        Assert.Equal((0, 0), (center.Center.OpenInteractions, center.Telephony.LiveCalls));
        Assert.Empty(center.Log.Unexpected);
        journal.IsBroken = false;
    }

    private sealed class BrokenJournal : IEventJournal
    {
        private readonly InMemoryJournal _journal = new();

        public bool IsBroken { get; set; }

        public long WrittenUpTo => _journal.WrittenUpTo;

        public ValueTask<JournalOpening> BeginEpochAsync(CancellationToken cancellationToken) => _journal.BeginEpochAsync(cancellationToken);

        public void Append(IReadOnlyList<JournalEntry> entries)
        {
            if (IsBroken)
                throw new IOException("The disk is full.");
            _journal.Append(entries);
        }

        public ValueTask WaitUntilWrittenAsync(long position, CancellationToken cancellationToken) => default;

        public async IAsyncEnumerable<JournalEntry> ReadAsync(long afterPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var entry in _journal.ReadAsync(afterPosition, cancellationToken))
                yield return entry;
        }

        public ValueTask DisposeAsync() => default;
    }
}

using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using Microsoft.Extensions.Logging;
using static CallCenterKit.Core.Tests.Routing.TestCenter;

namespace CallCenterKit.Core.Tests.Routing;

public sealed class RoutingLoopTests : IAsyncDisposable
{
    private readonly VirtualTimeProvider _time = new(Noon);
    private readonly InMemoryJournal _journal = new();
    private readonly Performer _performer;
    private readonly FaultCounter _faults = new();
    private readonly RoutingLoop _loop;
    private Action<IReadOnlyList<JournalEntry>> _told = static _ => { };

    public RoutingLoopTests()
    {
        _performer = new(_journal);
        var events = new EventStream(_journal, new JournalOpening(1, 0), entries => _told(entries));
        _loop = new(new()
        {
            Engine = NewEngine(),
            Journal = events.OpenWriter(Streams.Routing),
            Performer = _performer,
            Time = _time,
            Snapshots = _journal,
            SnapshotEvery = 5,
            Work = _time.Work,
            Logger = _faults,
        });
        _loop.Start();
        Post(new ApplyModel(ModelOf([QueueOf(Sales, Alice, Bob)])), new LogIn(Alice, Desk1, Boss));
    }

    public async ValueTask DisposeAsync() => await _loop.DisposeAsync();

    [Fact]
    public async Task Events_are_in_the_journal_before_the_effects_they_cause_are_performed()
    {
        Post(new Enqueue(Matter(1), Sales));
        await _time.Work.WaitUntilIdleAsync();

        var (effect, journaled) = Assert.Single(_performer.Performed);
        Assert.IsType<Offer>(effect);
        Assert.Equal(journaled, _journal.Entries.Count);
        Assert.Equal([1, 2, 3, 4], _journal.Entries.Select(entry => entry.Sequence));
        Assert.All(_journal.Entries, entry => Assert.Equal(Streams.Routing, entry.Stream));
    }

    [Fact]
    public async Task The_engine_is_woken_at_its_deadline()
    {
        Post(new Enqueue(Matter(1), Sales));
        await _time.Work.WaitUntilIdleAsync();

        await _time.AdvanceAsync(Seconds(19.999));
        Assert.Single(_performer.Performed);
        await _time.AdvanceAsync(Seconds(0.001));

        Assert.IsType<WithdrawOffer>(_performer.Performed[1].Effect);
        Assert.Equal(Noon + Seconds(20), _journal.Entries.Single(entry => entry.Event is OfferEnded).At);
        Assert.Equal(1, _time.ArmedTimers);
    }

    [Fact]
    public async Task A_command_that_fails_is_logged_and_the_next_one_is_handled()
    {
        Post(new ApplyModel(ModelOf([QueueOf(Sales, Alice) with { Strategy = "psychic" }])), new Enqueue(Matter(1), Sales));
        await _time.Work.WaitUntilIdleAsync();

        Assert.Equal([1001], _faults.Ids);
        Assert.Single(_performer.Performed);
    }

    [Fact]
    public async Task An_effect_that_cannot_be_handed_over_does_not_stop_the_others()
    {
        _performer.Fails = true;
        Post(new Enqueue(Matter(1), Sales), new Leave(Matter(1), QueueExit.Abandoned));
        await _time.Work.WaitUntilIdleAsync();

        Assert.Equal([1002, 1002, 1002], _faults.Ids);
        Assert.Equal(3, _performer.Performed.Count);
    }

    [Fact]
    public async Task The_snapshot_and_the_events_after_it_are_the_state()
    {
        foreach (var number in Enumerable.Range(1, 20))
        {
            Post(new Enqueue(Matter(number), Sales), new LogIn(Bob, Desk2, Boss), new LogOut(Bob, Boss));
            await _time.Work.WaitUntilIdleAsync();
        }

        var snapshot = await _journal.LoadAsync(Streams.Routing, CancellationToken.None);
        Assert.NotNull(snapshot);
        Assert.InRange(snapshot.Position, 1, _journal.Entries.Count);
        var engine = RoutingEngine.Restore(
            JsonSerializer.Deserialize<RoutingSnapshot>(snapshot.Json, EventCatalog.JsonOptions)!, [new LongestIdleStrategy()], epoch: 1);
        await foreach (var entry in _journal.ReadAsync(snapshot.Position, CancellationToken.None))
            engine.Apply((RoutingEvent)entry.Event, entry.At);
        var replayed = NewEngine();
        foreach (var entry in _journal.Entries)
            replayed.Apply((RoutingEvent)entry.Event, entry.At);
        Assert.Equal(
            JsonSerializer.Serialize(replayed.TakeSnapshot() with { Seed = 0 }),
            JsonSerializer.Serialize(engine.TakeSnapshot() with { Seed = 0 }));
    }

    [Fact]
    public async Task A_broken_journal_does_not_stop_the_calls()
    {
        await _time.Work.WaitUntilIdleAsync();
        _told = static _ => throw new IOException("The disk is gone.");
        Post(new Enqueue(Matter(1), Sales));
        await _time.Work.WaitUntilIdleAsync();

        Assert.Equal([1004], _faults.Ids);
        Assert.Single(_performer.Performed);
    }

    [Fact]
    public async Task Stopping_handles_what_was_posted_and_takes_no_more()
    {
        Post(new Enqueue(Matter(1), Sales));

        await _loop.StopAsync();

        Assert.Single(_performer.Performed);
        Assert.False(_loop.Post(new AdvanceClock()));
        Assert.Equal(0, _time.Work.Count);
        Assert.Equal(0, _time.ArmedTimers);
    }

    private static InteractionId Matter(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private void Post(params RoutingCommand[] commands)
    {
        foreach (var command in commands)
            Assert.True(_loop.Post(command));
    }

    private sealed class Performer(InMemoryJournal journal) : IRoutingPerformer
    {
        public List<(RoutingEffect Effect, int Journaled)> Performed { get; } = [];

        public bool Fails { get; set; }

        public void Perform(RoutingEffect effect)
        {
            Performed.Add((effect, journal.Entries.Count));
            if (Fails)
                throw new InvalidOperationException("The performer is broken.");
        }
    }

    private sealed class FaultCounter : ILogger
    {
        public List<int> Ids { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Ids.Add(eventId.Id);
    }
}

using CallCenterKit.Contacts;
using CallCenterKit.Desks;
using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Desks;

/// <summary>What agents see when a call rings.</summary>
public sealed class AgentDeskTests
{
    [Fact]
    public async Task The_desk_shows_who_calls_what_they_keyed_and_what_is_left_to_do()
    {
        var desk = new Desk();
        await using var center = await TestCenter.StartAsync(cc => Showing(cc, desk));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });
        var customer = center.World.Customer();
        customer.Dial("600");
        await center.AdvanceAsync(8);
        Finish(center, ScreenPop.NeedsCallback);
        await center.AdvanceAsync(60);
        customer.Dial("600");
        await center.AdvanceAsync(8);
        Finish(center, "resolved");
        await center.AdvanceAsync(60);
        customer.Dial("600");
        var records = await center.SettleAsync();

        Assert.Equal(3, desk.Shown.Count);
        Assert.All(desk.Shown, pop => Assert.Equal((true, "A-17", new AgentId("alice")), (pop.IsComplete, pop.Collected["order"], pop.Agent)));
        Assert.Equal(records[0].Party, Assert.Single(desk.Shown[0].Contacts).Party);
        Assert.Equal([0, 1, 2], desk.Shown.Select(pop => pop.Last.Count));
        Assert.Equal([records[1].Interaction, records[0].Interaction], desk.Shown[2].Last.Select(record => record.Interaction));
        Assert.Equal(records[0].Interaction, Assert.Single(desk.Shown[1].FollowUps).Interaction);
        Assert.Empty(desk.Shown[2].FollowUps);
    }

    [Fact]
    public async Task A_desk_that_fails_harms_neither_the_call_nor_the_other_desks()
    {
        var desk = new Desk();
        await using var center = await TestCenter.StartAsync(cc =>
        {
            cc.Services.AddSingleton<IAgentDesk>(new Desk { Fault = new InvalidOperationException("The screen is broken.") });
            Showing(cc, desk);
        });
        center.Log.Expect(7013);
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });

        await center.CallAsync(new() { Target = "600" });
        var record = await center.SettleOneAsync();

        Assert.Equal((1, 1), (center.Log.CountOf(7013), desk.Shown.Count));
        Assert.Equal(CallRecordEnding.Completed, record.Ending);
    }

    [Fact]
    public async Task A_store_that_is_slow_shows_less_after_200_ms()
    {
        var desk = new Desk();
        await using var world = new World();
        desk.Time = world.Time;
        await using var center = await TestCenter.StartAsync(
            cc =>
            {
                cc.Services.AddSingleton<ICallRecordStore>(new SilentRecords());
                Showing(cc, desk);
            },
            world);
        center.Log.Expect(7012);
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });
        var arrived = world.Time.GetUtcNow();

        await center.CallAsync(new() { Target = "600" });
        await center.AdvanceAsync(40);

        var pop = Assert.Single(desk.Shown);
        Assert.Equal((false, "A-17"), (pop.IsComplete, pop.Collected["order"]));
        Assert.NotEmpty(pop.Number);
        Assert.InRange((desk.At[0] - arrived).TotalMilliseconds, 200, 210);
    }

    private static void Showing(CallCenterBuilder cc, Desk desk)
    {
        cc.Services.AddSingleton<IAgentDesk>(desk);
        cc.MapFlow("600", async (call, ct) =>
        {
            call.SetVariable("order", "A-17");
            await call.QueueAsync("support", ct);
        });
    }

    private static void Finish(TestCenter center, string disposition)
    {
        var alice = center.Center.Board.Agents[0];
        center.Center.FinishWrapUp(alice.Id, alice.Interaction!.Value, disposition, Actors.Of(alice.Id));
    }

    private sealed class Desk : IAgentDesk
    {
        public List<ScreenPop> Shown { get; } = [];

        public List<DateTimeOffset> At { get; } = [];

        public TimeProvider Time { get; set; } = TimeProvider.System;

        public Exception? Fault { get; init; }

        public ValueTask ShowAsync(ScreenPop pop, CancellationToken cancellationToken)
        {
            if (Fault is not null)
                throw Fault;
            Shown.Add(pop);
            At.Add(Time.GetUtcNow());
            return default;
        }
    }

    /// <summary>Keeps everything and never finds anything.</summary>
    private sealed class SilentRecords : ICallRecordStore
    {
        private readonly InMemoryCallRecordStore _store = new();

        public ValueTask<long> GetPositionAsync(CancellationToken cancellationToken) => _store.GetPositionAsync(cancellationToken);

        public ValueTask CommitAsync(IReadOnlyCollection<CallRecord> changed, long position, CancellationToken cancellationToken) =>
            _store.CommitAsync(changed, position, cancellationToken);

        public ValueTask<CallRecord?> FindAsync(InteractionId interaction, CancellationToken cancellationToken) =>
            new(new TaskCompletionSource<CallRecord?>().Task);

        public ValueTask<AgentId?> FindLastAgentAsync(PartyId party, CancellationToken cancellationToken) => _store.FindLastAgentAsync(party, cancellationToken);

        public ValueTask<IReadOnlyList<CallRecord>> ListOfPartyAsync(PartyId party, int limit, CancellationToken cancellationToken) =>
            _store.ListOfPartyAsync(party, limit, cancellationToken);

        public ValueTask<IReadOnlyList<CallRecord>> ListOpenAsync(CancellationToken cancellationToken) => _store.ListOpenAsync(cancellationToken);

        public ValueTask<IReadOnlyList<CallRecord>> ListAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
            _store.ListAsync(from, to, limit, cancellationToken);
    }
}

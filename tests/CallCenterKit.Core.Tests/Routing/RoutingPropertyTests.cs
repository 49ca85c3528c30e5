using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Live;
using CallCenterKit.Routing;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenterKit.Core.Tests.Routing;

public class RoutingPropertyTests
{
    private const int Runs = 300;

    private static readonly Gen<Step> AnyStep =
        from what in Gen.Choose(0, 19)
        from who in Gen.Choose(0, 20)
        from which in Gen.Choose(0, 60)
        from milliseconds in Gen.Frequency((3, Gen.Constant(0)), (3, Gen.Choose(1, 500)), (2, Gen.Choose(500, 12_000)))
        select new Step(what, who, which, milliseconds);

    private static readonly Arbitrary<Step[]> AnyDay = Arb.From(AnyStep.ArrayOf(), WithoutSome);

    /// <summary>One winner per entry; nobody beyond capacity; no offer to who is paused, gone or wrapping up; nobody waits while somebody is free.</summary>
    [Fact]
    public void The_referee_never_objects() => Check(_ => { });

    [Fact]
    public void Each_entry_ends_exactly_once_and_each_enqueue_is_answered_exactly_once() => Check(center =>
    {
        center.Close();

        Assert.Equal(0, center.Referee.OpenEntries);
        Assert.Equal(0, center.Referee.Unanswered);
        Assert.Empty(center.Center.Engine.TakeSnapshot().Entries);
    });

    [Fact]
    public void Replaying_the_events_gives_the_same_state() => Check(center =>
    {
        var replayed = TestCenter.NewEngine();
        foreach (var entry in center.Center.Journal)
            replayed.Apply((RoutingEvent)entry.Event, entry.At);

        Assert.Equal(StateOf(center.Center.Engine), StateOf(replayed));
    });

    [Fact]
    public void A_snapshot_and_the_events_after_it_give_the_same_state() => Check(center =>
    {
        var half = new RandomCenter(TestCenter.NewEngine());
        var journal = center.Center.Journal;
        var commands = center.Commands.Skip(1).Take(center.Commands.Count / 2);
        foreach (var (command, at) in commands)
        {
            half.Center.SetClock(at);
            half.Center.Send(command);
        }
        var restored = RoutingEngine.Restore(Copy(half.Center.Engine.TakeSnapshot()), [new LongestIdleStrategy(), new LongestAvailableStrategy()], epoch: 1);
        foreach (var entry in journal.Skip(half.Center.Journal.Count))
            restored.Apply((RoutingEvent)entry.Event, entry.At);

        Assert.Equal(StateOf(center.Center.Engine), StateOf(restored));
    });

    [Fact]
    public void A_restored_engine_decides_as_the_one_that_never_stopped() => Check(center =>
    {
        var restored = new TestCenter(RoutingEngine.Restore(
            Copy(center.Center.Engine.TakeSnapshot()), [new LongestIdleStrategy(), new LongestAvailableStrategy()], epoch: 1));
        restored.SetClock(center.Center.Now);
        foreach (var original in new[] { center.Center, restored })
        {
            original.Send(new AdvanceClock());
            original.Advance(TimeSpan.FromSeconds(3));
            original.Send(new LogIn(new("agent-1"), new("1001"), TestCenter.Boss), new LogIn(new("agent-2"), new("1002"), TestCenter.Boss));
            original.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(StateOf(center.Center.Engine), StateOf(restored.Engine));
        Assert.Equal(Texts(center.Center.Effects.TakeLast(restored.Effects.Count)), Texts(restored.Effects));
    });

    [Fact]
    public void Replaying_the_commands_gives_the_same_effects() => Check(center =>
    {
        var again = new TestCenter(TestCenter.NewEngine());
        foreach (var (command, at) in center.Commands)
        {
            again.SetClock(at);
            again.Send(JsonSerializer.Deserialize<RoutingCommand>(JsonSerializer.Serialize(command, EventCatalog.JsonOptions), EventCatalog.JsonOptions)!);
        }

        Assert.Equal(Texts(center.Center.Effects), Texts(again.Effects));
    });

    [Fact]
    public void The_live_board_shows_what_the_engine_knows() => Check(center =>
    {
        var board = new LiveBoard();
        foreach (var entry in center.Center.Journal)
            board.Apply(entry);
        var expected = new LiveBoard(center.Center.Engine.TakeSnapshot()).Current;

        Assert.Equal(
            JsonSerializer.Serialize(expected with { At = board.Current.At, Position = board.Current.Position }),
            JsonSerializer.Serialize(board.Current));
    });

    [Fact]
    public void After_a_crash_nobody_holds_a_dead_call() => Check(center =>
    {
        var next = new TestCenter(RoutingEngine.Restore(
            Copy(center.Center.Engine.TakeSnapshot()), [new LongestIdleStrategy(), new LongestAvailableStrategy()], epoch: 2));
        next.SetClock(center.Center.Now);

        next.Send(new BeginEpoch());

        var before = center.Center.Engine.TakeSnapshot();
        var after = next.Engine.TakeSnapshot();
        Assert.DoesNotContain(after.Entries, entry => entry.Reach == PartyReach.Present);
        Assert.Equal(before.Entries.Count(entry => entry.Reach != PartyReach.Present), after.Entries.Count);
        Assert.All(after.Agents.Select(agent => agent.Offer).OfType<OfferSnapshot>(), offer => Assert.Equal(2, offer.Offer.Epoch));
        Assert.Equal(Presences(before), Presences(after));
    });

    /// <summary>When it fails, the message names the seed and the smallest day that fails.</summary>
    private static void Check(Action<RandomCenter> afterwards) => Prop.ForAll(AnyDay, day =>
    {
        var center = new RandomCenter(TestCenter.NewEngine());
        center.Play(day);
        afterwards(center);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs).WithStartSize(20).WithEndSize(300));

    /// <summary>The day without each of its halves, quarters and so on, down to single steps.</summary>
    private static IEnumerable<Step[]> WithoutSome(Step[] day)
    {
        for (var length = day.Length / 2; length > 0; length /= 2)
        {
            for (var start = 0; start < day.Length; start += length)
                yield return [.. day[..start], .. day[Math.Min(start + length, day.Length)..]];
        }
    }

    private static RoutingSnapshot Copy(RoutingSnapshot snapshot) =>
        JsonSerializer.Deserialize<RoutingSnapshot>(JsonSerializer.Serialize(snapshot, EventCatalog.JsonOptions), EventCatalog.JsonOptions)!;

    private static string StateOf(RoutingEngine engine) => JsonSerializer.Serialize(engine.TakeSnapshot(), EventCatalog.JsonOptions);

    private static IEnumerable<(AgentId, EndpointId?, string?)> Presences(RoutingSnapshot snapshot) =>
        snapshot.Agents.Where(agent => agent.Endpoint is not null).Select(agent => (agent.Agent, agent.Endpoint, agent.PauseReason));

    private static IEnumerable<string> Texts(IEnumerable<RoutingEffect> effects) => effects.Select(effect => effect.ToString());
}

using System.Text.Json;
using CallCenterKit.Journal;
using CallCenterKit.Live;
using CallCenterKit.Routing;

namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>What holds whatever happens, in whatever order; and for each such rule an engine that breaks it, and is caught.</summary>
public class RoutingPropertyTests(ITestOutputHelper output)
{
    public static TheoryData<string> BrokenEngines => [.. Saboteurs.All.Keys];

    [Fact]
    public void One_winner_per_entry() => Check(Rules.OneWinner);

    [Fact]
    public void No_agent_beyond_capacity() => Check(Rules.WithinCapacity);

    [Fact]
    public void No_offer_to_an_agent_who_is_not_ready() => Check(Rules.OnlyReadyAgents);

    [Fact]
    public void Places_never_get_worse_except_by_right() => Check(Rules.PlacesNeverWorsen);

    [Fact]
    public void Every_entry_ends_exactly_once() => Check(Rules.EachEndsOnce);

    [Fact]
    public void Wrap_up_is_exact_with_an_agent_in_many_queues() => Check(Rules.WrapUpExact);

    [Fact]
    public void Length_limits_are_exact() => Check(Rules.LengthsExact);

    [Fact]
    public void Nobody_is_overtaken_whose_lead_exceeds_the_difference_in_credits() => Check(Rules.NobodyOvertaken);

    [Fact]
    public void Time_in_state_adds_up() => Check(Rules.TimeAddsUp);

    [Fact]
    public void Replaying_the_command_log_gives_the_same_effects() => Check(Rules.ReplayIsIdentical);

    [Fact]
    public void A_restart_keeps_the_state_and_goes_on_as_before() => Check(Rules.RestartKeepsAll);

    [Fact]
    public void Nobody_waits_while_somebody_could_take_it() => Check(Rules.NobodyWaitsInVain);

    [Theory]
    [MemberData(nameof(BrokenEngines))]
    public void A_broken_engine_is_caught(string broken)
    {
        var (rule, maker) = Saboteurs.All[broken];

        var objection = RandomDays.FirstObjection(rule, maker, RandomDays.Seed, shortens: false);

        output.WriteLine(objection is null ? "Not caught." : objection[..Math.Min(objection.Length, 600)]);
        Assert.Contains($"{rule}: ", objection, StringComparison.Ordinal);
    }

    [Fact]
    public void The_live_board_shows_what_the_engine_knows()
    {
        output.WriteLine($"CALLCENTERKIT_SEED={RandomDays.Seed}");
        foreach (var day in RandomDays.Some(100))
        {
            var center = new RandomCenter(day, EngineMaker.Honest.ForTheDay((ulong)day.Seed), Rules.None);
            center.Play();
            var board = new LiveBoard();
            long position = 0;
            foreach (var (happened, at) in center.Log.SelectMany(logged => logged.Events.Select(happened => (happened, logged.At))))
                board.Apply(new(Streams.Routing, 1, ++position, at, happened) { Position = position });
            var expected = new LiveBoard(center.Engine.TakeSnapshot()).Current;

            Assert.Equal(
                JsonSerializer.Serialize(expected with { At = board.Current.At, Position = board.Current.Position }),
                JsonSerializer.Serialize(board.Current));
        }
    }

    [Fact]
    public void After_a_crash_nobody_holds_a_dead_call()
    {
        output.WriteLine($"CALLCENTERKIT_SEED={RandomDays.Seed}");
        foreach (var day in RandomDays.Some(100))
        {
            var center = new RandomCenter(day, EngineMaker.Honest.ForTheDay((ulong)day.Seed), Rules.None);
            center.Play();
            var before = center.Engine.TakeSnapshot();
            var next = new TestCenter(RoutingEngine.Restore(before, BuiltInStrategies.All, epoch: 2));
            next.SetClock(center.Now);

            next.Send(new BeginEpoch());

            var after = next.Engine.TakeSnapshot();
            Assert.DoesNotContain(after.Entries, entry => entry.Reach == PartyReach.Present);
            Assert.All(after.Agents.Select(agent => agent.Offer).OfType<OfferSnapshot>(), offer => Assert.Equal(2, offer.Offer.Epoch));
            Assert.All(after.Agents.SelectMany(agent => agent.Assignments).Where(each => each.Channel == Model.Channels.Voice), each => Assert.NotNull(each.WrapUpUntil));
        }
    }

    private void Check(Rules rule)
    {
        output.WriteLine($"{RandomDays.Runs} days of at least {Day.FewestSteps} commands; CALLCENTERKIT_SEED={RandomDays.Seed}");
        if (RandomDays.FirstObjection() is { } objection)
            Assert.Fail($"{rule} is not shown. {objection}"); // by which rule the days ended stands in it
    }
}

using CallCenterKit.Journal;
using CallCenterKit.Metrics;
using CallCenterKit.Routing;
using CallCenterKit.Tests.Calls;
using CallCenterKit.Voice;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Hosting;

/// <summary>How a center opens its doors.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Who_calls_while_the_doors_open_comes_into_a_queue_that_knows_its_agents()
    {
        FakeCall? caller = null;
        var driver = new FakeTelephony { Opened = driver => caller = driver.Incoming("201", "500") };
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddQueue("support", queue => (queue.Music, queue.AnswerOnEntry) = (null, false))
            .Services.AddSingleton<ITelephony>(driver));

        await center.AdvanceAsync(1);

        Assert.True(PositionOf<ModelApplied>(center) < PositionOf<QueueEntered>(center));
        Assert.Equal("alice", Assert.Single(center.Events<OfferMade>()).Agent.Value);
        caller!.End(CallEndedBy.Party, HangUpCause.Normal);
        driver.End(new DialOutcome.Unreachable("The caller has gone."));
        await center.StopAsync();
        await center.AfterwardsAsync();
    }

    [Fact]
    public async Task A_driver_that_cannot_be_opened_ends_the_start_and_leaves_a_journal_that_is_closed()
    {
        await using var world = new World();
        var memory = new Memory();
        var driver = new FakeTelephony { Opened = _ => throw new InvalidOperationException("The port is taken.") };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestCenter.StartAsync(cc => cc.Services.AddSingleton<ITelephony>(driver), world, memory));

        Assert.Equal("The port is taken.", fault.Message);
        Assert.Equal([typeof(CenterStarted), typeof(ModelApplied), typeof(CenterStopped)], memory.Journal.Entries.Select(entry => entry.Event.GetType()));
        await world.AdvanceAsync(1); // hangs where something was begun and not ended
    }

    [Fact]
    public async Task Usual_waits_are_kept_after_an_hour_and_not_at_the_start()
    {
        await using var center = await TestCenter.StartAsync();
        await center.AliceAsync();
        Assert.Null(await center.Memory.Journal.LoadAsync(HourlyWaits.Name, default));

        await center.AdvanceAsync(3590);
        await center.CallAsync(new() { Target = "500", Talk = TimeSpan.FromSeconds(20) });

        Assert.NotNull(await center.Memory.Journal.LoadAsync(HourlyWaits.Name, default));
    }

    private static long PositionOf<T>(TestCenter center)
        where T : CenterEvent => center.Memory.Journal.Entries.First(entry => entry.Event is T).Position;
}

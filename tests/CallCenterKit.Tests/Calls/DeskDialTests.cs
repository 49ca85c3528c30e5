using CallCenterKit.Calls;
using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Calls;

/// <summary>Calls that are asked for at a desk: the agent's phone rings first.</summary>
public sealed class DeskDialTests
{
    private static readonly AgentId Alice = new("alice");
    private static readonly ActorId Desk = new("desk");

    [Fact]
    public async Task The_agent_answers_hears_it_ring_and_talks()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.Record = true);
        var alice = await world.Center.AliceAsync();
        await world.OutsideAsync(new() { RingTime = TimeSpan.FromSeconds(6), Talk = TimeSpan.FromSeconds(4), Voice = PhoneVoice.Tone(Sounds.Customer) });

        var result = await world.Center.RunAsync(() => world.Center.Center.DialAsync(Alice, "030123", Desk));
        var interaction = Assert.IsType<DialResult.Dialled>(result).Interaction;
        var call = Assert.Single(alice.Calls);
        await world.Center.AdvanceAsync(4);
        Assert.True(call.Heard.ToneLevel(425) > -40, "She hears that it rings.");
        Assert.Equal(AgentState.Talking, world.Center.StateOf("alice"));
        await world.Center.AdvanceAsync(5);
        Assert.True(call.Heard.ToneLevel(Sounds.Customer, TimeSpan.FromSeconds(1)) > -20);
        await world.Center.RunAsync(() => call.Ended);
        var record = await world.Center.SettleOneAsync();

        Assert.Equal((interaction, CallRecordEnding.Completed, Alice), (record.Interaction, record.Ending, record.Agent!.Value));
        Assert.Equal((CallDirection.Outbound, "agent:alice"), (record.Direction, record.Origin));
        Assert.Equal(Desk, Assert.Single(world.Center.Events<InteractionStarted>()).By);
        Assert.InRange(record.Recordings[0].Length!.Value.TotalSeconds, 3.9, 4.2);
        Assert.Equal(OutgoingWorld.Number, call.RemoteUser);
    }

    [Fact]
    public async Task A_number_that_is_busy_ends_the_agent_s_call()
    {
        await using var world = await OutgoingWorld.StartAsync();
        var alice = await world.Center.AliceAsync();
        await world.OutsideAsync(new() { RejectStatus = 486 });

        Assert.IsType<DialResult.Dialled>(await world.Center.RunAsync(() => world.Center.Center.DialAsync(Alice, "030123", Desk)));
        await world.Center.RunAsync(() => alice.Calls[0].Ended);
        var record = await world.Center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.NotReached, HangUpCause.Busy), (record.Ending, record.Cause!.Value));
    }

    [Fact]
    public async Task A_phone_that_is_not_answered_dials_nothing()
    {
        await using var world = await OutgoingWorld.StartAsync();
        await world.Center.AliceAsync(new() { NeverAnswers = true });

        var result = await world.Center.RunAsync(() => world.Center.Center.DialAsync(Alice, "030123", Desk));
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(new DialResult.PhoneNotAnswered(HangUpCause.NoAnswer), result);
        Assert.Equal(CallRecordEnding.Refused, record.Ending);
        Assert.Equal(AgentState.Available, world.Center.StateOf("alice"));
        Assert.Empty(world.Trunks.Dialled);
    }

    [Fact]
    public async Task Nothing_is_offered_while_the_phone_rings_for_it()
    {
        await using var world = await OutgoingWorld.StartAsync();
        await world.Center.AliceAsync(new() { NeverAnswers = true });
        var dialling = world.Center.Center.DialAsync(Alice, "030123", Desk);
        await world.Center.AdvanceAsync(1);

        var waiting = world.Center.Dial("500");
        await world.Center.AdvanceAsync(5);
        Assert.Empty(world.Center.Events<OfferMade>());
        await world.Center.RunAsync(waiting.HangUpAsync);
        await world.Center.RunAsync(() => dialling);
        await world.Center.SettleAsync();
    }

    [Fact]
    public async Task Whoever_asked_can_take_it_back_while_the_phone_rings()
    {
        await using var world = await OutgoingWorld.StartAsync();
        var alice = await world.Center.AliceAsync(new() { NeverAnswers = true });
        using var wanted = new CancellationTokenSource();
        var dialling = world.Center.Center.DialAsync(Alice, "030123", Desk, wanted.Token);
        await world.Center.AdvanceAsync(1);

        wanted.Cancel();
        await world.Center.AdvanceAsync(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialling);
        await world.Center.SettleOneAsync();

        Assert.Equal(ScriptedCallEnd.Cancelled, await alice.Calls[0].Ended);
    }

    [Fact]
    public async Task Nobody_is_rung_for_what_may_not_be_dialled()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.Callers.Add("agent:bob"));
        var alice = await world.Center.AliceAsync();

        Assert.Equal(new DialResult.Refused(HangUpCause.Forbidden), await world.Center.RunAsync(() => world.Center.Center.DialAsync(Alice, "030123", Desk)));
        Assert.Equal(new DialResult.Refused(HangUpCause.NotFound), await world.Center.RunAsync(() => world.Center.Center.DialAsync(Alice, "500", Desk)));
        Assert.Empty(alice.Calls);
        Assert.Empty(await world.Center.SettleAsync());
    }

    [Fact]
    public async Task An_agent_who_is_away_or_busy_is_not_rung()
    {
        await using var world = await OutgoingWorld.StartAsync();
        Assert.IsType<DialResult.AgentAway>(await world.Center.RunAsync(() => world.Center.Center.DialAsync(Alice, "030123", Desk)));
        Assert.IsType<DialResult.AgentAway>(await world.Center.RunAsync(() => world.Center.Center.DialAsync(new("zoe"), "030123", Desk)));
        var alice = await world.Center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(1), Talk = TimeSpan.FromSeconds(9) });
        world.Center.Dial("500");
        await world.Center.AdvanceAsync(5);

        Assert.IsType<DialResult.AgentBusy>(await world.Center.RunAsync(() => world.Center.Center.DialAsync(Alice, "030123", Desk)));
        await world.Center.AdvanceAsync(20);
        await world.Center.SettleOneAsync();

        Assert.Single(alice.Calls);
    }
}

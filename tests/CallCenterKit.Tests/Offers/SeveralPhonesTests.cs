using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Calls;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Offers;

/// <summary>An agent with a desk phone, a second phone and a mobile.</summary>
public sealed class SeveralPhonesTests
{
    private const string Mobile = "0170111";

    [Fact]
    public async Task All_ring_at_once_and_one_answer_wins()
    {
        await using var world = await WorldAsync(RingOrder.All);
        var desk = await world.Center.AliceAsync(new() { NeverAnswers = true });
        var second = await world.Center.World.AgentAsync("201", new() { RingTime = TimeSpan.FromSeconds(4), Talk = TimeSpan.FromSeconds(3) });

        await world.Center.CallAsync(new() { Target = "500" });
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(ScriptedCallEnd.Cancelled, await Assert.Single(desk.Calls).Ended);
        Assert.Contains("cause=200", CancelAt(world, "101"), StringComparison.Ordinal); // answered elsewhere, RFC 3326
        Assert.Single(second.Calls);
        Assert.Equal((new AgentId("alice"), "201"), (record.Agent!.Value, Assert.Single(record.Legs).Endpoint.Value));
        Assert.Equal(OfferEnd.Answered, Assert.Single(world.Center.Events<OfferEnded>()).End);
    }

    [Fact]
    public async Task One_that_is_busy_or_gone_does_not_keep_the_other_from_ringing()
    {
        await using var world = await WorldAsync(RingOrder.All);
        await world.Center.AliceAsync(new() { RejectStatus = 486 });
        await world.Center.World.AgentAsync("201", new() { RingTime = TimeSpan.FromSeconds(4), Talk = TimeSpan.FromSeconds(3) });

        await world.Center.CallAsync(new() { Target = "500" });

        Assert.Equal("201", Assert.Single((await world.Center.SettleOneAsync()).Legs).Endpoint.Value);
    }

    [Fact]
    public async Task Whoever_refuses_refuses_for_all()
    {
        await using var world = await WorldAsync(RingOrder.All);
        await world.Center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(2), RejectStatus = 603 });
        var second = await world.Center.World.AgentAsync("201", new() { NeverAnswers = true });
        var caller = world.Center.Dial("500");
        await world.Center.AdvanceAsync(4);

        Assert.Equal(OfferEnd.Rejected, Assert.Single(world.Center.Events<OfferEnded>()).End);
        Assert.Equal(ScriptedCallEnd.Cancelled, await Assert.Single(second.Calls).Ended);
        await world.Center.RunAsync(caller.HangUpAsync);
        await world.Center.SettleOneAsync();
    }

    [Fact]
    public async Task In_order_the_second_rings_when_the_first_had_its_share()
    {
        await using var world = await WorldAsync(RingOrder.InOrder);
        var desk = await world.Center.AliceAsync(new() { NeverAnswers = true });
        var second = await world.Center.World.AgentAsync("201", new() { RingTime = TimeSpan.FromSeconds(2), Talk = TimeSpan.FromSeconds(3) });
        world.Center.Dial("500");

        await world.Center.AdvanceAsync(9);
        Assert.Empty(second.Calls);
        await world.Center.AdvanceAsync(4);
        Assert.Equal(AgentState.Talking, world.Center.StateOf("alice"));
        Assert.Equal(ScriptedCallEnd.Cancelled, await Assert.Single(desk.Calls).Ended);
        await world.Center.AdvanceAsync(10);

        Assert.Equal("201", Assert.Single((await world.Center.SettleOneAsync()).Legs).Endpoint.Value);
    }

    [Fact]
    public async Task A_caller_who_leaves_ends_the_ringing_everywhere()
    {
        await using var world = await WorldAsync(RingOrder.All);
        var desk = await world.Center.AliceAsync(new() { NeverAnswers = true });
        var second = await world.Center.World.AgentAsync("201", new() { NeverAnswers = true });
        var caller = world.Center.Dial("500");
        await world.Center.AdvanceAsync(4);

        await world.Center.RunAsync(caller.HangUpAsync);
        await world.Center.AdvanceAsync(1);

        Assert.Equal(ScriptedCallEnd.Cancelled, await desk.Calls[0].Ended);
        Assert.Equal(ScriptedCallEnd.Cancelled, await second.Calls[0].Ended);
        Assert.Single(world.Center.Events<OfferSettled>());
        await world.Center.SettleOneAsync();
    }

    [Fact]
    public async Task A_mobile_is_dialled_outside_and_must_confirm()
    {
        await using var world = await WorldAsync(RingOrder.All, mobile: true);
        var mobile = world.Center.World.Customer(PhoneVoice.Tone(Sounds.Alice));
        world.Trunks.Lead("170111", mobile);
        var caller = world.Center.Dial("500");
        var call = await world.Center.RunAsync(async () =>
        {
            var rung = await mobile.NextCallAsync();
            await rung.AnswerAsync();
            return rung;
        });
        await world.Center.AdvanceAsync(2);
        Assert.Equal(AgentState.Ringing, world.Center.StateOf("alice"));

        await world.Center.PressAsync(call, "1");
        await world.Center.AdvanceAsync(3);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, TimeSpan.FromSeconds(1)) > -20);
        await world.Center.RunAsync(caller.HangUpAsync);
        var record = await world.Center.SettleOneAsync();

        Assert.Equal("alice/3", Assert.Single(record.Legs).Endpoint.Value);
    }

    [Fact]
    public async Task A_voicemail_on_the_mobile_does_not_take_the_call_from_the_desk()
    {
        await using var world = await WorldAsync(RingOrder.All, mobile: true);
        await world.OutsideAsync(new() { RingTime = TimeSpan.FromSeconds(1) }, "170111");
        await world.Center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(6), Talk = TimeSpan.FromSeconds(3) });

        await world.Center.CallAsync(new() { Target = "500" });

        Assert.Equal("101", Assert.Single((await world.Center.SettleOneAsync()).Legs).Endpoint.Value);
    }

    [Fact]
    public async Task An_agent_with_a_mobile_is_there_when_no_phone_is()
    {
        await using var world = await WorldAsync(RingOrder.All, mobile: true);
        await world.Center.AdvanceAsync(0.1);

        Assert.Equal(AgentState.Available, world.Center.StateOf("alice"));
        Assert.Equal(AgentState.Unreachable, world.Center.StateOf("bob"));
    }

    [Fact]
    public async Task A_phone_somebody_else_works_from_is_not_rung()
    {
        await using var world = await WorldAsync(RingOrder.All);
        var desk = await world.Center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(2), Talk = TimeSpan.FromSeconds(2) });
        var second = await world.Center.World.AgentAsync("201", new());
        world.Center.Center.LogIn(new AgentId("bob"), new("201"), new("boss"));
        world.Center.Center.Pause(new("bob"), "lunch", new("boss"));
        await world.Center.AdvanceAsync(0.1);

        await world.Center.CallAsync(new() { Target = "500" });
        await world.Center.SettleOneAsync();

        Assert.Single(desk.Calls);
        Assert.Empty(second.Calls);
    }

    private static Task<OutgoingWorld> WorldAsync(RingOrder order, bool mobile = false) => OutgoingWorld.StartAsync(options: options =>
    {
        var alice = options.Agents["alice"];
        (alice.Extension, alice.Ring) = (null, order);
        alice.Extensions.Add(new() { Extension = "101" });
        alice.Extensions.Add(new() { Extension = "201" });
        if (mobile)
            alice.Extensions.Add(new() { Number = Mobile });
        options.ConfirmPrompt = "confirm.wav";
    });

    /// <summary>The CANCEL a phone of ours was sent.</summary>
    private static string CancelAt(OutgoingWorld world, string number) => world.Center.World.Phones
        .Where(phone => phone.Options.User == number)
        .SelectMany(phone => phone.Trace)
        .First(line => line.StartLine.StartsWith("CANCEL", StringComparison.Ordinal)).Text;
}

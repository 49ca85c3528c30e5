using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Calls;

/// <summary>Customers who are passed on, consulted about and brought together, from INVITE to record.</summary>
public sealed class TransferTests
{
    private const double Colleague = 700;
    private const double Ringback = 425;
    private static readonly AgentId Alice = new("alice"), Bob = new("bob");
    private static readonly ActorId By = Actors.Of(Alice);
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_customer_passed_on_hears_ringing_and_then_the_colleague()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);
        await ColleagueAsync(center, new() { RingTime = TimeSpan.FromSeconds(6) });

        Assert.Equal(DeskOutcome.Asked, center.Center.Transfer(Matter(center), Alice, "201", By));
        await center.AdvanceAsync(5);
        Assert.True(caller.Heard.ToneLevel(Ringback, TimeSpan.FromSeconds(5)) > -30);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await alice.Calls[0].Ended);
        Assert.Equal(AgentState.WrappingUp, center.StateOf("alice"));
        await center.AdvanceAsync(5);
        Assert.True(caller.Heard.ToneLevel(Colleague, Lately) > -20);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        var transfer = Assert.Single(record.Transfers);
        Assert.Equal((TransferKind.Blind, Alice, "extension:201", TransferEnd.Completed, null), (transfer.Kind, transfer.By, transfer.To, transfer.End, transfer.Returned));
        Assert.Equal([new("101"), new EndpointId("201")], record.Legs.Select(leg => leg.Endpoint));
        Assert.InRange(record.Legs[0].Talk.TotalSeconds, 5.9, 6.1);
        Assert.InRange(record.Legs[1].Talk.TotalSeconds, 3.9, 4.1);
        Assert.Equal((CallRecordEnding.Completed, CallEndedBy.Party), (record.Ending, record.EndedBy));
    }

    [Theory]
    [InlineData(486, TransferEnd.Busy)]
    [InlineData(603, TransferEnd.Rejected)]
    public async Task A_customer_whom_the_colleague_refuses_rings_at_the_agent_again(int status, TransferEnd end)
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);
        await ColleagueAsync(center, new() { RejectStatus = status });

        center.Center.Transfer(Matter(center), Alice, "201", By);
        await center.AdvanceAsync(8);
        Assert.Equal(2, alice.Calls.Count);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Lately) > -20);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal((end, true), (record.Transfers[0].End!.Value, record.Transfers[0].Returned!.Value));
        Assert.Equal([Alice, Alice], record.Legs.Select(leg => leg.Agent!.Value));
    }

    [Fact]
    public async Task A_colleague_who_does_not_answer_within_30_s_is_given_up_and_so_is_the_agent()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);
        var colleague = await ColleagueAsync(center, new() { NeverAnswers = true });
        alice.Script = new() { NeverAnswers = true };

        center.Center.Transfer(Matter(center), Alice, "201", By);
        await center.AdvanceAsync(59);
        Assert.False(caller.Ended.IsCompleted);
        await center.AdvanceAsync(3);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await caller.Ended);
        var record = await center.SettleOneAsync();

        Assert.Equal((1, 1), (colleague.Counts.Missed, alice.Counts.Missed));
        Assert.Equal((TransferEnd.NoAnswer, false), (record.Transfers[0].End!.Value, record.Transfers[0].Returned!.Value));
    }

    [Fact]
    public async Task A_customer_who_hangs_up_while_the_colleague_rings_takes_the_ringing_along()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, _) = await TalkWithAliceAsync(center);
        var colleague = await ColleagueAsync(center, new() { NeverAnswers = true });

        center.Center.Transfer(Matter(center), Alice, "201", By);
        await center.AdvanceAsync(5);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal(ScriptedCallEnd.Cancelled, await Assert.Single(colleague.Calls).Ended);
        Assert.Equal(TransferEnd.Cancelled, record.Transfers[0].End);
    }

    [Fact]
    public async Task A_transfer_to_a_queue_keeps_the_time_the_customer_came()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("sales", "bob").MapQueue("501", "sales"));
        var (caller, _) = await TalkWithAliceAsync(center);
        await center.BobAsync(new() { RingTime = TimeSpan.FromSeconds(1) });

        Assert.Equal(DeskOutcome.Asked, center.Center.Transfer(Matter(center), Alice, "501", By));
        await center.AdvanceAsync(5);
        Assert.True(caller.Heard.ToneLevel(Sounds.Bob, Lately) > -20);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        var entered = center.Events<QueueEntered>();
        Assert.Equal(["support", "sales"], entered.Select(entry => entry.Queue.Value));
        Assert.InRange((entered[1].EnqueuedAt - entered[0].EnqueuedAt).TotalSeconds, 0, 0.1);
        Assert.Equal((Bob, new QueueId("sales")), (record.Agent!.Value, record.Queue!.Value));
        Assert.Equal(("queue:sales", TransferEnd.Completed), (record.Transfers[0].To, record.Transfers[0].End!.Value));
    }

    [Fact]
    public async Task What_leads_nowhere_and_who_is_not_there_is_told_at_the_desk()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, _) = await TalkWithAliceAsync(center);

        Assert.Equal(DeskOutcome.NoSuchNumber, center.Center.Transfer(Matter(center), Alice, "999", By));
        Assert.Equal(DeskOutcome.NoSuchNumber, center.Center.Consult(Matter(center), Alice, "500", By));
        Assert.Equal(DeskOutcome.NotInCall, center.Center.Transfer(Matter(center), Bob, "201", By));
        Assert.Equal(DeskOutcome.NotInCall, center.Center.Hold(new(Guid.Empty), Alice));
        await center.AdvanceAsync(1);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Lately) > -20);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task After_a_consultation_the_customer_has_the_second_agent_and_each_their_time()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);
        var bob = await center.BobAsync(new() { RingTime = TimeSpan.FromSeconds(2) });

        center.Center.Consult(Matter(center), Alice, "102", By);
        await center.AdvanceAsync(6);
        Assert.True(caller.Heard.ToneLevel(Sounds.Hold, Lately) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Lately) < -60);
        Assert.True(alice.Calls[0].Heard.ToneLevel(Sounds.Bob, Lately) > -20);
        Assert.True(bob.Calls[0].Heard.ToneLevel(Sounds.Alice, Lately) > -20);
        Assert.True(bob.Calls[0].Heard.ToneLevel(Sounds.Customer, Lately) < -60);

        center.Center.CompleteTransfer(Matter(center), Alice, By);
        await center.AdvanceAsync(10);
        Assert.True(caller.Heard.ToneLevel(Sounds.Bob, Lately) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Hold, Lately) < -60);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await alice.Calls[0].Ended);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal([Alice, Bob], record.Legs.Select(leg => leg.Agent!.Value));
        Assert.Equal(Bob, record.Agent);
        Assert.Equal((TransferKind.Attended, Alice, "extension:102", TransferEnd.Completed), (record.Transfers[0].Kind, record.Transfers[0].By!.Value, record.Transfers[0].To, record.Transfers[0].End!.Value));
        Assert.InRange(record.Legs[0].Talk.TotalSeconds, 5.9, 6.1);
        Assert.InRange(record.Legs[0].Consult.TotalSeconds, 5.9, 6.1);
        Assert.InRange(record.Legs[1].Consult.TotalSeconds, 3.9, 4.1);
        Assert.InRange(record.Legs[1].Talk.TotalSeconds, 9.9, 10.1);
        Assert.InRange(record.Talk.TotalSeconds, 15.9, 16.1);
        Assert.InRange(record.Hold.TotalSeconds, 5.9, 6.1);
    }

    [Fact]
    public async Task A_consultation_that_is_cancelled_brings_the_agent_back()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);
        var colleague = await ColleagueAsync(center, new());
        center.Center.Consult(Matter(center), Alice, "201", By);
        await center.AdvanceAsync(4);

        center.Center.CancelConsult(Matter(center), Alice);
        await center.AdvanceAsync(4);

        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Lately) > -20);
        Assert.True(alice.Calls[0].Heard.ToneLevel(Sounds.Customer, Lately) > -20);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await Assert.Single(colleague.Calls).Ended);
        await center.RunAsync(caller.HangUpAsync);
        Assert.Empty((await center.SettleOneAsync()).Transfers);
    }

    [Fact]
    public async Task An_agent_hears_ringing_while_consulting_and_is_back_when_the_colleague_is_busy()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);
        await ColleagueAsync(center, new() { RingTime = TimeSpan.FromSeconds(5), RejectStatus = 486 });

        center.Center.Consult(Matter(center), Alice, "201", By);
        await center.AdvanceAsync(4);
        Assert.True(alice.Calls[0].Heard.ToneLevel(Ringback, TimeSpan.FromSeconds(4)) > -30);
        await center.AdvanceAsync(4);

        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Lately) > -20);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task In_a_conference_each_hears_the_others_and_not_themselves()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);
        var colleague = await ColleagueAsync(center, new());
        center.Center.Consult(Matter(center), Alice, "201", By);
        await center.AdvanceAsync(4);

        center.Center.Conference(Matter(center), Alice);
        await center.AdvanceAsync(4);

        Hears(caller, [Sounds.Alice, Colleague], Sounds.Customer);
        Hears(alice.Calls[0], [Sounds.Customer, Colleague], Sounds.Alice);
        Hears(colleague.Calls[0], [Sounds.Customer, Sounds.Alice], Colleague);

        center.Center.HangUp(Matter(center), Alice);
        await center.AdvanceAsync(4);
        Hears(caller, [Colleague], Sounds.Alice);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        Assert.InRange(record.Legs[0].Talk.TotalSeconds, 9.9, 10.1);
        Assert.InRange(record.Legs[1].Talk.TotalSeconds, 7.9, 8.1);
    }

    [Fact]
    public async Task Four_talk_together_when_two_are_added()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);
        var colleague = await ColleagueAsync(center, new());
        var bob = await center.BobAsync(new());

        center.Center.AddParty(Matter(center), Alice, "201");
        center.Center.AddParty(Matter(center), Alice, "102");
        await center.AdvanceAsync(6);

        Hears(caller, [Sounds.Alice, Colleague, Sounds.Bob], Sounds.Customer);
        Hears(bob.Calls[0], [Sounds.Alice, Colleague, Sounds.Customer], Sounds.Bob);
        Hears(colleague.Calls[0], [Sounds.Alice, Sounds.Bob, Sounds.Customer], Colleague);
        Hears(alice.Calls[0], [Colleague, Sounds.Bob, Sounds.Customer], Sounds.Alice);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task Held_at_the_desk_the_customer_hears_music()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);

        center.Center.Hold(Matter(center), Alice);
        await center.AdvanceAsync(4);
        Hears(caller, [Sounds.Hold], Sounds.Alice);
        Assert.True(alice.Calls[0].Heard.ToneLevel(Sounds.Customer, Lately) < -60);

        center.Center.TakeBack(Matter(center), Alice);
        await center.AdvanceAsync(4);
        Hears(caller, [Sounds.Alice], Sounds.Hold);
        await center.RunAsync(caller.HangUpAsync);
        Assert.InRange((await center.SettleOneAsync()).Hold.TotalSeconds, 3.9, 4.1);
    }

    [Fact]
    public async Task A_second_call_from_the_phone_that_holds_consults_and_hanging_it_up_ends_that()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);
        var colleague = await ColleagueAsync(center, new());

        Assert.Equal(200, await center.RunAsync(alice.Calls[0].HoldAsync));
        var second = PhoneOf(center, "101").Dial("201");
        second.Say(PhoneVoice.Tone(Sounds.Alice));
        Assert.True(await center.RunAsync(() => second.Ringing));
        await center.AdvanceAsync(5);
        Hears(caller, [Sounds.Hold], Sounds.Alice);
        Hears(colleague.Calls[0], [Sounds.Alice], Sounds.Customer);
        Assert.Equal(1, center.Center.OpenInteractions);

        await center.RunAsync(second.HangUpAsync);
        Assert.Equal(200, await center.RunAsync(alice.Calls[0].ResumeAsync));
        await center.AdvanceAsync(4);
        Hears(caller, [Sounds.Alice], Sounds.Hold);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal([Alice, Alice, null], record.Legs.Select(leg => leg.Agent));
        Assert.Equal(TimeSpan.Zero, record.Legs[1].Talk);
        Assert.InRange(record.Legs[1].Consult.TotalSeconds, 5, 9);
        Assert.Equal(Alice, record.Agent);
    }

    [Fact]
    public async Task A_phone_that_refers_the_held_leg_to_the_second_has_passed_the_customer_on()
    {
        var (center, driver) = await TappedDriver.StartAsync();
        await using var started = center;
        var (caller, alice) = await TalkWithAliceAsync(center);
        await ColleagueAsync(center, new());
        await center.RunAsync(alice.Calls[0].HoldAsync);
        var second = PhoneOf(center, "101").Dial("201");
        await center.AdvanceAsync(5);
        var legs = driver.LegsOf("101");

        driver.Say(legs[0], new CallSignal.TransferAsked("201", legs[1].Id));
        await center.AdvanceAsync(4);

        Hears(caller, [Colleague], Sounds.Hold);
        Assert.Equal((ScriptedCallEnd.HungUpThere, ScriptedCallEnd.HungUpThere), (await alice.Calls[0].Ended, await second.Ended));
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        Assert.Equal((TransferKind.Attended, TransferEnd.Completed), (record.Transfers[0].Kind, record.Transfers[0].End!.Value));
    }

    [Fact]
    public async Task A_phone_that_refers_blindly_is_free_at_once()
    {
        var (center, driver) = await TappedDriver.StartAsync();
        await using var started = center;
        var (caller, alice) = await TalkWithAliceAsync(center);
        await ColleagueAsync(center, new());

        driver.Say(driver.LegsOf("101")[0], new CallSignal.TransferAsked("201", null));
        await center.AdvanceAsync(5);

        Hears(caller, [Colleague], Sounds.Alice);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await alice.Calls[0].Ended);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_customer_outside_passes_nobody_on()
    {
        var (center, driver) = await TappedDriver.StartAsync();
        await using var started = center;
        var (caller, _) = await TalkWithAliceAsync(center);
        var colleague = await ColleagueAsync(center, new());

        driver.Say(driver.CallerLeg, new CallSignal.TransferAsked("201", null));
        await center.AdvanceAsync(5);

        Assert.Empty(colleague.Calls);
        Hears(caller, [Sounds.Alice], Colleague);
        await center.RunAsync(caller.HangUpAsync);
        Assert.Empty((await center.SettleOneAsync()).Transfers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_calls_of_one_phone_become_one_whichever_leg_is_named_first(bool isReversed)
    {
        var (center, driver) = await TappedDriver.StartAsync(cc => cc.AddQueue("sales", "bob").MapQueue("501", "sales"));
        await using var started = center;
        var (caller, alice) = await TalkWithAliceAsync(center);
        var matter = Matter(center);
        await center.BobAsync(new() { RingTime = TimeSpan.FromSeconds(1) });
        await center.RunAsync(alice.Calls[0].HoldAsync);
        var second = PhoneOf(center, "101").Dial("501");
        await center.AdvanceAsync(5);
        Assert.Equal(2, center.Center.OpenInteractions);
        var legs = driver.LegsOf("101");

        driver.Say(legs[isReversed ? 1 : 0], new CallSignal.TransferAsked("501", legs[isReversed ? 0 : 1].Id));
        await center.AdvanceAsync(5);

        Hears(caller, [Sounds.Bob], Sounds.Hold);
        Assert.Equal(1, center.Center.OpenInteractions);
        Assert.Equal((ScriptedCallEnd.HungUpThere, ScriptedCallEnd.HungUpThere), (await alice.Calls[0].Ended, await second.Ended));
        await center.RunAsync(caller.HangUpAsync);
        var records = await center.SettleAsync();
        Assert.Equal(2, records.Count);
        Assert.Equal((matter, Bob, null), (records[0].Interaction, records[0].Agent!.Value, records[0].MergedInto));
        Assert.Equal(matter, records[1].MergedInto);
    }

    [Fact]
    public async Task A_phone_passes_on_a_call_that_it_made_itself()
    {
        var (center, driver) = await TappedDriver.StartAsync();
        await using var started = center;
        var colleague = await ColleagueAsync(center, new());
        var bob = await center.BobAsync(new());
        var call = center.World.Extension("101").Dial("201");
        await center.AdvanceAsync(5);

        driver.Say(driver.LegsOf("101")[0], new CallSignal.TransferAsked("102", null));
        await center.AdvanceAsync(5);

        Hears(colleague.Calls[0], [Sounds.Bob], Sounds.Alice);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await call.Ended);
        await center.RunAsync(bob.Calls[0].HangUpAsync);
        var record = await center.SettleOneAsync();
        Assert.Equal(CallRecordEnding.Completed, record.Ending);
    }

    [Fact]
    public async Task A_recording_goes_on_from_one_agent_to_the_next()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Record = true));
        var (caller, _) = await TalkWithAliceAsync(center);
        await ColleagueAsync(center, new());
        center.Center.Consult(Matter(center), Alice, "201", By);
        await center.AdvanceAsync(5);
        center.Center.CompleteTransfer(Matter(center), Alice, By);
        await center.AdvanceAsync(5);
        await center.RunAsync(caller.HangUpAsync);

        var recording = Assert.Single((await center.SettleOneAsync()).Recordings);
        Assert.InRange(recording.Length!.Value.TotalSeconds, 15.8, 16.3);
    }

    [Fact]
    public async Task A_customer_who_leaves_lets_the_two_finish_their_sentence()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await TalkWithAliceAsync(center);
        var colleague = await ColleagueAsync(center, new());
        center.Center.Consult(Matter(center), Alice, "201", By);
        await center.AdvanceAsync(4);

        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(4);
        Hears(alice.Calls[0], [Colleague], Sounds.Customer);
        await center.RunAsync(alice.Calls[0].HangUpAsync);
        await center.AdvanceAsync(1);

        Assert.Equal(ScriptedCallEnd.HungUpThere, await colleague.Calls[0].Ended);
        await center.SettleOneAsync();
    }

    /// <summary>A customer who has talked with Alice for 6 s.</summary>
    private static async Task<(ScriptedCall Caller, ScriptedAgent Alice)> TalkWithAliceAsync(TestCenter center)
    {
        var alice = await center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(2) });
        var caller = center.Dial("500");
        await center.AdvanceAsync(2);
        while (center.StateOf("alice") != AgentState.Talking)
            await center.AdvanceAsync(0.02);
        await center.AdvanceAsync(6);
        return (caller, alice);
    }

    private static Task<ScriptedAgent> ColleagueAsync(TestCenter center, AgentScript script) =>
        center.World.AgentAsync("201", script with { Voice = PhoneVoice.Tone(Colleague) });

    private static InteractionId Matter(TestCenter center) => center.Events<InteractionStarted>()[0].Interaction;

    private static ScriptedPhone PhoneOf(TestCenter center, string number) => center.World.Phones.First(phone => phone.Options.User == number);

    private static void Hears(ScriptedCall call, double[] heard, double not)
    {
        Assert.All(heard, tone => Assert.True(call.Heard.ToneLevel(tone, Lately) > -20, $"{tone} Hz at {call.Heard.ToneLevel(tone, Lately)} dB"));
        Assert.True(call.Heard.ToneLevel(not, Lately) < -45, $"{not} Hz at {call.Heard.ToneLevel(not, Lately)} dB");
    }
}

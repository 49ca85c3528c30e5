using CallCenterKit.Configuration;
using CallCenterKit.Conversations;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;
using static CallCenterKit.Tests.Calls.Talks;

namespace CallCenterKit.Tests.Calls;

/// <summary>What phones ask for themselves, by REFER and INVITE with Replaces on the wire.</summary>
public sealed class PhoneTransferTests
{
    private const string Trying = "SIP/2.0 100 Trying";

    [Fact]
    public async Task A_phone_that_refers_is_told_so_and_released()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.ColleagueAsync(new());

        Assert.Equal(202, await center.RunAsync(() => alice.Calls[0].ReferAsync("201")));
        await center.AdvanceAsync(6);

        Assert.Equal([Trying, "SIP/2.0 200 OK"], alice.Calls[0].TransferNews);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await alice.Calls[0].Ended);
        Assert.Equal(AgentState.WrappingUp, center.StateOf("alice"));
        Hears(caller, [Colleague], Sounds.Alice);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        Assert.Equal((TransferKind.Blind, Alice, "extension:201", TransferEnd.Completed), (record.Transfers[0].Kind, record.Transfers[0].By!.Value, record.Transfers[0].To, record.Transfers[0].End!.Value));
    }

    [Fact]
    public async Task A_phone_that_hangs_up_when_it_is_told_leaves_nothing_behind()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.ColleagueAsync(new());

        await center.RunAsync(async () =>
        {
            var asked = alice.Calls[0].ReferAsync("201");
            await alice.Calls[0].HangUpAsync();
            return await asked;
        });
        await center.AdvanceAsync(6);

        Hears(caller, [Colleague], Sounds.Alice);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Theory]
    [InlineData(486, TransferEnd.Busy)]
    [InlineData(603, TransferEnd.Rejected)]
    [InlineData(503, TransferEnd.Rejected)]
    public async Task A_customer_whom_nobody_takes_rings_at_the_phone_again(int status, TransferEnd end)
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.ColleagueAsync(new() { RejectStatus = status });

        await center.RunAsync(() => alice.Calls[0].ReferAsync("201"));
        await center.AdvanceAsync(8);

        Assert.Equal(2, alice.Calls.Count);
        Assert.Equal(AgentState.Talking, center.StateOf("alice"));
        Hears(caller, [Sounds.Alice], Ringback);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        Assert.Equal((end, true), (record.Transfers[0].End!.Value, record.Transfers[0].Returned!.Value));
    }

    [Theory]
    [InlineData("999", "SIP/2.0 404 Not Found")]
    [InlineData("101", "SIP/2.0 486 Busy Here")]
    [InlineData("030123", "SIP/2.0 603 Decline")]
    public async Task A_phone_is_told_why_it_may_not_transfer_and_talks_on(string number, string why)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options =>
        {
            options.DialPlan["0*"] = "outside:city";
            options.OutsideRules["city"] = new OutsideRuleOptions { Callers = { "agent:bob" } };
        }));
        var (caller, alice) = await center.TalkWithAliceAsync();

        Assert.Equal(202, await center.RunAsync(() => alice.Calls[0].ReferAsync(number)));
        await center.AdvanceAsync(3);

        Assert.Equal([Trying, why], alice.Calls[0].TransferNews);
        Hears(caller, [Sounds.Alice], Ringback);
        await center.RunAsync(caller.HangUpAsync);
        Assert.Empty((await center.SettleOneAsync()).Transfers);
    }

    [Fact]
    public async Task A_customer_outside_who_refers_is_told_that_it_is_not_for_them()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, _) = await center.TalkWithAliceAsync();
        var colleague = await center.ColleagueAsync(new());

        await center.RunAsync(() => caller.ReferAsync("201"));
        await center.AdvanceAsync(4);

        Assert.Equal([Trying, "SIP/2.0 603 Decline"], caller.TransferNews);
        Assert.Empty(colleague.Calls);
        Hears(caller, [Sounds.Alice], Colleague);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_customer_is_referred_to_a_queue_and_keeps_the_time()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("sales", "bob").MapQueue("501", "sales"));
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.BobAsync(new() { RingTime = TimeSpan.FromSeconds(1) });

        await center.RunAsync(() => alice.Calls[0].ReferAsync("501"));
        await center.AdvanceAsync(5);

        Hears(caller, [Sounds.Bob], Sounds.Music);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
        var entered = center.Events<QueueEntered>();
        Assert.Equal(entered[0].EnqueuedAt, entered[1].EnqueuedAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_attended_transfer_joins_the_two_whichever_leg_refers(bool isReversed)
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        var colleague = await center.ColleagueAsync(new());
        var first = alice.Calls[0];
        var second = await center.CallWhileHoldingAsync(first, "201");
        Hears(colleague.Calls[0], [Sounds.Alice], Sounds.Customer);

        var (by, other) = isReversed ? (second, first) : (first, second);
        Assert.Equal(202, await center.RunAsync(() => by.ReferAsync(other)));
        await center.AdvanceAsync(4);

        Assert.Equal([Trying, "SIP/2.0 200 OK"], by.TransferNews);
        Assert.Equal((ScriptedCallEnd.HungUpThere, ScriptedCallEnd.HungUpThere), (await first.Ended, await second.Ended));
        Hears(caller, [Colleague], Sounds.Hold);
        Hears(colleague.Calls[0], [Sounds.Customer], Sounds.Alice);
        Assert.Equal(AgentState.WrappingUp, center.StateOf("alice"));
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        Assert.Equal((TransferKind.Attended, TransferEnd.Completed), (record.Transfers[0].Kind, record.Transfers[0].End!.Value));
    }

    [Fact]
    public async Task An_attended_transfer_while_the_colleague_rings_lets_the_customer_hear_it_ring()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.ColleagueAsync(new() { RingTime = TimeSpan.FromSeconds(10) });
        var second = await center.CallWhileHoldingAsync(alice.Calls[0], "201");
        Assert.Equal(180, second.LastStatus);

        Assert.Equal(202, await center.RunAsync(() => alice.Calls[0].ReferAsync(second)));
        await center.AdvanceAsync(4);
        Assert.Equal([Trying, "SIP/2.0 200 OK"], alice.Calls[0].TransferNews);
        Assert.True(caller.Heard.ToneLevel(Ringback, TimeSpan.FromSeconds(4)) > -30);
        Assert.NotNull(second.EndedAt);
        await center.AdvanceAsync(5);

        Hears(caller, [Colleague], Sounds.Alice);
        await center.RunAsync(caller.HangUpAsync);
        Assert.Equal(TransferEnd.Completed, Assert.Single((await center.SettleOneAsync()).Transfers).End);
    }

    [Fact]
    public async Task Another_phone_of_ours_takes_the_place_of_the_agent_s()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        var bobs = center.World.Extension("102", PhoneVoice.Tone(Sounds.Bob));
        await center.RunAsync(() => bobs.RegisterAsync());

        var picked = bobs.Dial("101", $"Replaces: {alice.Calls[0].Replaces}", "Require: replaces");
        await center.AdvanceAsync(5);

        Assert.NotNull(picked.AnsweredAt);
        Hears(caller, [Sounds.Bob], Sounds.Alice);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await alice.Calls[0].Ended);
        Assert.Contains("Reason: SIP;cause=200", center.PhoneOf("101").Trace.Last(line => line.Text.StartsWith("BYE", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        Assert.Equal((AgentState.WrappingUp, AgentState.Talking), (center.StateOf("alice"), center.StateOf("bob")));
        Assert.Equal(CallCenterKit.Desks.DeskOutcome.Asked, center.Center.Hold(center.Matter(), Bob));
        await center.RunAsync(picked.HangUpAsync);
        await center.AdvanceAsync(1);
        Assert.NotNull(caller.EndedAt);
        var record = await center.SettleOneAsync();
        Assert.Equal((Bob, 2), (record.Agent!.Value, record.Legs.Count));
    }

    [Fact]
    public async Task A_stranger_to_the_house_takes_nobody_s_place()
    {
        await using var center = await TestCenter.StartAsync();
        center.Log.Expect(7021);
        var (caller, alice) = await center.TalkWithAliceAsync();

        var listener = center.World.Customer().Dial("101", $"Replaces: {alice.Calls[0].Replaces}");
        await center.AdvanceAsync(3);

        Assert.Equal(403, listener.LastStatus);
        Hears(caller, [Sounds.Alice], Ringback);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_second_call_that_is_refused_hears_why_and_the_customer_waits()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.ColleagueAsync(new() { RejectStatus = 486 });

        var second = await center.CallWhileHoldingAsync(alice.Calls[0], "201");

        Assert.Equal(486, second.LastStatus);
        Hears(caller, [Sounds.Hold], Sounds.Alice);
        Assert.Equal(200, await center.RunAsync(alice.Calls[0].ResumeAsync));
        await center.AdvanceAsync(3);
        Hears(caller, [Sounds.Alice], Sounds.Hold);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task An_agent_who_brings_all_together_from_two_legs_is_still_found_at_the_desk()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        var colleague = await center.ColleagueAsync(new());
        var second = await center.CallWhileHoldingAsync(alice.Calls[0], "201");

        center.Center.Conference(center.Matter(), Alice);
        await center.AdvanceAsync(4);
        Hears(caller, [Sounds.Alice, Colleague], Sounds.Hold);
        Hears(second, [Sounds.Customer, Colleague], Sounds.Alice);
        Hears(colleague.Calls[0], [Sounds.Alice, Sounds.Customer], Colleague);
        Assert.Equal(AgentState.Talking, center.StateOf("alice"));

        Assert.Equal(CallCenterKit.Desks.DeskOutcome.Asked, center.Center.HangUp(center.Matter(), Alice));
        await center.AdvanceAsync(3);
        Assert.NotNull(second.EndedAt);
        Hears(caller, [Colleague], Sounds.Alice);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task Whoever_the_customer_is_passed_on_to_does_the_after_call_work_of_their_queue()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.BobAsync();

        await center.RunAsync(() => alice.Calls[0].ReferAsync("102"));
        await center.AdvanceAsync(5);
        Assert.Equal(AgentState.Talking, center.StateOf("bob"));
        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(1);

        Assert.Equal(AgentState.WrappingUp, center.StateOf("bob"));
        var record = await center.SettleOneAsync();
        Assert.Equal(new QueueId("support"), Assert.Single(center.Events<AssignmentTaken>()).Queue);
        Assert.InRange(record.WrapUp.TotalSeconds, 19.9, 20.1);
    }

    [Fact]
    public async Task Whoever_was_only_consulted_has_none()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.BobAsync();

        var second = await center.CallWhileHoldingAsync(alice.Calls[0], "102");
        Assert.Equal(AgentState.Talking, center.StateOf("bob"));
        await center.RunAsync(second.HangUpAsync);
        await center.AdvanceAsync(1);

        Assert.Equal((AgentState.Talking, AgentState.Available), (center.StateOf("alice"), center.StateOf("bob")));
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task An_agent_who_goes_on_in_another_interaction_is_free_at_no_time()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("sales", "bob").MapQueue("501", "sales").AddQueue("sales", queue =>
        {
            queue.WrapUpMode = CallCenterKit.Model.WrapUpMode.Mandatory;
            queue.WrapUp = TimeSpan.FromSeconds(4);
        }));
        var (caller, alice) = await center.TalkWithAliceAsync();
        var bob = await center.BobAsync(new() { RingTime = TimeSpan.FromSeconds(1) });
        var second = await center.CallWhileHoldingAsync(alice.Calls[0], "501");
        var waiting = center.Dial("501");
        await center.AdvanceAsync(1);

        await center.RunAsync(() => alice.Calls[0].ReferAsync(second));
        await center.AdvanceAsync(10);

        Hears(caller, [Sounds.Bob], Sounds.Hold);
        Assert.Equal((1, AgentState.Talking), (bob.Calls.Count, center.StateOf("bob")));
        await center.RunAsync(waiting.HangUpAsync);
        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(1);
        Assert.Equal(AgentState.WrappingUp, center.StateOf("bob"));
        center.Center.FinishWrapUp(new("bob"), center.Matter(), "done", ByAlice);
        await center.SettleAsync();
    }

    [Fact]
    public async Task An_agent_who_takes_a_call_of_their_own_to_another_phone_is_busy_on()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddExtension("202", World.PasswordOf("202")).Configure(options =>
        {
            (options.Agents["alice"].Extension, options.Agents["alice"].Ring) = (null, CallCenterKit.Model.RingOrder.All);
            options.Agents["alice"].Extensions.Add(new() { Extension = "101" });
            options.Agents["alice"].Extensions.Add(new() { Extension = "202" });
        }));
        var colleague = await center.ColleagueAsync(new());
        var (desk, mobile) = (center.World.Extension("101"), center.World.Extension("202", PhoneVoice.Tone(Sounds.Alice)));
        await center.RunAsync(() => desk.RegisterAsync());
        await center.RunAsync(() => mobile.RegisterAsync());
        var first = desk.Dial("201");
        await center.AdvanceAsync(4);
        Assert.Equal(AgentState.Talking, center.StateOf("alice"));

        var second = mobile.Dial("201", $"Replaces: {first.Replaces}");
        await center.AdvanceAsync(4);

        Hears(colleague.Calls[0], [Sounds.Alice], Ringback);
        Assert.Equal((ScriptedCallEnd.HungUpThere, AgentState.Talking), (await first.Ended, center.StateOf("alice")));
        await center.RunAsync(second.HangUpAsync);
        await center.AdvanceAsync(1);
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_phone_that_holds_within_a_consultation_lets_the_colleague_hear_music()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        var colleague = await center.ColleagueAsync(new() { RingTime = TimeSpan.FromSeconds(1) });
        center.Center.Consult(center.Matter(), Alice, "201", ByAlice);
        await center.AdvanceAsync(3);

        Assert.Equal(200, await center.RunAsync(alice.Calls[0].HoldAsync));
        await center.AdvanceAsync(3);
        Hears(colleague.Calls[0], [Sounds.Hold], Sounds.Alice);
        Hears(caller, [Sounds.Hold], Sounds.Alice);

        Assert.Equal(200, await center.RunAsync(alice.Calls[0].ResumeAsync));
        await center.AdvanceAsync(3);
        Hears(colleague.Calls[0], [Sounds.Alice], Sounds.Hold);
        await center.RunAsync(caller.HangUpAsync);
        await center.RunAsync(colleague.Calls[0].HangUpAsync);
        await center.SettleOneAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task An_agent_who_hangs_up_the_only_leg_has_passed_the_customer_on(int ringTime)
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.ColleagueAsync(new() { RingTime = TimeSpan.FromSeconds(ringTime) });
        center.Center.Consult(center.Matter(), Alice, "201", ByAlice);
        await center.AdvanceAsync(3);

        await center.RunAsync(alice.Calls[0].HangUpAsync);
        await center.AdvanceAsync(9);

        Hears(caller, [Colleague], Sounds.Hold);
        await center.RunAsync(caller.HangUpAsync);
        Assert.Equal((TransferKind.Attended, TransferEnd.Completed), (await center.SettleOneAsync()).Transfers.Select(transfer => (transfer.Kind, transfer.End!.Value)).Single());
    }

    [Fact]
    public async Task An_agent_who_drops_the_held_leg_sends_the_customer_back_and_talks_on()
    {
        var outcome = new List<CallCenterKit.Queues.QueueOutcome>();
        await using var center = await TestCenter.StartAsync(cc => cc.MapFlow("500", async (call, ct) =>
        {
            outcome.Add(await call.QueueAsync("support", ct));
            await call.PlayAsync("menu.wav", ct);
            await call.PlayAsync("menu.wav", ct);
            await call.PlayAsync("menu.wav", ct);
        }));
        var (caller, alice) = await center.TalkWithAliceAsync();
        var colleague = await center.ColleagueAsync(new());
        var second = await center.CallWhileHoldingAsync(alice.Calls[0], "201");

        await center.RunAsync(alice.Calls[0].HangUpAsync);
        await center.AdvanceAsync(2.5);

        Hears(caller, [Sounds.Menu], Sounds.Hold);
        Hears(second, [Colleague], Sounds.Customer);
        Hears(colleague.Calls[0], [Sounds.Alice], Sounds.Customer);
        Assert.IsType<CallCenterKit.Queues.QueueOutcome.Answered>(Assert.Single(outcome));
        await center.AdvanceAsync(2);
        Assert.NotNull(caller.EndedAt);
        Assert.Null(second.EndedAt);
        await center.RunAsync(second.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_customer_who_leaves_a_conference_ends_it_for_all()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, alice) = await center.TalkWithAliceAsync();
        var colleague = await center.ColleagueAsync(new());
        center.Center.AddParty(center.Matter(), Alice, "201");
        await center.AdvanceAsync(4);

        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(1);

        Assert.Equal((ScriptedCallEnd.HungUpThere, ScriptedCallEnd.HungUpThere), (await alice.Calls[0].Ended, await colleague.Calls[0].Ended));
        await center.SettleOneAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recording_goes_on_at_the_next_queue_whatever_its_rule(bool isRecorded)
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddQueue("support", queue => queue.Record = true)
            .AddQueue("sales", "bob").AddQueue("sales", queue => queue.Record = isRecorded).MapQueue("501", "sales"));
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.BobAsync();

        await center.RunAsync(() => alice.Calls[0].ReferAsync("501"));
        await center.AdvanceAsync(8);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        var recording = Assert.Single(record.Recordings);
        Assert.InRange((record.EndedAt!.Value - recording.StartedAt - recording.Length!.Value).TotalSeconds, -0.1, 0.1);
    }

    [Fact]
    public async Task An_agent_to_whom_the_customer_returns_owes_no_disposition_before_the_end()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue =>
        {
            queue.WrapUpMode = CallCenterKit.Model.WrapUpMode.Mandatory;
            queue.WrapUp = TimeSpan.FromSeconds(10);
        }));
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.ColleagueAsync(new() { RejectStatus = 486 });

        await center.RunAsync(() => alice.Calls[0].ReferAsync("201"));
        await center.AdvanceAsync(30);
        Hears(caller, [Sounds.Alice], Ringback);
        Assert.Empty(center.Events<DispositionMissing>());
        await center.RunAsync(caller.HangUpAsync);
        await center.AdvanceAsync(1);
        Assert.Equal(AgentState.WrappingUp, center.StateOf("alice"));
        center.Center.FinishWrapUp(Alice, center.Matter(), "done", ByAlice);

        Assert.Equal("done", (await center.SettleOneAsync()).Disposition);
    }
}

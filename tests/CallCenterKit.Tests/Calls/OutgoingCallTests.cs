using CallCenterKit.Contacts;
using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Calls;

/// <summary>Calls our phones make to numbers outside.</summary>
public sealed class OutgoingCallTests
{
    private static readonly AgentId Alice = new("alice");

    [Fact]
    public async Task An_agent_dials_and_talks_with_whoever_answers()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.Trunks.Add("carrier"));
        await world.OutsideAsync(new() { RingTime = TimeSpan.FromSeconds(3), Talk = TimeSpan.FromSeconds(10), Voice = PhoneVoice.Tone(Sounds.Customer) });
        var call = (await world.PhoneAsync(voice: PhoneVoice.Tone(Sounds.Alice))).Dial("030123");

        Assert.True(await world.Center.RunAsync(() => call.Ringing));
        Assert.Equal(AgentState.Talking, world.Center.StateOf("alice"));
        Assert.Equal(CallDirection.Outbound, world.Center.Center.Board.Agents[0].Direction);
        await world.Center.AdvanceAsync(8);
        Assert.True(call.Heard.ToneLevel(Sounds.Customer, TimeSpan.FromSeconds(2)) > -20);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await world.Center.RunAsync(() => call.Ended));
        var record = await world.Center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Completed, CallDirection.Outbound, Alice), (record.Ending, record.Direction, record.Agent!.Value));
        Assert.Equal(("endpoint:101", OutgoingWorld.Number, "4930555", "outside:city"), (record.Origin, record.Number, record.Dialled, record.Flow));
        Assert.Equal((Alice, new EndpointId("101")), (record.Legs[0].Agent!.Value, record.Legs[0].Endpoint));
        Assert.InRange(record.Talk.TotalSeconds, 10, 10.1);
        var dialled = Assert.Single(world.Trunks.Dialled);
        Assert.Equal("carrier", Assert.Single(Assert.IsType<DialTarget.ToNumber>(dialled.Target).Trunks));
        Assert.Equal("4930555", dialled.Caller.Number);
        Assert.False(dialled.IsEmergency);
    }

    [Fact]
    public async Task The_number_stands_in_no_event_but_the_one_for_personal_values()
    {
        await using var world = await OutgoingWorld.StartAsync();
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(1) });
        (await world.PhoneAsync()).Dial("030123");
        await world.Center.AdvanceAsync(20);
        await world.Center.SettleOneAsync();

        Assert.All(
            world.Center.Memory.Journal.Entries.Where(entry => entry.Event is not PartyIdentified),
            entry => Assert.DoesNotContain(OutgoingWorld.Number, EventCatalog.Write(entry.Event), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_agent_is_offered_nothing_meanwhile()
    {
        await using var world = await OutgoingWorld.StartAsync();
        await world.OutsideAsync(new() { RingTime = TimeSpan.FromSeconds(5), Talk = TimeSpan.FromSeconds(10) });
        var call = (await world.PhoneAsync()).Dial("030123");
        await world.Center.AdvanceAsync(2);

        var waiting = world.Center.Dial("500");
        await world.Center.AdvanceAsync(5);
        Assert.Empty(world.Center.Events<OfferMade>());
        await world.Center.RunAsync(() => call.Ended);
        await world.Center.AdvanceAsync(0.5);
        Assert.Equal(Alice, Assert.Single(world.Center.Events<OfferMade>()).Agent);

        await world.Center.RunAsync(waiting.HangUpAsync);
        await world.Center.SettleAsync();
    }

    [Theory]
    [InlineData(486, 486, HangUpCause.Busy)]
    [InlineData(404, 404, HangUpCause.NotFound)]
    [InlineData(603, 603, HangUpCause.Rejected)]
    [InlineData(480, 480, HangUpCause.NoAnswer)]
    [InlineData(503, 503, HangUpCause.Congestion)]
    public async Task A_refusal_outside_is_handed_on_to_the_phone(int status, int seen, HangUpCause cause)
    {
        await using var world = await OutgoingWorld.StartAsync();
        await world.OutsideAsync(new() { RejectStatus = status });
        var phone = await world.PhoneAsync();

        var outcome = await world.Center.RunAsync(() => phone.CallAsync("030123"));
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(seen, Assert.IsType<ScriptedCallOutcome.Failed>(outcome).Status);
        Assert.Equal((CallRecordEnding.NotReached, cause, CallEndedBy.Party), (record.Ending, record.Cause!.Value, record.EndedBy!.Value));
        Assert.Equal(Alice, record.Agent);
    }

    [Fact]
    public async Task It_rings_as_long_as_the_rule_says()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.RingTime = TimeSpan.FromSeconds(15));
        await world.OutsideAsync(new() { NeverAnswers = true });
        var phone = await world.PhoneAsync();
        var begun = world.Center.Time.GetUtcNow();

        var outcome = await world.Center.RunAsync(() => phone.CallAsync("030123"));
        Assert.InRange((world.Center.Time.GetUtcNow() - begun).TotalSeconds, 15, 15.2);
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(480, Assert.IsType<ScriptedCallOutcome.Failed>(outcome).Status);
        Assert.Equal(HangUpCause.NoAnswer, record.Cause);
    }

    [Fact]
    public async Task Without_a_trunk_the_phone_is_told_that_it_cannot_be_done_now()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.Trunks.Add("carrier"));
        world.Trunks.Down.Add("carrier");
        var phone = await world.PhoneAsync();

        var outcome = await world.Center.RunAsync(() => phone.CallAsync("030123"));
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(503, Assert.IsType<ScriptedCallOutcome.Failed>(outcome).Status);
        Assert.Equal((CallRecordEnding.NotReached, CallEndedBy.Network), (record.Ending, record.EndedBy!.Value));
    }

    [Fact]
    public async Task An_agent_who_gives_up_takes_the_ringing_along()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.Queue = "support");
        var outside = await world.OutsideAsync(new() { NeverAnswers = true });
        var call = (await world.PhoneAsync()).Dial("030123");
        await world.Center.AdvanceAsync(5);

        await world.Center.RunAsync(call.HangUpAsync);
        await world.Center.AdvanceAsync(0.5);
        Assert.Equal(AgentState.Available, world.Center.StateOf("alice"));
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(ScriptedCallEnd.Cancelled, await Assert.Single(outside.Calls).Ended);
        Assert.Equal((CallRecordEnding.NotReached, HangUpCause.Cancelled, CallEndedBy.Center), (record.Ending, record.Cause!.Value, record.EndedBy!.Value));
    }

    [Fact]
    public async Task The_agent_can_hang_up_first()
    {
        await using var world = await OutgoingWorld.StartAsync();
        var outside = await world.OutsideAsync(new() { RingTime = TimeSpan.FromSeconds(1) });
        var call = (await world.PhoneAsync()).Dial("030123");
        await world.Center.AdvanceAsync(6);

        await world.Center.RunAsync(call.HangUpAsync);
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(ScriptedCallEnd.HungUpThere, await Assert.Single(outside.Calls).Ended);
        Assert.Equal((CallRecordEnding.Completed, CallEndedBy.Center), (record.Ending, record.EndedBy!.Value));
    }

    [Fact]
    public async Task It_is_recorded_from_the_answer_where_the_rule_says_so()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.Record = true);
        await world.OutsideAsync(new() { RingTime = TimeSpan.FromSeconds(7), Talk = TimeSpan.FromSeconds(5) });
        (await world.PhoneAsync()).Dial("030123");
        await world.Center.AdvanceAsync(20);
        var record = await world.Center.SettleOneAsync();

        Assert.InRange(Assert.Single(record.Recordings).Length!.Value.TotalSeconds, 4.9, 5.2);
    }

    [Fact]
    public async Task The_queue_of_the_rule_gives_after_call_work_and_disposition()
    {
        await using var world = await OutgoingWorld.StartAsync(
            rule => rule.Queue = "support",
            options => (options.Queues["support"].WrapUp, options.Queues["support"].WrapUpMode) = (TimeSpan.FromMinutes(1), Model.WrapUpMode.Optional));
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(5) });
        var call = (await world.PhoneAsync()).Dial("030123");
        await world.Center.RunAsync(() => call.Ended);
        await world.Center.AdvanceAsync(5);
        Assert.Equal(AgentState.WrappingUp, world.Center.StateOf("alice"));

        world.Center.Center.FinishWrapUp(Alice, world.Center.Center.Board.Agents[0].Interaction!.Value, "sold", Actors.Of(Alice));
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(("sold", new QueueId("support")), (record.Disposition, record.Queue!.Value));
        Assert.InRange(record.WrapUp.TotalSeconds, 4.9, 5.2);
    }

    [Fact]
    public async Task A_phone_nobody_works_from_dials_too()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.CallerId = null, options => options.Extensions["201"].CallerId = "4930201");
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(2) });
        (await world.PhoneAsync("201")).Dial("030123");
        await world.Center.AdvanceAsync(20);
        var record = await world.Center.SettleOneAsync();

        Assert.Equal((null, new EndpointId("201")), (record.Legs[0].Agent, record.Legs[0].Endpoint));
        Assert.Equal("4930201", world.Trunks.Dialled[0].Caller.Number);
        Assert.Empty(world.Center.Events<AssignmentTaken>());
    }

    [Fact]
    public async Task Who_is_called_is_known_if_they_called_before()
    {
        await using var world = await OutgoingWorld.StartAsync();
        var known = await world.Center.Memory.Contacts.GetOrAddAsync(OutgoingWorld.Number, "Ona", default);
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(2) });
        (await world.PhoneAsync()).Dial("030123");
        await world.Center.AdvanceAsync(20);
        var record = await world.Center.SettleOneAsync();

        Assert.Equal((known.Party, "Ona"), (record.Party, record.Name));
    }

    [Fact]
    public async Task Whom_the_rule_does_not_name_may_not_dial()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.Callers.Add("agent:bob"));
        world.Center.Log.Expect(7016);
        await world.OutsideAsync(new());
        var phone = await world.PhoneAsync();

        var outcome = await world.Center.RunAsync(() => phone.CallAsync("030123"));
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(403, Assert.IsType<ScriptedCallOutcome.Failed>(outcome).Status);
        Assert.Equal((CallRecordEnding.Refused, HangUpCause.Forbidden), (record.Ending, record.Cause!.Value));
        Assert.Empty(world.Trunks.Dialled);
        Assert.Equal(1, world.Center.Log.CountOf(7016));
    }

    [Fact]
    public async Task Whom_the_rule_names_may_dial_from_any_phone()
    {
        await using var world = await OutgoingWorld.StartAsync(rule => rule.Callers.Add("agent:bob"));
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(1) });
        var phone = await world.PhoneAsync("201");
        world.Center.Center.LogIn(new AgentId("bob"), new("201"), Actors.System);
        await world.Center.AdvanceAsync(0.1);

        Assert.IsType<ScriptedCallOutcome.Answered>(await world.Center.RunAsync(() => phone.CallAsync("030123")));
        await world.Center.AdvanceAsync(5);

        Assert.Equal(new AgentId("bob"), (await world.Center.SettleOneAsync()).Agent);
    }

    [Fact]
    public async Task A_caller_over_a_trunk_gets_no_further_than_in()
    {
        await using var world = await OutgoingWorld.StartAsync();
        world.Center.Log.Expect(7016);
        await world.OutsideAsync(new());

        var result = await world.Center.CallAsync(new() { Target = "030123" });
        var record = await world.Center.SettleOneAsync();

        Assert.Equal((403, CallRecordEnding.Refused, CallDirection.Inbound), (result.Status, record.Ending, record.Direction));
        Assert.Empty(world.Trunks.Dialled);
    }

    [Fact]
    public async Task A_stranger_gets_no_further_than_in_whatever_the_rule_says()
    {
        await using var world = await OutgoingWorld.StartAsync(
            rule =>
            {
                rule.Trunks.Add("other");
                rule.FromTrunks.Add("carrier");
            },
            options =>
            {
                options.Sip.TrustedPeers.Clear();
                options.Sip.AllowStrangers = true;
                options.EmergencyNumbers.Add("112");
            });
        world.Center.Log.Expect(7016);
        await world.OutsideAsync(new());
        await world.OutsideAsync(new(), "112");

        Assert.Equal(403, (await world.Center.CallAsync(new() { Target = "030123" })).Status);
        Assert.Equal(404, (await world.Center.CallAsync(new() { Target = "112" })).Status);
        await world.Center.SettleAsync();

        Assert.Empty(world.Trunks.Dialled);
    }

    [Fact]
    public async Task A_trunk_the_rule_names_is_let_through_to_the_others_only()
    {
        await using var world = await OutgoingWorld.StartAsync(rule =>
        {
            rule.Trunks.Add("carrier");
            rule.Trunks.Add("other");
            rule.FromTrunks.Add("carrier");
        });
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(2) });

        await world.Center.CallAsync(new() { Target = "030123" });
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(CallRecordEnding.Completed, record.Ending);
        Assert.Equal("other", Assert.Single(((DialTarget.ToNumber)Assert.Single(world.Trunks.Dialled).Target).Trunks));
        Assert.Equal("outside:city", record.Legs[0].Endpoint.Value);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_queue_that_overflows_to_a_number_outside_leads_there_only_who_may(bool letThrough, int dialled)
    {
        await using var world = await OutgoingWorld.StartAsync(
            rule =>
            {
                rule.Trunks.Add("other");
                if (letThrough)
                    rule.FromTrunks.Add("carrier");
            },
            options => (options.Queues["support"].MaxWait, options.Queues["support"].Overflow) = (TimeSpan.FromSeconds(30), "number:030123"));
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(2) });

        await world.Center.CallAsync(new() { Target = "500" });
        await world.Center.SettleOneAsync();

        Assert.Equal(dialled, world.Trunks.Dialled.Count);
    }

    [Fact]
    public async Task A_center_that_stops_ends_what_still_rings_outside()
    {
        await using var world = await OutgoingWorld.StartAsync();
        world.Center.Log.Expect(7301);
        var outside = await world.OutsideAsync(new() { NeverAnswers = true });
        var call = (await world.PhoneAsync()).Dial("030123");
        await world.Center.AdvanceAsync(2);
        Assert.Equal(1, world.Center.Center.OpenInteractions);

        await world.Center.StopAsync();
        var record = Assert.Single(await world.Center.AfterwardsAsync());

        Assert.Equal((CallRecordEnding.NotReached, HangUpCause.ShuttingDown), (record.Ending, record.Cause!.Value));
        Assert.Equal(ScriptedCallEnd.Cancelled, await Assert.Single(outside.Calls).Ended);
        Assert.NotEqual(200, call.LastStatus);
    }

    [Fact]
    public async Task A_crash_while_it_rings_leaves_an_interrupted_record()
    {
        await using var world = await OutgoingWorld.StartAsync();
        world.Center.Log.Expect(7301);
        await world.OutsideAsync(new() { NeverAnswers = true });
        (await world.PhoneAsync()).Dial("030123");
        await world.Center.AdvanceAsync(2);

        var left = await world.Center.KillAsync();
        await using var next = await TestCenter.StartAsync(memory: left);
        await next.AdvanceAsync(1);
        var record = Assert.Single(await next.AfterwardsAsync());

        Assert.Equal((CallRecordEnding.Interrupted, CallDirection.Outbound), (record.Ending, record.Direction));
        Assert.NotEqual(AgentState.Talking, next.StateOf("alice"));
    }
}

using CallCenterKit.Ivr;
using CallCenterKit.Media.Wav;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Calls;

/// <summary>Calls that go through a queue to an agent, from INVITE to record.</summary>
public sealed class QueueCallTests
{
    [Fact]
    public async Task A_caller_keys_1_waits_talks_and_hangs_up()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.MapFlow("600", IvrFlow.Create("welcome", flow => flow
            .Answer()
            .Menu("menu.wav", menu => menu.On('1', "support"))
            .HangUp()
            .Node("support", node => node.Queue("support").HangUp()))));
        await center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(3) });

        var result = await center.CallAsync(new()
        {
            Target = "600",
            Keys = [new(TimeSpan.FromSeconds(2), "1")],
            WaitForAgent = (call, ct) => call.Heard.WaitForToneAsync(Sounds.Alice, cancellationToken: ct),
            Talk = TimeSpan.FromSeconds(20),
        });
        var record = await center.SettleOneAsync();

        Assert.Equal(CallerEnding.HungUpByCaller, result.Ending);
        Assert.Equal(CallRecordEnding.Completed, record.Ending);
        Assert.Equal((CallEndedBy.Party, HangUpCause.Normal), (record.EndedBy, record.Cause));
        Assert.Equal(("welcome", new QueueId("support"), new AgentId("alice")), (record.Flow, record.Queue, record.Agent));
        Assert.Equal((QueueExit.Answered, 1), (record.QueueExit, record.Offers));
        Assert.InRange(record.Waited!.Value.TotalSeconds, 3, 3.1);
        Assert.InRange(record.Talk.TotalSeconds, 20, 20.5);
        Assert.Equal(TimeSpan.FromSeconds(10), record.WrapUp);
    }

    [Fact]
    public async Task An_agent_who_hangs_up_ends_the_call()
    {
        await using var center = await TestCenter.StartAsync();
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(15) });

        var result = await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.Equal(CallerEnding.HungUpByFarEnd, result.Ending);
        Assert.Equal((CallRecordEnding.Completed, CallEndedBy.Center, HangUpCause.Normal), (record.Ending, record.EndedBy, record.Cause));
        Assert.InRange(record.Talk.TotalSeconds, 15, 15.1);
        Assert.Equal(record.Legs[0].LeftAt - record.Legs[0].JoinedAt, record.Talk);
    }

    [Fact]
    public async Task The_two_hear_each_other_and_before_that_the_caller_hears_music()
    {
        await using var center = await TestCenter.StartAsync();
        var alice = await center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(4) });
        var caller = center.Dial("500");

        await center.AdvanceAsync(3);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music, TimeSpan.FromSeconds(2)) > -20);
        await center.AdvanceAsync(5);
        var (heard, byAlice) = (caller.Heard, Assert.Single(alice.Calls).Heard);
        Assert.True(heard.ToneLevel(Sounds.Alice, TimeSpan.FromSeconds(2)) > -20);
        Assert.True(heard.ToneLevel(Sounds.Music, TimeSpan.FromSeconds(2)) < -60);
        Assert.True(heard.ToneLevel(Sounds.Customer, TimeSpan.FromSeconds(2)) < -60);
        Assert.True(byAlice.ToneLevel(Sounds.Customer, TimeSpan.FromSeconds(2)) > -20);

        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_an_abandoned_one()
    {
        await using var center = await TestCenter.StartAsync();

        await center.CallAsync(new() { Target = "500", Talk = TimeSpan.FromSeconds(25) });
        var record = await center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Abandoned, CallEndedBy.Party), (record.Ending, record.EndedBy));
        Assert.Equal(QueueExit.Abandoned, record.QueueExit);
        Assert.InRange(record.Waited!.Value.TotalSeconds, 25, 25.1);
        Assert.Equal(0, record.Offers);
    }

    [Fact]
    public async Task An_agent_who_does_not_answer_is_passed_over_for_the_next()
    {
        await using var center = await TestCenter.StartAsync();
        var alice = await center.AliceAsync(new() { NeverAnswers = true });
        var bob = await center.BobAsync(new() { RingTime = TimeSpan.FromSeconds(1), Talk = TimeSpan.FromSeconds(5) });

        await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.Equal([OfferEnd.NoAnswer, OfferEnd.Answered], center.Events<OfferEnded>().Select(end => end.End));
        Assert.Equal((2, new AgentId("bob")), (record.Offers, record.Agent));
        Assert.Equal((1, 1), (alice.Counts.Missed, bob.Counts.Answered));
        Assert.InRange(record.Waited!.Value.TotalSeconds, 21, 21.1);
        Assert.Equal(ScriptedCallEnd.Cancelled, await Assert.Single(alice.Calls).Ended);
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
    }

    [Theory]
    [InlineData(486, OfferEnd.Busy)]
    [InlineData(603, OfferEnd.Rejected)]
    [InlineData(480, OfferEnd.Rejected)]
    public async Task An_agent_who_refuses_is_passed_over_at_once(int status, OfferEnd end)
    {
        await using var center = await TestCenter.StartAsync();
        await center.AliceAsync(new() { RejectStatus = status });
        await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(5) });

        await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.Equal([end, OfferEnd.Answered], center.Events<OfferEnded>().Select(ended => ended.End));
        Assert.Equal(new AgentId("bob"), record.Agent);
        Assert.InRange(record.Waited!.Value.TotalSeconds, 4, 4.1);
    }

    [Fact]
    public async Task An_agent_whose_phone_is_in_another_call_is_busy()
    {
        await using var center = await TestCenter.StartAsync();
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(30) });
        var bob = await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(5) });
        center.World.Extension("201").Dial("101");
        await center.AdvanceAsync(5);

        await center.CallAsync(new() { Target = "500" });
        var records = await center.SettleAsync();

        Assert.Equal(OfferEnd.Answered, Assert.Single(center.Events<OfferEnded>()).End);
        Assert.Equal(1, bob.Counts.Answered);
        Assert.Equal(2, records.Count);
    }

    [Fact]
    public async Task An_agent_whose_phone_says_that_it_is_busy_is_passed_over()
    {
        await using var center = await TestCenter.StartAsync();
        await center.AliceAsync(new() { RejectStatus = 486 }); // In a call the center knows nothing of.
        var bob = await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(5) });

        await center.CallAsync(new() { Target = "500" });
        await center.SettleOneAsync();

        Assert.Equal([OfferEnd.Busy, OfferEnd.Answered], center.Events<OfferEnded>().Select(ended => ended.End));
        Assert.Equal(1, bob.Counts.Answered);
    }

    [Fact]
    public async Task A_caller_who_leaves_while_the_agent_rings_takes_the_ringing_along()
    {
        await using var center = await TestCenter.StartAsync();
        var alice = await center.AliceAsync(new() { NeverAnswers = true });

        await center.CallAsync(new() { Target = "500", Talk = TimeSpan.FromSeconds(5) });
        await center.AdvanceAsync(0.1);
        var rung = Assert.Single(alice.Calls);
        Assert.Equal(ScriptedCallEnd.Cancelled, await rung.Ended);
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
        var record = await center.SettleOneAsync();

        Assert.Equal(OfferEnd.CallerLeft, Assert.Single(center.Events<OfferEnded>()).End);
        Assert.Equal((CallRecordEnding.Abandoned, 1), (record.Ending, record.Offers));
    }

    [Fact]
    public async Task An_answer_that_crosses_the_withdrawal_is_hung_up_and_the_next_agent_is_rung()
    {
        await using var world = new World(new() { MinDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(50) });
        await using var center = await TestCenter.StartAsync(world: world);
        var alice = await center.AliceAsync(new() { RingTime = TimeSpan.FromMilliseconds(19_970) }); // the CANCEL is under way by then
        await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(5) });

        await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        var crossed = Assert.Single(alice.Calls);
        Assert.NotNull(crossed.AnsweredAt);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await crossed.Ended);
        Assert.Equal(new AgentId("bob"), Assert.Single(record.Legs).Agent);
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
        Assert.Empty(center.Events<AgentUnreachable>());
    }

    [Fact]
    public async Task A_phone_that_failed_is_asked_for_again_and_rings_as_soon_as_it_can()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue =>
            (queue.RingTime, queue.Retry.Unreachable) = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10))));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });
        var phone = center.World.Phones.Single(one => one.Options.User == "101");
        phone.IgnoreEverything = true;
        center.Dial("500");
        await center.AdvanceAsync(35);
        Assert.Equal(AgentState.Unreachable, center.StateOf("alice"));

        phone.IgnoreEverything = false;
        var record = await center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Completed, new AgentId("alice")), (record.Ending, record.Agent));
        Assert.InRange(record.Waited!.Value.TotalSeconds, 44, 46);
    }

    [Fact]
    public async Task After_call_work_ends_to_the_microsecond()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue =>
        {
            queue.Members.Remove("bob");
            queue.WrapUp = TimeSpan.FromSeconds(7);
        }));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(5) });
        var first = center.CallAsync(new() { Target = "500" });
        await first;
        var second = center.Dial("500");

        await center.AdvanceAsync(30);
        var over = center.TimeOf<AssignmentOver>();
        Assert.Equal(over.AddSeconds(7), center.TimeOf<WrapUpEnded>());
        var offers = center.Memory.Journal.Entries.Where(entry => entry.Event is OfferMade).Select(entry => entry.At).ToList();
        Assert.Equal(over.AddSeconds(7), offers[1]);
        await center.RunAsync(second.HangUpAsync);
        var records = await center.SettleAsync();

        Assert.Equal(TimeSpan.FromSeconds(7), records[0].WrapUp);
    }

    [Fact]
    public async Task After_call_work_that_is_said_to_be_done_makes_the_agent_free()
    {
        await using var center = await TestCenter.StartAsync();
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(5) });
        await center.CallAsync(new() { Target = "500" });
        await center.AdvanceAsync(2);
        Assert.Equal(AgentState.WrappingUp, center.StateOf("alice"));

        var alice = new AgentId("alice");
        center.Center.FinishWrapUp(alice, center.Center.Board.Agents[0].Interaction!.Value, "sold", CallCenterKit.Hosting.Actors.Of(alice));
        await center.AdvanceAsync(0);

        Assert.Equal(AgentState.Available, center.StateOf("alice"));
        var record = await center.SettleOneAsync();
        Assert.Equal("sold", record.Disposition);
        Assert.InRange(record.WrapUp.TotalSeconds, 2, 2.1);
    }

    [Fact]
    public async Task A_caller_is_rung_until_the_agent_answers_where_the_queue_does_not()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.AnswerOnEntry = false));
        await center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(6), Talk = TimeSpan.FromSeconds(10) });

        var result = await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.InRange(result.Answered!.Value.TotalSeconds, 6, 6.1);
        Assert.NotNull(result.Call.RangAt);
        Assert.Equal(CallRecordEnding.Completed, record.Ending);
    }

    [Fact]
    public async Task The_agent_hold_button_plays_music_to_the_caller_and_takes_them_back()
    {
        await using var center = await TestCenter.StartAsync();
        var alice = await center.AliceAsync();
        var caller = center.Dial("500");
        await center.AdvanceAsync(5);
        var phone = Assert.Single(alice.Calls);

        Assert.Equal(200, await center.RunAsync(phone.HoldAsync));
        await center.AdvanceAsync(4);
        Assert.True(caller.Heard.ToneLevel(Sounds.Hold, TimeSpan.FromSeconds(3)) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, TimeSpan.FromSeconds(3)) < -60);
        Assert.Equal(200, await center.RunAsync(phone.ResumeAsync));
        await center.AdvanceAsync(4);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, TimeSpan.FromSeconds(3)) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Hold, TimeSpan.FromSeconds(3)) < -60);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.InRange(record.Hold.TotalSeconds, 4, 4.1);
        Assert.InRange(record.Talk.TotalSeconds, 7, 7.2);
    }

    [Fact]
    public async Task A_caller_who_holds_while_waiting_keeps_the_agent_on_hold_until_they_are_back()
    {
        await using var center = await TestCenter.StartAsync();
        var caller = center.Dial("500");
        await center.AdvanceAsync(2);
        Assert.Equal(200, await center.RunAsync(caller.HoldAsync));
        var alice = await center.AliceAsync();
        await center.AdvanceAsync(5);
        var phone = Assert.Single(alice.Calls);

        Assert.True(phone.Heard.ToneLevel(Sounds.Hold, TimeSpan.FromSeconds(1)) > -20);
        Assert.Equal(200, await center.RunAsync(caller.ResumeAsync));
        await center.AdvanceAsync(3);
        Assert.True(phone.Heard.ToneLevel(Sounds.Customer, TimeSpan.FromSeconds(2)) > -20);
        Assert.True(phone.Heard.ToneLevel(Sounds.Hold, TimeSpan.FromSeconds(2)) < -60);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, TimeSpan.FromSeconds(2)) > -20);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Fact]
    public async Task A_conversation_is_recorded_when_the_queue_says_so()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Record = true));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(8) });

        await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        var recording = Assert.Single(record.Recordings);
        Assert.Null(recording.Fault);
        Assert.InRange(recording.Length!.Value.TotalSeconds, 7.9, 8.2);
        var wav = WavReader.Load(Path.Combine(center.RecordingFolder, recording.File));
        Assert.Equal((2, 8000), (wav.Channels, wav.SampleRateHz));
        Assert.InRange(wav.Duration.TotalSeconds, 7.9, 8.2);
    }

    [Fact]
    public async Task A_recording_that_cannot_be_made_does_not_end_the_call()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Record = true));
        center.Log.Expect(2003, 7002);
        await File.WriteAllTextAsync(center.RecordingFolder, "in the way", TestContext.Current.CancellationToken);
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(8) });

        await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.NotNull(Assert.Single(record.Recordings).Fault);
        Assert.InRange(record.Talk.TotalSeconds, 8, 8.1);
    }
}

using CallCenterKit.Hosting;
using CallCenterKit.Ivr;
using CallCenterKit.Ivr.Input;
using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Queues;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Flows;

/// <summary>What flows and queues hand to each other.</summary>
public sealed class FlowTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_caller_who_waited_too_long_goes_on_to_the_flow_the_queue_names()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddFlow(CallFlow.Create("sorry", async (call, ct) => await call.PlayAsync("menu.wav", ct)))
            .AddQueue("support", Overflowing("flow:sorry")));

        var result = await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.True(result.Call.Heard.ToneLevel(Sounds.Menu, TimeSpan.FromMilliseconds(800)) > -20);
        Assert.InRange(result.Total.TotalSeconds, 31, 31.2);
        Assert.Equal((CallRecordEnding.Unserved, QueueExit.TimedOut), (record.Ending, record.QueueExit));
        Assert.Equal(TimeSpan.FromSeconds(30), record.Waited);
    }

    [Fact]
    public async Task A_caller_who_waited_too_long_is_hung_up_where_the_queue_says_so()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", Overflowing("hangup")));

        var result = await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.Equal(CallerEnding.HungUpByFarEnd, result.Ending);
        Assert.Equal((CallRecordEnding.Unserved, CallEndedBy.Center), (record.Ending, record.EndedBy));
    }

    [Fact]
    public async Task A_caller_who_overflows_to_another_queue_keeps_the_time_and_is_served_there()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddQueue("support", Overflowing("queue:sales"))
            .AddQueue("support", queue => queue.Members.Remove("bob"))
            .AddQueue("sales", "bob"));
        await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(5) });

        await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.Equal((new QueueId("sales"), new AgentId("bob")), (record.Queue, record.Agent));
        Assert.InRange(record.Waited!.Value.TotalSeconds, 32, 32.1);
        Assert.InRange(record.Talk.TotalSeconds, 5, 5.1);
    }

    [Fact]
    public async Task The_music_stops_also_when_the_wait_ends_in_another_queue()
    {
        QueueOutcome? outcome = null;
        await using var center = await TestCenter.StartAsync(cc => cc
            .MapFlow("600", async (call, ct) =>
            {
                outcome = await call.QueueAsync("support", ct);
                await call.CollectAsync(Prompt.Of(), new(1, 1) { Retries = 0 }, ct);
            })
            .AddQueue("support", Overflowing("queue:sales"))
            .AddQueue("sales", Overflowing("hangup"))
            .AddQueue("sales", queue => queue.MaxWait = TimeSpan.FromSeconds(40)));

        var caller = center.Dial("600");
        await center.AdvanceAsync(73);

        Assert.Equal(TimeSpan.FromSeconds(70), Assert.IsType<QueueOutcome.TimedOut>(outcome).Waited);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music, Second) < -60);
        await center.AdvanceAsync(10);
        await center.SettleOneAsync();
    }

    [Theory]
    [InlineData(true, CallerEnding.HungUpByFarEnd, 200)]
    [InlineData(false, CallerEnding.Refused, 486)]
    public async Task A_full_queue_is_busy(bool answers, CallerEnding ending, int status)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => (queue.MaxLength, queue.AnswerOnEntry) = (1, answers)));
        var first = center.Dial("500");
        await center.AdvanceAsync(1);

        var result = await center.CallAsync(new() { Target = "500" });
        await center.RunAsync(first.HangUpAsync);
        var records = await center.SettleAsync();

        Assert.Equal((ending, status), (result.Ending, result.Status));
        Assert.Equal([CallRecordEnding.Abandoned, CallRecordEnding.Unserved], records.Select(record => record.Ending));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_flow_that_throws_ends_its_call_and_no_other(bool answers)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.MapFlow("600", async (call, ct) =>
        {
            if (answers)
                await call.AnswerAsync(ct);
            throw new InvalidOperationException("The flow is broken.");
        }));
        center.Log.Expect(4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009);
        await center.AliceAsync();
        var other = center.Dial("500");
        await center.AdvanceAsync(5);

        var result = await center.CallAsync(new() { Target = "600" });
        await center.AdvanceAsync(1);
        Assert.Equal(AgentState.Talking, center.StateOf("alice"));
        await center.RunAsync(other.HangUpAsync);
        var records = await center.SettleAsync();

        Assert.Equal(answers ? 200 : 500, result.Status);
        Assert.Equal((CallRecordEnding.EndedInFlow, HangUpCause.Failed), (records[1].Ending, records[1].Cause));
    }

    [Fact]
    public async Task After_the_agent_has_left_the_flow_goes_on()
    {
        QueueOutcome? outcome = null;
        await using var center = await TestCenter.StartAsync(cc => cc.MapFlow("600", async (call, ct) =>
        {
            outcome = await call.QueueAsync("support", ct);
            await call.PlayAsync("menu.wav", ct);
        }));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(5) });

        var result = await center.CallAsync(new() { Target = "600" });
        var record = await center.SettleOneAsync();

        Assert.Equal(new AgentId("alice"), Assert.IsType<QueueOutcome.Answered>(outcome).Agent);
        Assert.True(result.Call.Heard.ToneLevel(Sounds.Menu, TimeSpan.FromMilliseconds(800)) > -20);
        Assert.InRange((record.EndedAt - record.Legs[0].LeftAt)!.Value.TotalSeconds, 1, 1.1);
        Assert.Equal(CallRecordEnding.Completed, record.Ending);
    }

    [Fact]
    public async Task What_is_keyed_during_the_conversation_answers_no_later_question()
    {
        DigitsResult? answer = null;
        await using var center = await TestCenter.StartAsync(cc => cc.MapFlow("600", async (call, ct) =>
        {
            await call.QueueAsync("support", ct);
            answer = await call.CollectAsync("menu.wav", new(1, 1) { Retries = 0 }, ct);
        }));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(5) });
        var caller = center.Dial("600");
        await center.AdvanceAsync(4);

        await center.RunAsync(async () =>
        {
            await caller.SendDigitsAsync("7");
            return true;
        });
        await center.AdvanceAsync(20);
        await center.SettleOneAsync();

        Assert.IsType<DigitsResult.NoInput>(answer);
    }

    [Fact]
    public async Task A_flow_may_end_the_wait_by_its_own_token_and_queue_elsewhere()
    {
        QueueOutcome? outcome = null;
        await using var world = new World();
        await using var center = await TestCenter.StartAsync(world: world, configure: cc => cc
            .AddQueue("support", queue => queue.Members.Remove("bob"))
            .AddQueue("sales", "bob")
            .MapFlow("600", async (call, ct) =>
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(8), world.Time);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call.QueueAsync("support", patience.Token));
                outcome = await call.QueueAsync("sales", ct);
            }));
        await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(5) });

        await center.CallAsync(new() { Target = "600" });
        var record = await center.SettleOneAsync();

        Assert.Equal(new AgentId("bob"), Assert.IsType<QueueOutcome.Answered>(outcome).Agent);
        Assert.Equal([QueueExit.Withdrawn, QueueExit.Answered], center.Events<QueueLeft>().Select(left => left.Exit));
        Assert.InRange(record.Talk.TotalSeconds, 5, 5.1);
    }

    [Fact]
    public async Task Two_conversations_of_one_interaction_are_on_one_recording()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .MapFlow("600", async (call, ct) =>
            {
                await call.QueueAsync("support", ct);
                await call.QueueAsync("sales", ct);
            })
            .AddQueue("support", queue => (_, queue.Record) = (queue.Members.Remove("bob"), true))
            .AddQueue("sales", "bob").AddQueue("sales", queue => queue.Record = true));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(5) });
        await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(3) });

        await center.CallAsync(new() { Target = "600" });
        var record = await center.SettleOneAsync();

        var recording = Assert.Single(record.Recordings);
        Assert.InRange(recording.Length!.Value, record.Talk + Second, record.EndedAt!.Value - recording.StartedAt + TimeSpan.FromMilliseconds(20));
        Assert.True(File.Exists(Path.Combine(center.RecordingFolder, recording.File)));
    }

    private static Action<CallCenterKit.Configuration.QueueOptions> Overflowing(string where) => queue =>
        (queue.MaxWait, queue.Overflow) = (TimeSpan.FromSeconds(30), where);
}

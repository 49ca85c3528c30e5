using CallCenterKit.Configuration;
using CallCenterKit.Ivr;
using CallCenterKit.Model;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Flows;

/// <summary>Where callers go that a queue cannot keep.</summary>
public sealed class OverflowTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_is_played_and_the_call_ended(bool answersOnEntry)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue =>
        {
            TooLong(queue, "message:menu.wav");
            queue.AnswerOnEntry = answersOnEntry;
        }));

        var result = await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.Equal(CallerEnding.HungUpByFarEnd, result.Ending);
        Assert.True(result.Call.Heard.ToneLevel(Sounds.Menu, Moment) > -20);
        Assert.InRange(result.Total.TotalSeconds, 31, 31.2);
        Assert.Equal(CallRecordEnding.Unserved, record.Ending);
    }

    [Fact]
    public async Task A_number_that_is_an_extension_rings_there()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => TooLong(queue, "number:201")));
        var porter = await center.World.AgentAsync("201", new() { Talk = TimeSpan.FromSeconds(4) });

        await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.Equal(1, porter.Counts.Answered);
        Assert.Equal((CallRecordEnding.Completed, new EndpointId("201")), (record.Ending, record.Legs[0].Endpoint));
        Assert.InRange(record.Talk.TotalSeconds, 4, 4.1);
    }

    [Fact]
    public async Task A_number_that_leads_to_a_queue_goes_there()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddQueue("support", queue =>
            {
                TooLong(queue, "number:502");
                queue.Members.Remove("bob");
            })
            .AddQueue("sales", "bob").MapQueue("502", "sales"));
        await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(3) });

        await center.CallAsync(new() { Target = "500" });

        Assert.Equal(new AgentId("bob"), (await center.SettleOneAsync()).Agent);
    }

    [Fact]
    public async Task A_mailbox_is_the_flow_of_its_name()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddFlow(CallFlow.Create("voicemail:support", async (call, ct) => await call.PlayAsync("menu.wav", ct)))
            .AddQueue("support", queue => TooLong(queue, "voicemail:support")));

        var result = await center.CallAsync(new() { Target = "500" });
        await center.SettleOneAsync();

        Assert.True(result.Call.Heard.ToneLevel(Sounds.Menu, Moment) > -20);
    }

    [Fact]
    public async Task A_caller_who_waited_too_long_may_be_called_back()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddQueue("support", queue => TooLong(queue, "callback"))
            .Configure(options => options.DialPlan["49305*"] = "extension:201"));
        var customer = await center.World.AgentAsync("201", new() { Talk = TimeSpan.FromSeconds(4) });

        var result = await center.CallAsync(new() { Target = "500" });
        Assert.True(result.Call.Heard.ToneLevel(Sounds.Phrase, Moment) > -20);
        await center.AliceAsync();
        var record = await center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Completed, 1), (record.Ending, customer.Counts.Answered));
    }

    [Fact]
    public async Task A_second_call_adds_no_second_callback_and_the_caller_is_told_so()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddQueue("support", queue => TooLong(queue, "callback"))
            .Configure(options => options.DialPlan["49305*"] = "extension:201"));
        File.Delete(Path.Combine(center.PromptFolder, "en/queue/callback-already-booked.wav"));
        await center.World.AgentAsync("201", new() { Talk = TimeSpan.FromSeconds(4) });
        var phone = center.World.Customer();
        var (first, second) = (phone.Dial("500"), phone.Dial("500"));
        await center.RunAsync(() => first.Ended);
        await center.RunAsync(() => second.Ended);
        Assert.Single(center.Center.Board.Waiting);

        await center.AliceAsync();
        var records = await center.SettleAsync();

        Assert.Equal([CallRecordEnding.Completed, CallRecordEnding.Callback], records.Select(record => record.Ending).Order());
        Assert.Equal(1, new[] { first, second }.Count(call => call.Heard.ToneLevel(Sounds.Phrase, Moment) > -20));
    }

    [Fact]
    public async Task A_queue_where_nobody_is_at_work_says_so()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue =>
            (queue.JoinWhile, queue.EmptyOverflow) = (AgentPresences.Working, "message:menu.wav")));

        var result = await center.CallAsync(new() { Target = "500" });
        var record = await center.SettleOneAsync();

        Assert.True(result.Call.Heard.ToneLevel(Sounds.Menu, Moment) > -20);
        Assert.Equal((CallRecordEnding.Unserved, QueueExit.Emptied), (record.Ending, record.QueueExit));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_queue_that_is_closed_says_so(bool byFlow)
    {
        // Virtual time begins on Monday, 9 o'clock.
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddQueue("support", queue =>
            {
                queue.Hours.Add("Tue-Fri 08:00-17:00");
                queue.ClosedOverflow = byFlow ? "hangup" : "message:menu.wav";
            })
            .MapFlow("600", IvrFlow.Create("main", flow => flow
                .Answer()
                .Queue("support", queue => queue.OnClosed("closed"))
                .HangUp()
                .Node("closed", node => node.Play("menu.wav").HangUp()))));

        var result = await center.CallAsync(new() { Target = byFlow ? "600" : "500" });
        var record = await center.SettleOneAsync();

        Assert.True(result.Call.Heard.ToneLevel(Sounds.Menu, Moment) > -20);
        Assert.Equal((CallRecordEnding.Unserved, QueueExit.OutOfHours), (record.Ending, record.QueueExit));
    }

    private static void TooLong(QueueOptions queue, string overflow) => (queue.MaxWait, queue.Overflow) = (TimeSpan.FromSeconds(30), overflow);
}

using CallCenterKit.Records;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Calls;

/// <summary>Calls from one of our phones to another, without a queue.</summary>
public sealed class ExtensionCallTests
{
    [Fact]
    public async Task An_extension_that_answers_talks_until_one_hangs_up()
    {
        await using var center = await TestCenter.StartAsync();
        await center.World.AgentAsync("201", new() { RingTime = TimeSpan.FromSeconds(3), Talk = TimeSpan.FromSeconds(10), Voice = PhoneVoice.Tone(700) });
        var caller = center.World.Extension("101");

        var call = caller.Dial("201");
        Assert.True(await center.RunAsync(() => call.Ringing));
        await center.AdvanceAsync(8);
        Assert.True(call.Heard.ToneLevel(700, TimeSpan.FromSeconds(2)) > -20);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await center.RunAsync(() => call.Ended));
        var record = await center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Completed, "endpoint:101", "201"), (record.Ending, record.Origin, record.Dialled));
        Assert.Equal(new EndpointId("201"), Assert.Single(record.Legs).Endpoint);
        Assert.InRange(record.Talk.TotalSeconds, 10, 10.1);
        Assert.Null(record.Queue);
    }

    [Fact]
    public async Task The_caller_can_hang_up_first()
    {
        await using var center = await TestCenter.StartAsync();
        await center.World.AgentAsync("201", new());
        var call = center.World.Extension("101").Dial("201");
        await center.AdvanceAsync(8);

        await center.RunAsync(call.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Completed, CallEndedBy.Party), (record.Ending, record.EndedBy));
        Assert.InRange(record.Talk.TotalSeconds, 6, 6.1);
    }

    [Theory]
    [InlineData(486, 486)]
    [InlineData(603, 603)]
    [InlineData(480, 603)]
    public async Task A_refusal_is_handed_on(int status, int seen)
    {
        await using var center = await TestCenter.StartAsync();
        await center.World.AgentAsync("201", new() { RejectStatus = status });
        var caller = center.World.Extension("101");

        var outcome = await center.RunAsync(() => caller.CallAsync("201"));
        var record = await center.SettleOneAsync();

        Assert.Equal(seen, Assert.IsType<ScriptedCallOutcome.Failed>(outcome).Status);
        Assert.Equal(CallRecordEnding.EndedInFlow, record.Ending);
        Assert.Null(record.AnsweredAt);
    }

    [Fact]
    public async Task Nobody_answering_is_told_once_the_longest_ring_time_is_over()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => options.Sip.MaxRingTime = TimeSpan.FromSeconds(30)));
        var phone = await center.World.AgentAsync("201", new() { NeverAnswers = true });
        var caller = center.World.Extension("101");
        var dialled = center.Time.GetUtcNow();

        var outcome = await center.RunAsync(() => caller.CallAsync("201"));
        Assert.InRange((center.Time.GetUtcNow() - dialled).TotalSeconds, 30, 30.1);
        await center.SettleOneAsync();

        Assert.Equal(480, Assert.IsType<ScriptedCallOutcome.Failed>(outcome).Status);
        Assert.Equal(1, phone.Counts.Missed);
    }

    [Fact]
    public async Task A_phone_that_is_not_there_is_unavailable()
    {
        await using var center = await TestCenter.StartAsync();
        var caller = center.World.Extension("101");

        var outcome = await center.RunAsync(() => caller.CallAsync("201"));
        await center.SettleOneAsync();

        Assert.Equal(480, Assert.IsType<ScriptedCallOutcome.Failed>(outcome).Status);
    }

    [Fact]
    public async Task A_caller_who_gives_up_takes_the_ringing_along()
    {
        await using var center = await TestCenter.StartAsync();
        var phone = await center.World.AgentAsync("201", new() { NeverAnswers = true });
        var call = center.World.Extension("101").Dial("201");
        await center.AdvanceAsync(5);

        await center.RunAsync(call.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal(ScriptedCallEnd.Cancelled, await Assert.Single(phone.Calls).Ended);
        Assert.Equal((CallRecordEnding.EndedInFlow, CallEndedBy.Party), (record.Ending, record.EndedBy));
    }

    [Fact]
    public async Task A_call_that_shall_be_recorded_is()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => options.Extensions["201"].Record = true));
        await center.World.AgentAsync("201", new() { Talk = TimeSpan.FromSeconds(5) });

        center.World.Extension("101").Dial("201");
        await center.AdvanceAsync(20);
        var record = await center.SettleOneAsync();

        Assert.InRange(Assert.Single(record.Recordings).Length!.Value.TotalSeconds, 4.9, 5.2);
    }

    [Fact]
    public async Task A_number_that_leads_nowhere_does_not_exist()
    {
        await using var center = await TestCenter.StartAsync();

        var result = await center.CallAsync(new() { Target = "999" });
        var record = await center.SettleOneAsync();

        Assert.Equal(404, result.Status);
        Assert.Equal((CallRecordEnding.Refused, HangUpCause.NotFound), (record.Ending, record.Cause));
    }
}

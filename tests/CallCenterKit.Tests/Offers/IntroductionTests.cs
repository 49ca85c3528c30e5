using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Offers;

/// <summary>What agent and caller hear before they are joined.</summary>
public sealed class IntroductionTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.3);

    [Fact]
    public async Task The_agent_hears_where_the_call_is_from_while_the_caller_hears_music()
    {
        await using var center = await TestCenter.StartAsync(Whispering);
        var alice = await center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(3) });
        var caller = center.Dial("500");

        await center.AdvanceAsync(3.5);
        Assert.True(Assert.Single(alice.Calls).Heard.ToneLevel(Sounds.Phrase, Moment) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music, Moment) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Phrase, Moment) < -60);
        await center.AdvanceAsync(5);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Moment) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Music, Moment) < -60);
        Assert.True(alice.Calls[0].Heard.ToneLevel(Sounds.Customer, Moment) > -20);

        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();
        Assert.InRange(record.Waited!.Value.TotalSeconds, 3, 3.1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_hear_the_agents_greeting(bool answersOnEntry)
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddQueue("support", queue => queue.AnswerOnEntry = answersOnEntry)
            .Configure(options => options.Agents["alice"].Greeting = "hello.wav"));
        var alice = await center.AliceAsync();
        var caller = center.Dial("500");

        await center.AdvanceAsync(2.6);
        Assert.True(caller.Heard.ToneLevel(Sounds.Greeting, Moment) > -20);
        Assert.True(alice.Calls[0].Heard.ToneLevel(Sounds.Greeting, Moment) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Moment) < -60);
        await center.AdvanceAsync(2);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Moment) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Greeting, Moment) < -60);

        await center.RunAsync(caller.HangUpAsync);
        Assert.Equal(CallRecordEnding.Completed, (await center.SettleOneAsync()).Ending);
    }

    [Theory]
    [InlineData(2.3)] // what the agent is told
    [InlineData(5)] // what both are told
    public async Task A_caller_who_leaves_meanwhile_ends_it(double seconds)
    {
        await using var center = await TestCenter.StartAsync(cc => Whispering(cc.Configure(options => options.Agents["alice"].Greeting = "hello.wav")));
        await center.AliceAsync();
        var caller = center.Dial("500");
        await center.AdvanceAsync(seconds);
        Assert.Equal(AgentState.Talking, center.StateOf("alice"));

        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal((CallRecordEnding.Abandoned, QueueExit.Answered), (record.Ending, record.QueueExit));
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
    }

    [Fact]
    public async Task An_agent_who_holds_before_the_caller_is_there_holds_the_caller_until_back()
    {
        await using var center = await TestCenter.StartAsync(Whispering);
        var alice = await center.AliceAsync();
        var caller = center.Dial("500");
        await center.AdvanceAsync(2.3);
        var phone = Assert.Single(alice.Calls);

        Assert.Equal(200, await center.RunAsync(phone.HoldAsync));
        await center.AdvanceAsync(6);
        Assert.True(caller.Heard.ToneLevel(Sounds.Hold, Moment) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Moment) < -60);
        Assert.Equal(200, await center.RunAsync(phone.ResumeAsync));
        await center.AdvanceAsync(1);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Moment) > -20);
        Assert.True(phone.Heard.ToneLevel(Sounds.Customer, Moment) > -20);

        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2.8)]
    public async Task An_agent_who_leaves_meanwhile_ends_it(double talk)
    {
        await using var center = await TestCenter.StartAsync(cc => Whispering(cc.Configure(options => options.Agents["alice"].Greeting = "hello.wav")));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(talk) });

        await center.CallAsync(new() { Target = "500" });
        await center.SettleOneAsync();

        Assert.Equal(AgentState.Available, center.StateOf("alice"));
    }

    private static void Whispering(CallCenterBuilder cc) => cc.AddQueue("support", queue => queue.Whisper = true);
}

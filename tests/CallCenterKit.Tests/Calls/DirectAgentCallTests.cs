using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Calls;

/// <summary>Calls to extensions and agents without a queue make those who talk busy.</summary>
public sealed class DirectAgentCallTests
{
    private static readonly AgentId Bob = new("bob");

    [Theory]
    [InlineData("102")]
    [InlineData("700")]
    public async Task Both_are_busy_while_they_talk(string number)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => options.DialPlan["700"] = "agent:bob"));
        await center.BobAsync(new() { RingTime = TimeSpan.FromSeconds(1), Talk = TimeSpan.FromSeconds(10) });
        var phone = center.World.Extension("101");
        await center.RunAsync(() => phone.RegisterAsync());
        var call = phone.Dial(number);
        await center.AdvanceAsync(3);
        Assert.Equal((AgentState.Talking, AgentState.Talking), (center.StateOf("alice"), center.StateOf("bob")));

        var waiting = center.Dial("500");
        await center.AdvanceAsync(3);
        Assert.Empty(center.Events<OfferMade>());
        await center.RunAsync(waiting.HangUpAsync);
        await center.RunAsync(() => call.Ended);
        await center.AdvanceAsync(1);
        Assert.Equal((AgentState.Available, AgentState.Available), (center.StateOf("alice"), center.StateOf("bob")));
        var records = await center.SettleAsync();

        var direct = records.Single(record => record.Dialled == number);
        Assert.Equal((CallRecordEnding.Completed, Bob, Bob), (direct.Ending, direct.Agent!.Value, direct.Legs[0].Agent!.Value));
        Assert.Null(direct.Queue);
    }

    [Fact]
    public async Task An_agent_who_moved_is_called_at_the_new_desk()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => options.DialPlan["700"] = "agent:bob"));
        await center.World.AgentAsync("201", new() { Talk = TimeSpan.FromSeconds(2) });
        center.Center.LogIn(Bob, new("201"), new("boss"));
        await center.AdvanceAsync(0.1);

        await center.CallAsync(new() { Target = "700" });

        Assert.Equal("201", (await center.SettleOneAsync()).Legs[0].Endpoint.Value);
    }

    [Fact]
    public async Task An_agent_who_is_not_at_work_does_not_answer()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => options.DialPlan["700"] = "agent:bob"));
        center.Center.LogOut(Bob, new("boss"));
        await center.AdvanceAsync(0.1);

        Assert.Equal(480, (await center.CallAsync(new() { Target = "700" })).Status);
        await center.SettleOneAsync();
    }
}

using CallCenterKit.Hosting;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Flows;

/// <summary>Agents log in from any extension, by keys or in software.</summary>
public sealed class FeatureTests
{
    private static readonly EndpointId Desk = new("201");

    [Fact]
    public async Task An_agent_logs_in_from_any_extension_and_takes_calls_there()
    {
        await using var center = await TestCenter.StartAsync(WithCodes);
        var desk = await center.World.AgentAsync("201", new() { Talk = TimeSpan.FromSeconds(3) });
        var call = PhoneOf(center, "201").Dial("*45");
        await center.AdvanceAsync(1);
        Assert.True(call.Heard.ToneLevel(Sounds.Phrase, TimeSpan.FromSeconds(0.5)) > -30);

        await center.PressAsync(call, "300#");
        await center.AdvanceAsync(0.2);
        await center.PressAsync(call, "4711#");
        Assert.Equal(ScriptedCallEnd.HungUpThere, await center.RunAsync(() => call.Ended));
        Assert.Equal((AgentState.Available, Desk), (center.StateOf("carol"), EndpointOf(center, "carol")));
        await center.CallAsync(new() { Target = "500" });
        await center.SettleAsync();

        Assert.Equal(1, desk.Counts.Answered);
        Assert.DoesNotContain(center.Memory.Journal.Entries, entry => CallCenterKit.Journal.EventCatalog.Write(entry.Event).Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_login_elsewhere_moves_it()
    {
        await using var center = await TestCenter.StartAsync(WithCodes);
        await center.AliceAsync();
        await center.World.AgentAsync("201", new());

        Assert.Equal(CodeOutcome.LoggedIn, center.Center.LogIn("100", "1234", Desk));
        await center.AdvanceAsync(0);

        Assert.Equal(Desk, EndpointOf(center, "alice"));
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
    }

    [Fact]
    public async Task Wrong_pins_lock_code_and_extension_for_five_minutes()
    {
        await using var center = await TestCenter.StartAsync(WithCodes);
        center.Log.Expect(7014);
        await center.World.AgentAsync("201", new());
        var elsewhere = new EndpointId("102");

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(CodeOutcome.Wrong, center.Center.LogIn("300", "0000", Desk));
            await center.AdvanceAsync(10);
        }
        Assert.Equal(CodeOutcome.Locked, center.Center.LogIn("300", "4711", elsewhere));
        Assert.Equal(CodeOutcome.Locked, center.Center.LogIn("100", "1234", Desk));
        Assert.Equal(CodeOutcome.LoggedIn, center.Center.LogIn("100", "1234", elsewhere));
        await center.AdvanceAsync(300);
        Assert.Equal(CodeOutcome.LoggedIn, center.Center.LogIn("300", "4711", Desk));
    }

    [Fact]
    public async Task Four_wrong_pins_and_a_right_one_lock_nothing()
    {
        await using var center = await TestCenter.StartAsync(WithCodes);
        center.Log.Expect(7014);

        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++)
                Assert.Equal(CodeOutcome.Wrong, center.Center.LogIn("300", "0000", Desk));
            Assert.Equal(CodeOutcome.LoggedIn, center.Center.LogIn("300", "4711", Desk));
        }
        Assert.Equal(CodeOutcome.Wrong, center.Center.LogIn("999", "", Desk));
    }

    [Fact]
    public async Task An_agent_pauses_goes_on_and_leaves_by_keys()
    {
        await using var center = await TestCenter.StartAsync(cc => WithCodes(cc.Configure(options =>
        {
            options.BreakKinds.Add("coffee");
            options.BreakKinds.Add("lunch");
        })));
        await center.AliceAsync();
        var phone = PhoneOf(center, "101");

        await center.RunAsync(() => phone.Dial("*46").Ended);
        Assert.Equal((AgentState.Paused, "coffee"), (center.StateOf("alice"), center.Center.Board.Agents[0].PauseReason));
        await center.RunAsync(() => phone.Dial("*47").Ended);
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
        await center.RunAsync(() => phone.Dial("*49").Ended);
        Assert.Equal("lunch", center.Center.Board.Agents[0].PauseReason);
        await center.RunAsync(() => phone.Dial("*48").Ended);
        Assert.Equal(AgentState.LoggedOut, center.StateOf("alice"));
    }

    [Fact]
    public async Task An_agent_may_leave_once_the_conversation_is_over()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.WrapUp = TimeSpan.FromSeconds(5)));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(10) });
        center.Dial("500");
        await center.AdvanceAsync(5);

        center.Center.LogOut(new("alice"), Actors.System, whenFree: true);
        await center.AdvanceAsync(1);
        Assert.Equal(AgentState.Talking, center.StateOf("alice"));
        await center.AdvanceAsync(9);
        Assert.Equal(AgentState.WrappingUp, center.StateOf("alice"));
        await center.SettleOneAsync();

        Assert.Equal(AgentState.LoggedOut, center.StateOf("alice"));
    }

    [Fact]
    public async Task A_reason_that_is_no_break_kind_is_refused()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => options.BreakKinds.Add("lunch")));

        var wrong = Assert.Throws<ArgumentException>(() => center.Center.Pause(new("alice"), "sleep", Actors.System));

        Assert.Contains("'sleep'", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("lunch", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_outside_nobody_logs_in()
    {
        await using var center = await TestCenter.StartAsync(WithCodes);

        var result = await center.CallAsync(new() { Target = "*45" });
        await center.SettleOneAsync();

        Assert.Equal(403, result.Status);
    }

    private static void WithCodes(CallCenterBuilder cc) => cc
        .AddAgent("carol")
        .AddQueue("support", "carol")
        .Configure(options =>
        {
            (options.Agents["alice"].Code, options.Agents["alice"].Pin) = ("100", "1234");
            (options.Agents["carol"].Code, options.Agents["carol"].Pin) = ("300", "4711");
            options.DialPlan["*45"] = "feature:login";
            options.DialPlan["*46"] = "feature:pause";
            options.DialPlan["*47"] = "feature:ready";
            options.DialPlan["*48"] = "feature:logout";
            if (options.BreakKinds.Contains("lunch"))
                options.DialPlan["*49"] = "feature:pause:lunch";
        });

    private static ScriptedPhone PhoneOf(TestCenter center, string extension) => center.World.Phones.First(phone => phone.Options.User == extension);

    private static EndpointId? EndpointOf(TestCenter center, string agent) => center.Center.Board.Agents.Single(one => one.Id.Value == agent).Endpoint;
}

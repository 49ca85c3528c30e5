using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using static CallCenterKit.Tests.Calls.Talks;

namespace CallCenterKit.Tests.Calls;

/// <summary>Whoever leaves, and whenever: nobody is left in a call, no agent stays busy, and the records say the same as the events.</summary>
public sealed class StageTests
{
    private static readonly string[] Stages =
    [
        "talk", "phone holds", "desk holds", "consults, rings", "consults", "second call rings", "second call", "transfer rings", "return rings", "conference",
        "conference on the second leg", "passed on", "in another queue", "bob consulted", "bob pulled in", "bob in conference",
    ];

    public static TheoryData<string, string> All { get; } = [.. from stage in Stages from leaver in new[] { "customer", "agent", "colleague", "lost phone", "center" } select (stage, leaver)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Whoever_leaves_nothing_is_left(string stage, string leaver)
    {
        await using var center = await TestCenter.StartAsync(Configure);
        center.Log.Expect(7301);
        var (caller, alice) = await center.TalkWithAliceAsync();
        await center.BobAsync(new());
        await ReachAsync(center, alice, stage);

        switch (leaver)
        {
            case "customer": await center.RunAsync(caller.HangUpAsync); break;
            case "agent": await center.RunAsync(async () => { await center.PhoneOf("101").HangUpAllAsync(); return 0; }); break;
            case "colleague": await center.RunAsync(async () => { await center.PhoneOf(stage.StartsWith("bob", StringComparison.Ordinal) || stage == "in another queue" ? "102" : "201").HangUpAllAsync(); return 0; }); break;
            case "lost phone": await center.PhoneOf("101").DisposeAsync(); break;
            default:
                await center.StopAsync();
                await center.AfterwardsAsync();
                return;
        }
        await center.AdvanceAsync(80);
        foreach (var phone in center.World.Phones)
            await center.RunAsync(async () => { await phone.HangUpAllAsync(); return 0; });
        await center.AdvanceAsync(80);

        await center.SettleAsync();
        Assert.Equal((leaver == "lost phone" ? AgentState.Unreachable : AgentState.Available, AgentState.Available), (center.StateOf("alice"), center.StateOf("bob")));
    }

    [Theory]
    [InlineData("second call")]
    [InlineData("return rings")]
    [InlineData("conference on the second leg")]
    [InlineData("in another queue")]
    [InlineData("bob consulted")]
    [InlineData("bob pulled in")]
    public async Task A_crash_leaves_nobody_busy_and_every_record_closed(string stage)
    {
        await using var world = new World();
        await using var first = await TestCenter.StartAsync(Configure, world);
        var (_, alice) = await first.TalkWithAliceAsync();
        await first.BobAsync();
        await ReachAsync(first, alice, stage);
        var memory = await first.KillAsync();

        await using var second = await TestCenter.StartAsync(Configure, world, memory);
        foreach (var phone in world.Phones)
            await second.RunAsync(async () => { await phone.HangUpAllAsync(); return 0; });
        await second.AdvanceAsync(30);
        var records = await second.SettleAsync();

        Assert.All(records, record => Assert.Equal(CallRecordEnding.Interrupted, record.Ending));
        Assert.All(records.SelectMany(record => record.Legs), leg => Assert.NotNull(leg.LeftAt));
        Assert.Equal((AgentState.Available, AgentState.Available), (second.StateOf("alice"), second.StateOf("bob")));
    }

    private static void Configure(CallCenterBuilder center) =>
        center.AddQueue("sales", "bob").MapQueue("501", "sales").AddQueue("support", queue => queue.Record = true);

    private static async Task ReachAsync(TestCenter center, ScriptedAgent alice, string stage)
    {
        var matter = center.Matter();
        await center.ColleagueAsync(stage switch
        {
            "consults, rings" or "second call rings" or "transfer rings" => new() { NeverAnswers = true },
            "return rings" => new() { RejectStatus = 486 },
            _ => new() { RingTime = TimeSpan.FromSeconds(1) },
        });
        var desk = center.Center;
        switch (stage)
        {
            case "phone holds": await center.RunAsync(alice.Calls[0].HoldAsync); break;
            case "desk holds": desk.Hold(matter, Alice); break;
            case "consults, rings" or "consults": desk.Consult(matter, Alice, "201", ByAlice); break;
            case "second call rings" or "second call": await center.CallWhileHoldingAsync(alice.Calls[0], "201"); break;
            case "transfer rings" or "passed on": await center.RunAsync(() => alice.Calls[0].ReferAsync("201")); break;
            case "return rings":
                alice.Script = new() { NeverAnswers = true };
                await center.RunAsync(() => alice.Calls[0].ReferAsync("201"));
                break;
            case "conference":
                desk.Consult(matter, Alice, "201", ByAlice);
                await center.AdvanceAsync(4);
                desk.Conference(matter, Alice);
                break;
            case "conference on the second leg":
                await center.CallWhileHoldingAsync(alice.Calls[0], "201");
                desk.Conference(matter, Alice);
                break;
            case "in another queue": desk.Transfer(matter, Alice, "501", ByAlice); break;
            case "bob consulted": desk.Consult(matter, Alice, "102", ByAlice); break;
            case "bob pulled in": desk.Transfer(matter, Alice, "102", ByAlice); break;
            case "bob in conference": desk.AddParty(matter, Alice, "102"); break;
        }
        await center.AdvanceAsync(5);
    }
}

using CallCenterKit.Contacts;
using CallCenterKit.Conversations;
using CallCenterKit.Hosting;
using CallCenterKit.Ivr;
using CallCenterKit.Routing;
using CallCenterKit.Skills;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Time;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Flows;

/// <summary>What a flow and the directory know of a caller decides who serves them.</summary>
public sealed class QueueRequestTests
{
    private static readonly Contact Ona = new(new(new Guid("00000000-0000-7000-8000-000000000001")), "+49493055001", "Ona") { Vip = true, Code = "C-7" };

    [Fact]
    public async Task An_agent_who_can_do_it_is_rung()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .Configure(options => options.Agents["bob"].Skills.Add("lt:2"))
            .MapFlow("600", async (call, ct) =>
                await call.QueueAsync(new QueueId("support"), new QueueRequest { Requirement = SkillExpression.Parse("lt >= 2") }, ct)));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });
        await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(3) });

        await center.CallAsync(new() { Target = "600" });

        Assert.Equal(new AgentId("bob"), (await center.SettleOneAsync()).Agent);
    }

    [Fact]
    public async Task A_caller_with_priority_is_served_before_one_who_waits_longer()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.MapFlow("600", async (call, ct) =>
            await call.QueueAsync(new QueueId("support"), new QueueRequest { Priority = TimeSpan.FromMinutes(2) }, ct)));
        center.Dial("500");
        await center.AdvanceAsync(5);
        center.Dial("600");
        await center.AdvanceAsync(5);

        var explained = await center.RunAsync(() => center.Center.ExplainAsync(center.Events<InteractionStarted>()[1].Interaction));
        Assert.Equal((1, "priority"), (explained!.Place, Assert.Single(explained.Credits).Name));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });
        var records = await center.SettleAsync();

        Assert.True(records[1].Legs[0].JoinedAt < records[0].Legs[0].JoinedAt);
    }

    [Fact]
    public async Task It_is_told_why_an_agent_is_not_offered_a_call()
    {
        await using var center = await TestCenter.StartAsync();
        var caller = center.Dial("500");
        await center.AdvanceAsync(5);
        var interaction = Assert.Single(center.Center.Board.Waiting).Interaction;

        var explained = await center.RunAsync(() => center.Center.ExplainAsync(new AgentId("alice"), interaction));
        Assert.Equal(NoOffer.Unreachable, Assert.Single(explained.Reasons).Kind);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
        Assert.Null(await center.RunAsync(() => center.Center.ExplainAsync(interaction)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Everybody_with_the_callers_number_is_known_to_the_flow_and_the_first_is_the_party(int milliseconds)
    {
        IReadOnlyList<Contact> found = [];
        await using var world = new World();
        var contacts = new SlowContacts(TimeSpan.FromMilliseconds(milliseconds), world.Time);
        await using var center = await TestCenter.StartAsync(
            cc =>
            {
                cc.Services.AddSingleton<IContactStore>(contacts);
                cc.Configure(options => (options.Numbers.CountryCode, options.Numbers.TrunkPrefix) = ("49", ""))
                    .MapFlow("600", async (call, ct) =>
                    {
                        found = await call.FindContactsAsync(ct);
                        await call.QueueAsync("support", ct);
                    });
            },
            world);
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });

        await center.CallAsync(new() { Target = "600" });
        var record = await center.SettleOneAsync();

        Assert.Equal(["+49493055002"], contacts.Asked);
        Assert.Equal(["Ona", "Jonas"], found.Select(contact => contact.Name));
        Assert.Equal((Ona.Party, true), (record.Party, record.Vip));
        Assert.Equal(Ona.Party, Assert.Single(center.Events<QueueEntered>()).Party);
        Assert.Equal(milliseconds == 0, center.Events<InteractionStarted>()[0].Party == Ona.Party);
        Assert.NotNull(record.DialToAgent);
    }

    [Fact]
    public async Task A_number_for_VIPs_makes_whoever_calls_it_one()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => options.DialPlan["501"] = "vip:support"));
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });

        await center.CallAsync(new() { Target = "501" });

        Assert.True((await center.SettleOneAsync()).Vip);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_calls_again_gets_the_same_agent_where_the_queue_says_so(bool sticky)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => (queue.Sticky, queue.WrapUp) = (sticky, TimeSpan.Zero)));
        await center.BobAsync(new() { Talk = TimeSpan.FromSeconds(3) });
        var customer = center.World.Customer();
        customer.Dial("500");
        await center.AdvanceAsync(10);
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(3) });
        customer.Dial("500");
        await center.AdvanceAsync(10);
        customer.Dial("500");
        var records = await center.SettleAsync();

        // Without it the agent who is idle longest is rung, so one of the two later calls is for alice.
        Assert.Equal(sticky, records.All(record => record.Agent == new AgentId("bob")));
        Assert.Equal(sticky ? new AgentId("bob") : null, center.Events<QueueEntered>()[2].Owner);
    }

    private sealed class SlowContacts(TimeSpan delay, TimeProvider time) : IContactStore
    {
        public List<string> Asked { get; } = [];

        public async ValueTask<IReadOnlyList<Contact>> FindAsync(string number, CancellationToken cancellationToken)
        {
            Asked.Add(number);
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, time, cancellationToken);
            return [Ona, new(new(new Guid("00000000-0000-7000-8000-000000000002")), number, "Jonas")];
        }

        public ValueTask<Contact> GetOrAddAsync(string number, string? name, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

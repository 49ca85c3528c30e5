using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using CallCenterKit.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Configuration;

public sealed class CallCenterOptionsTests
{
    [Fact]
    public void A_center_without_faults_is_accepted()
    {
        var options = Read(_ => { });

        Assert.Equal("main", options.Center);
        Assert.Equal(TimeSpan.FromSeconds(20), options.Queues["support"].RingTime);
    }

    [Fact]
    public void An_unknown_strategy_is_named_with_those_there_are() =>
        AssertFault($"Queue 'support': strategy 'loudest' is unknown. Strategies: {string.Join(", ", BuiltInStrategies.All.Select(each => $"'{each.Name}'"))}.", center =>
            center.AddQueue("support", queue => queue.Strategy = "loudest"));

    [Fact]
    public void A_number_that_is_an_extension_and_leads_elsewhere_is_named() =>
        AssertFault("Dial plan number '100' is also an extension; each number can lead to one place only.", center =>
            center.MapQueue("100", "support"));

    [Fact]
    public void Two_agents_on_one_extension_are_named() =>
        AssertFault("Extension '100' is where agents 'alice', 'bob' begin; one extension serves one agent at a time.", center =>
            center.AddAgent("bob", "100"));

    [Fact]
    public void A_missing_prompt_is_named_with_its_folder()
    {
        var fault = Assert.Single(Faults(center => center.AddQueue("support", queue => queue.Music = "elevator.wav")));

        Assert.StartsWith("Queue 'support': Music 'elevator.wav' is not in folder '", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_is_no_agent_is_named() =>
        AssertFault("Queue 'support': member 'zoe' is no agent. Agents: 'alice'.", center =>
            center.AddQueue("support", queue => queue.Members.Add("zoe")));

    [Fact]
    public void An_agent_on_an_extension_that_is_not_there_is_named() =>
        AssertFault("Agent 'bob': extension '999' does not exist. Extensions: '100'.", center => center.AddAgent("bob", "999"));

    [Fact]
    public void A_ring_time_beyond_the_longest_wait_is_named() =>
        AssertFault("Queue 'support': RingTime 00:00:30 must be under MaxWait 00:00:20.", center =>
            center.AddQueue("support", queue => (queue.RingTime, queue.MaxWait) = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20))));

    [Theory]
    [InlineData("voicemail", "Queue 'support': Overflow 'voicemail' must be 'queue:NAME', 'flow:NAME', 'voicemail:NAME', 'message:PROMPT', 'number:NUMBER', 'callback' or 'hangup'.")]
    [InlineData("voicemail:sales", "Queue 'support': Overflow 'voicemail:sales' names no mailbox: there is no flow 'voicemail:sales' that takes its messages.")]
    [InlineData("number:999", "Queue 'support': Overflow 'number:999' leads nowhere: neither an extension nor the dial plan names it.")]
    [InlineData("queue:support", "Queue 'support': Overflow 'queue:support' is the queue itself.")]
    [InlineData("queue:sales", "Queue 'support': Overflow 'queue:sales' names no queue. Queues: 'support'.")]
    [InlineData("flow:night", "Queue 'support': Overflow 'flow:night' names no flow. Flows: none.")]
    public void An_overflow_that_leads_nowhere_is_named(string overflow, string fault) =>
        AssertFault(fault, center => center.AddQueue("support", queue => queue.Overflow = overflow));

    [Theory]
    [InlineData("600", "flow:night", "Dial plan '600': target 'flow:night' names no flow. Flows: none.")]
    [InlineData("600", "queue:sales", "Dial plan '600': target 'queue:sales' names no queue. Queues: 'support'.")]
    [InlineData("600", "extension:7", "Dial plan '600': target 'extension:7' names no extension. Extensions: '100'.")]
    [InlineData("600", "the moon", "Dial plan '600': target 'the moon' must be 'flow:NAME', 'queue:NAME', 'vip:QUEUE', 'extension:NUMBER', 'agent:ID', 'outside', 'outside:RULE' or 'feature:NAME'.")]
    [InlineData("600", "agent:zoe", "Dial plan '600': target 'agent:zoe' names no agent. Agents: 'alice'.")]
    [InlineData("0*", "outside:abroad", "Dial plan '0*': target 'outside:abroad' names no rule. OutsideRules: none.")]
    [InlineData("*45", "feature:coffee", "Dial plan '*45': target 'feature:coffee' names no feature. Features: 'login', 'logout', 'pause', 'ready', 'voicemail', 'monitor'.")]
    [InlineData("6*0", "queue:support", "Dial plan pattern '6*0' must be a number, or digits followed by one '*'.")]
    public void A_dial_plan_that_leads_nowhere_is_named(string pattern, string target, string fault)
    {
        var faults = Faults(center => center.Configure(options => options.DialPlan[pattern] = target));

        Assert.StartsWith(fault, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_out_of_range_is_named_with_what_it_is()
    {
        var fault = Assert.Single(Faults(center => center.AddQueue("support", queue => queue.MaxLength = 0)));

        Assert.StartsWith("Queue 'support': MaxLength is '0'.", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(2, Faults(center => center.AddQueue("support", queue => (queue.Strategy, queue.Overflow) = ("loudest", "voicemail"))).Count);

    [Fact]
    public void What_code_sets_wins_over_the_configuration()
    {
        var settings = new Dictionary<string, string?>
        {
            ["CallCenter:Queues:support:RingTime"] = "00:00:12",
            ["CallCenter:Queues:support:WrapUp"] = "00:00:03",
            ["CallCenter:Media:BindAddress"] = "127.0.0.1",
        };

        var options = Read(center => center.AddQueue("support", queue => queue.WrapUp = TimeSpan.FromSeconds(4)), settings);

        Assert.Equal(TimeSpan.FromSeconds(12), options.Queues["support"].RingTime);
        Assert.Equal(TimeSpan.FromSeconds(4), options.Queues["support"].WrapUp);
        Assert.Equal("127.0.0.1", options.Media.BindAddress);
    }

    private static void AssertFault(string expected, Action<CallCenterBuilder> configure) => Assert.Equal(expected, Assert.Single(Faults(configure)));

    private static IReadOnlyList<string> Faults(Action<CallCenterBuilder> configure) =>
        [.. Assert.Throws<OptionsValidationException>(() => Read(configure)).Failures];

    private static CallCenterOptions Read(Action<CallCenterBuilder> configure, IDictionary<string, string?>? settings = null)
    {
        var builder = CallCenter.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        configure(builder.CallCenter
            .AddExtension("100", "secret")
            .AddAgent("alice", "100")
            .AddQueue("support", "alice"));
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<CallCenterOptions>>().Value;
    }
}

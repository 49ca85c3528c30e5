using CallCenterKit.Configuration;
using CallCenterKit.Conversations;
using CallCenterKit.Supervisors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Supervisors;

public sealed class SupervisionRightsTests
{
    private const string Boss = "agent:boss";
    private static readonly QueueId Support = new("support");

    [Theory]
    [InlineData(Boss, "alice", "support", SupervisionRole.Listen, SupervisionScope.Call)]
    [InlineData(Boss, "alice", "support", SupervisionRole.Whisper, SupervisionScope.Call)]
    [InlineData(Boss, "alice", "support", SupervisionRole.Barge, null)]
    [InlineData(Boss, "alice", "sales", SupervisionRole.Listen, null)]
    [InlineData(Boss, "alice", null, SupervisionRole.Listen, null)]
    [InlineData(Boss, "bob", "sales", SupervisionRole.Listen, SupervisionScope.Agent)]
    [InlineData(Boss, "bob", null, SupervisionRole.Barge, SupervisionScope.Agent)]
    [InlineData(Boss, "bob", "support", SupervisionRole.Listen, SupervisionScope.Call)]
    [InlineData("agent:alice", "bob", "support", SupervisionRole.Listen, null)]
    [InlineData("AGENT:BOSS", "alice", "support", SupervisionRole.Listen, null)]
    public void Somebody_may_what_one_of_their_entries_says(string by, string agent, string? queue, SupervisionRole role, SupervisionScope? scope)
    {
        var rights = new SupervisionRights(
        [
            new() { Who = Boss, Agents = { "bob" }, Role = SupervisionRole.Barge },
            new() { Who = Boss, Queues = { "support" }, Role = SupervisionRole.Whisper },
        ]);

        Assert.Equal(scope, rights.Find(new(by), new(agent), queue is null ? null : new QueueId(queue), role));
    }

    [Fact]
    public void A_star_stands_for_all()
    {
        var queues = new SupervisionRights([new() { Who = Boss, Queues = { "*" } }]);
        var agents = new SupervisionRights([new() { Who = Boss, Agents = { "*" } }]);

        Assert.Equal(SupervisionScope.Call, queues.Find(new(Boss), new("anybody"), Support, SupervisionRole.Listen));
        Assert.Null(queues.Find(new(Boss), new("anybody"), null, SupervisionRole.Listen));
        Assert.Equal(SupervisionScope.Call, agents.Find(new(Boss), new("anybody"), null, SupervisionRole.Listen));
    }

    [Fact]
    public void By_default_nobody_may_and_whoever_may_only_listens()
    {
        Assert.Empty(new CallCenterOptions().Supervisors);
        Assert.Null(SupervisionRights.None.Find(new(Boss), new("alice"), Support, SupervisionRole.Listen));
        Assert.Equal(SupervisionRole.Listen, new SupervisorOptions().Role);
    }

    [Fact]
    public void What_is_wrong_with_an_entry_is_named() => Assert.Equal(
        [
            "Supervisor 'agent:boss': queue 'sales' does not exist. Queues: 'support'.",
            "Supervisor 'agent:boss': agent 'zoe' does not exist. Agents: 'alice'.",
            "Supervisor 'agent:idle' may hear nobody; name Queues or Agents.",
        ],
        Faults(options =>
        {
            options.Supervisors.Add(new() { Who = Boss, Queues = { "sales", "*" }, Agents = { "zoe", "alice" } });
            options.Supervisors.Add(new() { Who = "agent:idle" });
        }));

    [Fact]
    public void The_feature_needs_a_beginning_behind_which_an_extension_is_dialled() => Assert.Equal(
        "Dial plan '*90': target 'feature:monitor' needs digits followed by '*': the extension of the agent is dialled behind it.",
        Assert.Single(Faults(options =>
        {
            options.DialPlan["*90"] = "feature:monitor";
            options.DialPlan["91*"] = "feature:monitor:barge";
        })));

    private static IReadOnlyList<string> Faults(Action<CallCenterOptions> configure)
    {
        var builder = CallCenter.CreateBuilder();
        builder.CallCenter.AddExtension("100", "secret").AddAgent("alice", "100").AddQueue("support", "alice").Configure(configure);
        using var host = builder.Build();
        return [.. Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IOptions<CallCenterOptions>>().Value).Failures];
    }
}

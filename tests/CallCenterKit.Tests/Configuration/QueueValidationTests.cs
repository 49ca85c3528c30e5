using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using CallCenterKit.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Configuration;

/// <summary>What is written wrongly fails at the start, and the message says what and where.</summary>
public sealed class QueueValidationTests
{
    [Theory]
    [InlineData("Queue 'support': VipStrategy 'loudest' is unknown.", nameof(QueueOptions.VipStrategy), "loudest")]
    [InlineData("Queue 'support': scorer 'best' is unknown. Scorers: none.", nameof(QueueOptions.Scorer), "best")]
    [InlineData("Queue 'support': TimeZone 'Europe/Atlantis' is unknown;", nameof(QueueOptions.TimeZone), "Europe/Atlantis")]
    [InlineData("Queue 'support': EmptyOverflow 'queue:x' names no queue.", nameof(QueueOptions.EmptyOverflow), "queue:x")]
    [InlineData("Queue 'support': ClosedOverflow 'message:x.wav' names no prompt in folder", nameof(QueueOptions.ClosedOverflow), "message:x.wav")]
    [InlineData("Queue 'support': Requirement 'billing >= and lt' ", nameof(QueueOptions.Requirement), "billing >= and lt")]
    public void A_text_that_means_nothing_is_named(string fault, string option, string value) =>
        AssertFault(fault, queue => typeof(QueueOptions).GetProperty(option)!.SetValue(queue, value));

    [Theory]
    [InlineData("Queue 'support': Relaxation 'later lower 1' must begin with a time such as '30s', '2m' or '00:00:30'.", nameof(QueueOptions.Relaxation), "later lower 1")]
    [InlineData("Queue 'support': Relaxation '30s lower x' 'x' must be a whole number of levels, at least 1.", nameof(QueueOptions.Relaxation), "30s lower x")]
    [InlineData("Queue 'support': step '60s nowhere' must be a time and where to,", nameof(QueueOptions.Steps), "60s nowhere")]
    [InlineData("Queue 'support': Steps 'queue:x' names no queue.", nameof(QueueOptions.Steps), "60s queue:x")]
    [InlineData("Queue 'support': member 'alice;tier=0' must be 'AGENT', or 'AGENT;tier=N;weight=N' with numbers from 1 to 100.", nameof(QueueOptions.Members), "alice;tier=0")]
    [InlineData("Queue 'support': ", nameof(QueueOptions.Hours), "Mon-Fri 8-17")]
    [InlineData("Queue 'support': ", nameof(QueueOptions.Holidays), "Christmas")]
    public void A_line_that_means_nothing_is_named(string fault, string option, string line) =>
        AssertFault(fault, queue => ((IList<string>)typeof(QueueOptions).GetProperty(option)!.GetValue(queue)!).Add(line));

    [Fact]
    public void Where_a_requirement_is_wrong_is_told()
    {
        var fault = Assert.Single(Faults(options => options.Queues["support"].Requirement = "billing >= 3 or (lt and )"));

        Assert.Matches("(position|at) [0-9]+", fault);
    }

    [Fact]
    public void Times_that_do_not_rise_are_named()
    {
        AssertFault("Queue 'support': Steps: 00:00:30 must come after 00:01:00.", queue =>
        {
            queue.Steps.Add("60s callback");
            queue.Steps.Add("30s hangup");
        });
        AssertFault("Queue 'support': TierOpenings: 00:00:05 must come after 00:00:10.", queue =>
        {
            queue.TierOpenings.Add(TimeSpan.FromSeconds(10));
            queue.TierOpenings.Add(TimeSpan.FromSeconds(5));
        });
    }

    [Theory]
    [InlineData('x')]
    [InlineData(' ')]
    public void A_callback_key_that_no_phone_has_is_named(char key) =>
        AssertFault($"Queue 'support': Callback: Key '{key}' must be 0 to 9, * or #.", queue => queue.Callback.Key = key);

    [Fact]
    public void A_mandatory_disposition_needs_time() =>
        AssertFault("Queue 'support': WrapUp is 00:00:00, and WrapUpMode Mandatory needs time for a disposition.", queue =>
            (queue.WrapUpMode, queue.WrapUp) = (WrapUpMode.Mandatory, TimeSpan.Zero));

    [Fact]
    public void Values_out_of_range_in_nested_options_are_named() =>
        AssertFault("Queue 'support': Callback: Attempts is '0'.", queue => queue.Callback.Attempts = 0);

    [Theory]
    [InlineData("12345678901234567", "1234", "Agent 'alice': Code '12345678901234567' must be 1 to 16 digits.")]
    [InlineData("100", null, "Agent 'alice' has a Code and needs a Pin of 4 to 16 digits, by Pin or PinFile.")]
    [InlineData("100", "12", "Agent 'alice' has a Code and needs a Pin of 4 to 16 digits, by Pin or PinFile.")]
    public void A_code_without_a_good_pin_is_named_and_the_pin_is_not(string code, string? pin, string expected)
    {
        var fault = Assert.Single(Faults(options => (options.Agents["alice"].Code, options.Agents["alice"].Pin) = (code, pin)));

        Assert.Equal(expected, fault);
    }

    [Fact]
    public void One_code_for_two_agents_is_named()
    {
        var fault = Assert.Single(Faults(options =>
        {
            options.Agents["bob"] = new() { Code = "100", Pin = "1234" };
            (options.Agents["alice"].Code, options.Agents["alice"].Pin) = ("100", "4321");
        }));

        Assert.Equal("Code '100' belongs to agents 'alice', 'bob'; each agent needs their own.", fault);
    }

    [Fact]
    public void A_skill_that_cannot_be_read_is_named_with_its_agent() =>
        Assert.StartsWith("Agent 'alice': ", Assert.Single(Faults(options => options.Agents["alice"].Skills.Add("3billing"))), StringComparison.Ordinal);

    [Fact]
    public void A_break_kind_that_is_none_is_named_where_it_is_dialled() =>
        Assert.Equal("Dial plan '*46': target 'feature:pause:sleep' names no break kind. Break kinds: 'lunch'.", Assert.Single(Faults(options =>
        {
            options.BreakKinds.Add("lunch");
            options.DialPlan["*46"] = "feature:pause:sleep";
        })));

    [Fact]
    public void A_country_code_that_is_none_is_named() =>
        Assert.StartsWith("Numbers: CountryCode 'LT' must be", Assert.Single(Faults(options => options.Numbers.CountryCode = "LT")), StringComparison.Ordinal);

    private static void AssertFault(string expected, Action<QueueOptions> configure) =>
        Assert.StartsWith(expected, Assert.Single(Faults(options => configure(options.Queues["support"]))), StringComparison.Ordinal);

    private static IReadOnlyList<string> Faults(Action<CallCenterOptions> configure)
    {
        var builder = CallCenter.CreateBuilder();
        builder.CallCenter.AddExtension("100", "secret").AddAgent("alice", "100").AddQueue("support", "alice").Configure(configure);
        using var host = builder.Build();
        return [.. Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IOptions<CallCenterOptions>>().Value).Failures];
    }
}

using CallCenterKit.Configuration;
using CallCenterKit.Hosting;
using CallCenterKit.Recordings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Configuration;

/// <summary>What is written wrongly about recording fails at the start.</summary>
public sealed class RecordingValidationTests
{
    private const string Names = "Never, OnDemand, FromAnswer, FromIvr";

    [Fact]
    public void Two_options_that_say_the_same_are_one_too_many()
    {
        var faults = Faults(options =>
        {
            options.Queues["support"] = new() { Record = true, Recording = RecordingMode.FromIvr };
            options.Extensions["100"] = new() { Record = true, Recording = RecordingMode.Never };
            options.OutsideRules["city"] = new() { Record = true, Recording = RecordingMode.OnDemand };
        });

        Assert.Equal(
            [
                "Extension '100' has both Record and Recording; give one.",
                "Outside rule 'city' has both Record and Recording; give one.",
                "Queue 'support' has both Record and Recording; give one.",
            ],
            faults);
    }

    [Theory]
    [InlineData("queue:support;recording=always")]
    [InlineData("queue:support;recording=2")]
    [InlineData("queue:support;recording=")]
    public void A_mode_of_a_number_that_does_not_exist_is_named(string target) => Assert.Equal(
        [$"Dial plan '500': target '{target}' must name after ';recording=' one of {Names}."],
        Faults(options => (options.Queues["support"], options.DialPlan["500"]) = (new(), target)));

    [Fact]
    public void A_mode_that_does_not_exist_is_named() => Assert.Equal(
        [$"Recording: Mode is '9'; it must be one of {Names}.", $"Agent 'alice': Recording is '7'; it must be one of {Names}."],
        Faults(options =>
        {
            options.Recording.Mode = (RecordingMode)9;
            options.Agents["alice"] = new() { Recording = (RecordingMode)7 };
        }));

    [Theory]
    [InlineData("queue:support;recording=FromIvr")]
    [InlineData("queue:support;recording=fromivr")]
    public void A_number_may_say_how_its_calls_are_recorded(string target)
    {
        var options = new CallCenterOptions { DialPlan = { ["500"] = target } };

        Assert.Equal(RecordingMode.FromIvr, ModelFactory.CreateDialPlan(options).Find("500")!.Recording);
    }

    private static IEnumerable<string> Faults(Action<CallCenterOptions> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddCallCenter(cc => cc.Configure(options =>
        {
            options.PromptFolder = ".";
            configure(options);
        }));
        using var host = builder.Build();
        return Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IOptions<CallCenterOptions>>().Value).Failures;
    }
}

using CallCenterKit.Records;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Calls;

/// <summary>Emergency numbers: each of our phones reaches them, whatever else is configured or going on.</summary>
public sealed class EmergencyTests
{
    [Fact]
    public async Task No_rule_is_needed()
    {
        await using var world = await OutgoingWorld.StartAsync(options: options => options.EmergencyNumbers.Add("112"));
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(3) }, "112");

        var call = (await world.PhoneAsync("201")).Dial("112");
        await world.Center.RunAsync(() => call.Ended);
        var record = await world.Center.SettleOneAsync();

        var dialled = Assert.Single(world.Trunks.Dialled);
        Assert.True(dialled.IsEmergency);
        Assert.Empty(Assert.IsType<DialTarget.ToNumber>(dialled.Target).Trunks);
        Assert.Equal(CallRecordEnding.Completed, record.Ending);
    }

    [Fact]
    public async Task A_rule_that_names_others_does_not_keep_a_phone_from_it()
    {
        await using var world = await OutgoingWorld.StartAsync(
            rule =>
            {
                (rule.Strip, rule.CallerId) = (0, "4930555");
                rule.Callers.Add("agent:bob");
            },
            options =>
            {
                options.EmergencyNumbers.Add("112");
                options.DialPlan["112"] = "outside:city";
                options.Extensions["201"].CallerId = "4930201";
            });
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(3) }, "112");

        (await world.PhoneAsync("201")).Dial("112");
        await world.Center.AdvanceAsync(10);
        await world.Center.SettleOneAsync();

        Assert.Equal("4930201", Assert.Single(world.Trunks.Dialled).Caller.Number);
    }

    [Fact]
    public async Task A_pattern_of_the_dial_plan_takes_no_digit_away()
    {
        await using var world = await OutgoingWorld.StartAsync(options: options =>
        {
            options.EmergencyNumbers.Add("112");
            options.DialPlan["1*"] = "outside:city";
        });
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(3) }, "112");

        (await world.PhoneAsync("201")).Dial("112");
        await world.Center.AdvanceAsync(10);

        Assert.Equal(CallRecordEnding.Completed, (await world.Center.SettleOneAsync()).Ending);
    }

    [Fact]
    public async Task When_its_trunk_is_down_any_other_carries_it()
    {
        await using var world = await OutgoingWorld.StartAsync(
            rule =>
            {
                rule.Strip = 0;
                rule.Trunks.Add("carrier");
            },
            options =>
            {
                options.EmergencyNumbers.Add("112");
                options.DialPlan["112"] = "outside:city";
            });
        world.Trunks.Down.Add("carrier");
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(3) }, "112");

        (await world.PhoneAsync("201")).Dial("112");
        await world.Center.AdvanceAsync(10);
        var record = await world.Center.SettleOneAsync();

        Assert.Equal(CallRecordEnding.Completed, record.Ending);
        Assert.Equal([1, 0], world.Trunks.Dialled.Select(dialled => ((DialTarget.ToNumber)dialled.Target).Trunks.Count));
    }

    [Fact]
    public async Task Only_our_phones_reach_it()
    {
        await using var world = await OutgoingWorld.StartAsync(options: options => options.EmergencyNumbers.Add("112"));

        var result = await world.Center.CallAsync(new() { Target = "112" });
        await world.Center.SettleOneAsync();

        Assert.Equal(404, result.Status);
        Assert.Empty(world.Trunks.Dialled);
    }
}

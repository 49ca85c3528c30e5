namespace CallCenterKit.Tests.Interop;

/// <summary>The programs that judge our calls, without us in between: what they say here is what they would say of a perfect server.</summary>
[Collection(InteropCollection.Name)]
public class HarnessTests
{
    [Fact]
    public async Task Two_phones_hear_each_other_and_not_themselves()
    {
        await using var caller = await BaresipPhone.StartAsync(new() { User = "caller", ToneHz = 437 });
        await using var agent = await BaresipPhone.StartAsync(new() { User = "agent", ToneHz = 1033 });

        await caller.DialAsync(agent.Uri);
        await agent.WaitIncomingAsync();
        await caller.WaitRingingAsync();
        await agent.AcceptAsync();
        await Task.WhenAll(caller.WaitEstablishedAsync(), agent.WaitEstablishedAsync());
        await caller.SendDigitAsync('7');
        var digit = await agent.WaitDigitAsync();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        await agent.HangUpAsync();
        await caller.WaitClosedAsync();

        Assert.Equal('7', digit);
        var atCaller = Tones.AssertHolds(Assert.Single(await caller.StopAndListenAsync()), 0, otherHz: 1033, ownHz: 437, TimeSpan.FromSeconds(2.5));
        var atAgent = Tones.AssertHolds(Assert.Single(await agent.StopAndListenAsync()), 0, otherHz: 437, ownHz: 1033, TimeSpan.FromSeconds(2.5));
        Assert.Equal((0, 0), (atCaller.Splices, atAgent.Splices));
    }

    [Theory]
    [InlineData("call")]
    [InlineData("options")]
    public async Task Scenarios_of_sipp_pass_against_a_phone_that_answers(string scenario)
    {
        await using var phone = await BaresipPhone.StartAsync(new() { User = "agent", ToneHz = 1033, AutoAnswer = true });

        var result = await Sipp.RunAsync(new() { Scenario = scenario, Target = phone.Address, User = "caller", Extension = "agent" });

        result.AssertPassed();
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_the_phone_that_rings()
    {
        await using var phone = await BaresipPhone.StartAsync(new() { User = "agent", ToneHz = 1033 });

        var result = await Sipp.RunAsync(new() { Scenario = "cancel", Target = phone.Address, User = "caller", Extension = "agent" });

        result.AssertPassed();
        await phone.WaitClosedAsync();
    }

    [Fact]
    public async Task A_refused_call_closes_with_its_reason()
    {
        await using var caller = await BaresipPhone.StartAsync(new() { User = "caller", ToneHz = 437 });
        await using var agent = await BaresipPhone.StartAsync(new() { User = "agent", ToneHz = 1033 });

        await caller.DialAsync(agent.Uri);
        await agent.WaitIncomingAsync();
        await agent.HangUpAsync();

        Assert.StartsWith("486", (await caller.WaitClosedAsync()).Param, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_that_meets_another_answer_fails()
    {
        await using var phone = await BaresipPhone.StartAsync(new() { User = "agent", ToneHz = 1033, AutoAnswer = true });

        var result = await Sipp.RunAsync(new() { Scenario = "call-refused", Target = phone.Address, User = "caller", Extension = "agent" });

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("unexpected message", result.Errors, StringComparison.OrdinalIgnoreCase);
    }
}

using CallCenterKit.Hosting;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Offers;

/// <summary>An agent at a mobile presses 1 before the caller is put through.</summary>
public sealed class ConfirmationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Whoever_presses_1_gets_the_caller()
    {
        await using var center = await TestCenter.StartAsync(AliceConfirms);
        var phone = await AliceAnswersAsync(center);
        var caller = center.Dial("500");
        var call = await AnsweredAsync(center, phone);
        await center.AdvanceAsync(3);
        Assert.True(call.Heard.ToneLevel(Sounds.Confirm) > -20);
        Assert.Equal(AgentState.Ringing, center.StateOf("alice"));

        await PressAsync(center, call, "21");
        await center.AdvanceAsync(4);
        Assert.True(caller.Heard.ToneLevel(Sounds.Alice, Second) > -20);
        Assert.True(call.Heard.ToneLevel(Sounds.Confirm, Second) < -60);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal(new AgentId("alice"), record.Agent);
        Assert.InRange(record.Talk.TotalSeconds, 4, 4.5);
    }

    [Fact]
    public async Task A_voicemail_that_answers_never_gets_the_caller()
    {
        await using var center = await TestCenter.StartAsync(AliceConfirms);
        var phone = await AliceAnswersAsync(center);
        await center.BobAsync(new() { Talk = Second });
        var caller = center.Dial("500");
        var call = await AnsweredAsync(center, phone);

        Assert.Equal(ScriptedCallEnd.HungUpThere, await center.RunAsync(() => call.Ended));
        await center.RunAsync(() => caller.Ended);
        var record = await center.SettleOneAsync();

        Assert.Equal([OfferEnd.NoAnswer, OfferEnd.Answered], center.Events<OfferEnded>().Select(ended => ended.End));
        Assert.Equal(new AgentId("bob"), Assert.Single(record.Legs).Agent);
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
    }

    [Fact]
    public async Task Whoever_hangs_up_instead_has_not_taken_the_call()
    {
        await using var center = await TestCenter.StartAsync(AliceConfirms);
        var phone = await AliceAnswersAsync(center);
        await center.BobAsync(new() { Talk = Second });
        var caller = center.Dial("500");
        var call = await AnsweredAsync(center, phone);
        await center.AdvanceAsync(2);

        await center.RunAsync(call.HangUpAsync);
        await center.RunAsync(() => caller.Ended);
        var record = await center.SettleOneAsync();

        Assert.Equal([OfferEnd.NoAnswer, OfferEnd.Answered], center.Events<OfferEnded>().Select(ended => ended.End));
        Assert.Equal((2, CallRecordEnding.Completed), (record.Offers, record.Ending));
    }

    [Fact]
    public async Task A_caller_who_leaves_before_the_key_ends_the_asking()
    {
        await using var center = await TestCenter.StartAsync(AliceConfirms);
        var phone = await AliceAnswersAsync(center);
        var caller = center.Dial("500");
        var call = await AnsweredAsync(center, phone);
        await center.AdvanceAsync(2);

        await center.RunAsync(caller.HangUpAsync);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await center.RunAsync(() => call.Ended));
        var record = await center.SettleOneAsync();

        Assert.Equal(CallRecordEnding.Abandoned, record.Ending);
        Assert.Equal(AgentState.Available, center.StateOf("alice"));
    }

    private static void AliceConfirms(CallCenterBuilder cc) => cc.Configure(options =>
    {
        options.Agents["alice"].Confirm = true;
        options.ConfirmPrompt = "confirm.wav";
    });

    private static async Task<ScriptedPhone> AliceAnswersAsync(TestCenter center)
    {
        var phone = center.World.Extension("101", PhoneVoice.Tone(Sounds.Alice));
        Assert.IsType<ScriptedRegistrationOutcome.Registered>(await center.RunAsync(() => phone.RegisterAsync()));
        return phone;
    }

    private static Task<ScriptedCall> AnsweredAsync(TestCenter center, ScriptedPhone phone) => center.RunAsync(async () =>
    {
        var call = await phone.NextCallAsync();
        Assert.True(await call.AnswerAsync());
        return call;
    });

    private static Task<bool> PressAsync(TestCenter center, ScriptedCall call, string digits) => center.RunAsync(async () =>
    {
        await call.SendDigitsAsync(digits);
        return true;
    });
}

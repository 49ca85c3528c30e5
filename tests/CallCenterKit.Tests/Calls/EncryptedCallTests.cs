using CallCenterKit.Media.Srtp;
using CallCenterKit.Records;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Calls;

/// <summary>Phones that encrypt, with an SRTP of their own that shares no line with the center's.</summary>
public sealed class EncryptedCallTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.3);

    [Theory]
    [InlineData(PhoneEncryption.Offered)]
    [InlineData(PhoneEncryption.Required)]
    public async Task A_caller_who_encrypts_and_an_agent_who_does_not_hear_each_other(PhoneEncryption encryption)
    {
        await using var center = await TestCenter.StartAsync();
        var alice = await center.AliceAsync();
        var phone = center.World.Extension("201", PhoneVoice.Tone(Sounds.Customer), encryption);

        var call = phone.Dial("500");
        await center.AdvanceAsync(10);
        Assert.Equal(200, await center.RunAsync(call.HoldAsync));
        Assert.Equal(200, await center.RunAsync(call.ResumeAsync));
        await center.AdvanceAsync(1);

        Assert.True(call.IsEncrypted);
        Assert.False(alice.Calls[0].IsEncrypted);
        Assert.True(call.Heard.ToneLevel(Sounds.Alice, Moment) > -20);
        Assert.True(alice.Calls[0].Heard.ToneLevel(Sounds.Customer, Moment) > -20);
        await center.RunAsync(call.HangUpAsync);
        Assert.Equal(CallRecordEnding.Completed, (await center.SettleOneAsync()).Ending);
    }

    [Theory]
    [InlineData(SrtpPolicy.Required, CallRecordEnding.Completed)]
    [InlineData(null, CallRecordEnding.EndedInFlow)]
    public async Task A_phone_that_takes_nothing_else_is_reached_when_its_extension_says_so(SrtpPolicy? policy, CallRecordEnding ending)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Configure(options => options.Extensions["201"].Srtp = policy));
        await using var callee = new ScriptedAgent(center.World.Extension("201", PhoneVoice.Tone(Sounds.Alice), PhoneEncryption.Required), new() { Talk = TimeSpan.FromSeconds(5) });
        await center.RunAsync(callee.StartAsync);
        var caller = center.World.Extension("101", PhoneVoice.Tone(Sounds.Customer));

        var outcome = await center.RunAsync(() => caller.CallAsync("201"));
        await center.AdvanceAsync(10);

        Assert.Equal(ending, (await center.SettleOneAsync()).Ending);
        Assert.Equal(policy is not null, outcome is ScriptedCallOutcome.Answered);
        Assert.Equal(policy is not null, callee.Calls.Single().IsEncrypted);
    }
}

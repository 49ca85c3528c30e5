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
}

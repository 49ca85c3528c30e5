namespace CallCenterKit.Tests.Interop;

/// <summary>A real softphone that encrypts what it says, and one that does not.</summary>
[Collection(InteropCollection.Name)]
public class EncryptedCallTests
{
    private const int CallerHz = 437;
    private const int CalleeHz = 1033;

    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("srtp")]
    [InlineData("srtp-mand")]
    public async Task A_phone_that_encrypts_and_one_that_does_not_hear_each_other(string encryption)
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await BaresipPhone.StartAsync(new()
        {
            User = "100",
            Password = PbxFixture.PasswordOf("100"),
            Registrar = pbx.Address,
            ToneHz = CallerHz,
            MediaEncryption = encryption,
        });
        await caller.WaitRegisteredAsync();
        await using var callee = await pbx.StartPhoneAsync("201", CalleeHz, autoAnswer: true);

        await caller.DialAsync(pbx.UriOf("201"));
        await Task.WhenAll(caller.WaitEstablishedAsync(), callee.WaitEstablishedAsync());
        await Task.Delay(Talk, TimeProvider.System);
        await caller.HoldAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        await caller.ResumeAsync();
        await Task.Delay(Talk, TimeProvider.System);
        await caller.HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), callee.WaitClosedAsync());

        var least = Talk - TimeSpan.FromSeconds(0.5);
        Tones.AssertHolds((await caller.StopAndListenAsync())[^1], 0, CalleeHz, CallerHz, least);
        var wholeCall = Assert.Single(await callee.StopAndListenAsync());
        Assert.True(Tones.Measure(wholeCall, 0, CallerHz).Length > 2 * least);
    }
}

namespace CallCenterKit.Testing.Phones;

public sealed class EncryptedCallTests
{
    [Theory]
    [InlineData(PhoneEncryption.None, PhoneEncryption.None, false)]
    [InlineData(PhoneEncryption.Offered, PhoneEncryption.None, false)]
    [InlineData(PhoneEncryption.None, PhoneEncryption.Offered, false)]
    [InlineData(PhoneEncryption.Offered, PhoneEncryption.Offered, true)]
    [InlineData(PhoneEncryption.Offered, PhoneEncryption.Required, true)]
    [InlineData(PhoneEncryption.Required, PhoneEncryption.Offered, true)]
    public async Task Both_hear_each_other_and_encrypt_when_both_can(PhoneEncryption alice, PhoneEncryption bob, bool isEncrypted)
    {
        await using var phones = Phones(alice, bob);
        var (caller, called) = await phones.ConnectAsync();

        await phones.PassAsync(2);
        Assert.Equal(200, await phones.UntilAsync(caller.HoldAsync()));
        Assert.Equal(200, await phones.UntilAsync(caller.ResumeAsync()));
        await phones.PassAsync(2);

        Assert.Equal((isEncrypted, isEncrypted), (caller.IsEncrypted, called.IsEncrypted));
        Assert.Equal(-10, caller.Heard.ToneLevel(1000), tolerance: 0.5);
        Assert.Equal(-10, called.Heard.ToneLevel(440), tolerance: 0.5);
    }

    [Theory]
    [InlineData(PhoneEncryption.Required, PhoneEncryption.None)]
    [InlineData(PhoneEncryption.None, PhoneEncryption.Required)]
    public async Task Who_must_encrypt_and_who_can_not_do_not_come_together(PhoneEncryption alice, PhoneEncryption bob)
    {
        await using var phones = Phones(alice, bob);
        var caller = phones.Alice.Dial(phones.Bob.Contact);
        var called = await phones.UntilAsync(phones.Bob.NextCallAsync());

        Assert.False(await phones.UntilAsync(called.AnswerAsync()));

        Assert.Equal(new ScriptedCallOutcome.Failed(488, "Not Acceptable Here"), await phones.UntilAsync(caller.Outcome));
    }

    private static TwoPhones Phones(PhoneEncryption alice, PhoneEncryption bob) =>
        new(alice: TwoPhones.AliceOptions with { Encryption = alice }, bob: TwoPhones.BobOptions with { Encryption = bob });
}

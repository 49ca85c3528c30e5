namespace CallCenterKit.Sip.Tests;

public sealed class SipOptionsValidatorTests
{
    [Fact]
    public void Defaults_are_valid() => Assert.True(new SipOptionsValidator().Validate(null, new()).Succeeded);

    public static TheoryData<Action<SipOptions>, string> Mistakes => new()
    {
        { options => options.Listen.Add("everywhere"), "Listen 'everywhere'" },
        { options => { options.Listen.Add("127.0.0.1:5060"); options.Listen.Add("127.0.0.1:5060"); }, "'127.0.0.1:5060' must be named once" },
        { options => options.Listen.Add("sctp:127.0.0.1:5060"), "Listen 'sctp:127.0.0.1:5060'" },
        { options => options.Listen.Add("192.0.2.1"), "Listen '192.0.2.1' must be an address and a port" },
        { options => { options.Listen.Add("127.0.0.1:5060"); options.Listen.Add("UDP:127.0.0.1:5060"); }, "'UDP:127.0.0.1:5060' must be named once" },
        { options => options.Listen.Add("tls:0.0.0.0:5061"), "Tls.CertificateFile '' must name a certificate, since Listen has 'tls:0.0.0.0:5061'" },
        { options => options.Tls.KeyFile = "own.key", "Tls.KeyFile 'own.key' needs a Tls.CertificateFile" },
        { options => (options.Tls.Password, options.Tls.PasswordFile) = ("hunter2", "secret"), "a Password or a PasswordFile, not both ('secret')" },
        { options => options.Tls.RequireClientCertificates = true, "Tls.RequireClientCertificates 'True'" },
        { options => options.Networks.Add(new() { Network = "10.0.0.0/33", AdvertisedAddress = "10.0.0.5" }), "Network '10.0.0.0/33'" },
        { options => options.Networks.Add(new() { Network = "10.0.0.0/8", AdvertisedAddress = "2001:db8::5" }), "AdvertisedAddress '2001:db8::5'" },
        { options => options.Networks.Add(new() { Network = "10.0.0.0/8", AdvertisedAddress = "10.0.0.5", AdvertisedPort = 0 }), "AdvertisedPort '0'" },
        { options => { options.Listen.Add("10.0.0.1:5060"); options.Networks.Add(new() { Network = "10.0.0.0/8", AdvertisedAddress = "10.0.0.5", ListenAddress = "10.0.0.5" }); }, "ListenAddress '10.0.0.5' must be an address of Listen" },
        { options => { options.Networks.Add(new() { Network = "10.0.0.0/8", AdvertisedAddress = "10.0.0.5" }); options.Networks.Add(new() { Network = "10.0.0.0/8", AdvertisedAddress = "10.0.0.6" }); }, "Network '10.0.0.0/8' must be named once" },
        { options => options.Dscp = 64, "Dscp '64'" },
        { options => options.Streams.MaxMessageBytes = 70_000, "Streams.MaxMessageBytes '70000'" },
        { options => options.Streams.ConnectTimeout = TimeSpan.Zero, "Streams.ConnectTimeout '00:00:00'" },
        { options => options.Streams.IdleTimeout = TimeSpan.FromMinutes(30), "Streams.IdleTimeout 00:30:00 must not be under MaxRegistration 01:00:00" },
        { options => options.AdvertisedAddress = "pbx.example.com", "AdvertisedAddress 'pbx.example.com'" },
        { options => options.Codecs.Add("G729"), "Codecs 'G729' must be one of PCMA, PCMU, G722, L16/8000, L16/16000" },
        { options => options.Realm = "", "Realm" },
        { options => options.Realm = "a\"b", "quotes" },
        { options => options.Workers = 65, "Workers '65'" },
        { options => options.Timers.T1 = TimeSpan.Zero, "Timers.T1" },
        { options => options.Timers.T2 = TimeSpan.FromMilliseconds(100), "must not be under Timers.T1" },
        { options => options.DefaultRegistration = TimeSpan.FromSeconds(30), "DefaultRegistration 00:00:30" },
        { options => options.Accounts.Add(new() { Endpoint = "", Password = "x" }), "Endpoint must have 1 to 128" },
        { options => options.Accounts.Add(new() { Endpoint = "a", Password = "x", Ha1 = new('a', 32) }), "a Password or a Ha1, not both" },
        { options => options.Accounts.Add(new() { Endpoint = "a", Ha1 = "12" }), "32 hexadecimal digits" },
        { options => options.Accounts.Add(new() { Endpoint = "a", Ha1Sha256 = new('a', 32) }), "64 hexadecimal digits" },
        { options => options.Accounts.Add(new() { Endpoint = "a", Password = "x", Ha1Sha256 = new('a', 64) }), "a Password or a Ha1, not both" },
        { options => options.DigestAlgorithms = SipDigestAlgorithms.None, "DigestAlgorithms 'None'" },
        { options => options.DigestAlgorithms = (SipDigestAlgorithms)4, "DigestAlgorithms '4'" },
        { options => { options.DigestAlgorithms = SipDigestAlgorithms.Sha256; options.Accounts.Add(new() { Endpoint = "a", Ha1 = new('a', 32) }); }, "a secret for Md5 only" },
        { options => options.QualifyInterval = TimeSpan.FromMilliseconds(500), "QualifyInterval 00:00:00.5" },
        { options => options.QualifyTimeout = TimeSpan.FromSeconds(33), "QualifyTimeout '00:00:33'" },
        { options => options.MaxSubscription = TimeSpan.FromSeconds(30), "MaxSubscription 00:00:30" },
        { options => options.Accounts.Add(new() { Endpoint = "a", Password = "x", Contact = "sip:a@phone.local" }), "Contact 'sip:a@phone.local'" },
        { options => { options.Accounts.Add(new() { Endpoint = "a", Password = "x" }); options.Accounts.Add(new() { Endpoint = "b", User = "a", Password = "x" }); }, "User 'a' must be named once" },
        { options => options.TrustedPeers.Add(new() { Name = "t", Address = "trunk.example.com" }), "Address 'trunk.example.com'" },
        { options => options.Dns.Servers.Add("dns.example.com"), "Dns.Servers 'dns.example.com'" },
        { options => options.Dns.Attempts = 0, "Dns.Attempts '0'" },
        { options => options.Dns.MaxLife = TimeSpan.FromSeconds(2), "must not be over Dns.MaxLife" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_is_named_with_its_value(Action<SipOptions> mistake, string expected)
    {
        var options = new SipOptions();
        mistake(options);

        var result = new SipOptionsValidator().Validate(null, options);

        Assert.True(result.Failed);
        Assert.Contains(result.Failures, failure => failure.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void No_message_and_no_text_holds_a_secret()
    {
        var account = new SipAccountOptions { Endpoint = "", Password = "hunter2", Ha1 = "hunter3" };
        var options = new SipOptions();
        options.Accounts.Add(account);
        (options.Tls.Password, options.Tls.PasswordFile) = ("hunter4", "file");

        Assert.DoesNotContain("hunter", new SipOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", account.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", options.Tls.ToString(), StringComparison.Ordinal);
    }
}

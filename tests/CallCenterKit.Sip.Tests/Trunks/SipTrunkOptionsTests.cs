namespace CallCenterKit.Sip.Tests.Trunks;

public sealed class SipTrunkOptionsTests
{
    private static SipOptions With(Action<SipTrunkOptions> change)
    {
        var options = new SipOptions();
        var trunk = new SipTrunkOptions { Name = "t", Host = "sip.carrier.example" };
        change(trunk);
        options.Trunks.Add(trunk);
        return options;
    }

    public static TheoryData<Action<SipTrunkOptions>> Good => new()
    {
        _ => { },
        trunk => trunk.Host = "[2001:db8::7]:5060",
        trunk => { trunk.User = "a"; trunk.Password = "b"; trunk.Register = true; trunk.Transport = Sip.Transport.SipTransportProtocol.Tls; },
        trunk => trunk.HealthInterval = TimeSpan.Zero,
        trunk => { trunk.CallerId = "4930"; trunk.AllowedCallerIds.Add("4930*"); trunk.Codecs.Add("pcma"); trunk.FailoverStatuses.Add("5xx"); },
        trunk => { trunk.Addresses.Add("192.0.2.0/24"); trunk.Addresses.Add("2001:db8::1"); trunk.Gateways.Add("gw2.example:5080"); },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Good_options_are_valid(Action<SipTrunkOptions> change) => Assert.True(new SipOptionsValidator().Validate(null, With(change)).Succeeded);

    public static TheoryData<Action<SipTrunkOptions>, string> Mistakes => new()
    {
        { trunk => trunk.Name = "", "Name ''" },
        { trunk => trunk.Host = "", "trunk 't': Host ''" },
        { trunk => trunk.Host = "sip:carrier.example", "Host 'sip:carrier.example'" },
        { trunk => trunk.Host = "carrier.example:99999", "Host 'carrier.example:99999'" },
        { trunk => trunk.Gateways.Add("a b"), "Gateways 'a b'" },
        { trunk => trunk.OutboundProxy = "<x>", "OutboundProxy '<x>'" },
        { trunk => { trunk.OutboundProxy = "p.example"; trunk.Gateways.Add("g.example"); }, "not stand together with Gateways" },
        { trunk => trunk.Domain = "c.example:5060", "Domain 'c.example:5060'" },
        { trunk => trunk.Transport = (Sip.Transport.SipTransportProtocol)9, "Transport '9' must be one of Udp, Tcp, Tls" },
        { trunk => trunk.User = "a\"b", "User 'a\"b'" },
        { trunk => trunk.Register = true, "Register 'true' must have a User" },
        { trunk => trunk.Password = "hunter2", "a Password must have a User" },
        { trunk => trunk.Expires = TimeSpan.FromSeconds(5), "trunk 't': Expires '00:00:05'" },
        { trunk => trunk.MaxRetryInterval = TimeSpan.FromSeconds(2), "MaxRetryInterval '00:00:02' must not be under RetryInterval" },
        { trunk => trunk.HealthInterval = TimeSpan.FromSeconds(1), "HealthInterval '00:00:01' must be zero, or between" },
        { trunk => trunk.Addresses.Add("carrier.example"), "Addresses 'carrier.example'" },
        { trunk => trunk.Priority = -1, "Priority '-1'" },
        { trunk => trunk.CallsPerSecond = -1, "CallsPerSecond '-1'" },
        { trunk => trunk.Codecs.Add("G729"), "Codecs 'G729' must be one of PCMA" },
        { trunk => trunk.AllowedCallerIds.Add("49*"), "AllowedCallerIds '49*' must have a CallerId" },
        { trunk => { trunk.CallerId = "1"; trunk.AllowedCallerIds.Add("*"); }, "AllowedCallerIds ''" },
        { trunk => trunk.CallerId = "49 30", "CallerId '49 30'" },
        { trunk => trunk.OutgoingNumberRules.Add("49"), "OutgoingNumberRules '49'" },
        { trunk => trunk.FailoverStatuses.Add("603"), "FailoverStatuses '603'" },
        { trunk => trunk.FailoverStatuses.Add("486"), "FailoverStatuses '486'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_is_named_with_its_value_and_no_secret(Action<SipTrunkOptions> mistake, string expected)
    {
        var result = new SipOptionsValidator().Validate(null, With(mistake));

        Assert.True(result.Failed);
        Assert.Contains(result.Failures, failure => failure.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain("hunter", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_is_given_once_only()
    {
        var options = With(_ => { });
        options.Trunks.Add(new() { Name = "t", Host = "other.example" });

        Assert.Contains("trunk 't': Name must be given once only", new SipOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }
}

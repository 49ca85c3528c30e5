using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Resolving;

/// <summary>The decisions of RFC 3263 §4.1 and §4.2.</summary>
public sealed class SipResolverTests
{
    private readonly Zone _zone = new();

    private async Task<string[]> HopsAsync(SipTarget target) => await ResolveAsync(target) is SipResolution.Found found
        ? [.. found.Hops.Select(hop => hop.ToString())]
        : [];

    private async Task<SipResolution> ResolveAsync(SipTarget target) => await new SipResolver(_zone, new(new Random(1))).ResolveAsync(target, default);

    [Theory]
    [InlineData("192.0.2.7", 0, null, false, "Udp 192.0.2.7:5060")]
    [InlineData("192.0.2.7", 5070, null, false, "Udp 192.0.2.7:5070")]
    [InlineData("192.0.2.7", 0, SipTransportProtocol.Tcp, false, "Tcp 192.0.2.7:5060")]
    [InlineData("192.0.2.7", 0, SipTransportProtocol.Tls, false, "Tls 192.0.2.7:5061")]
    [InlineData("192.0.2.7", 0, null, true, "Tls 192.0.2.7:5061")]
    [InlineData("192.0.2.7", 0, SipTransportProtocol.Tcp, true, "Tls 192.0.2.7:5061")]
    [InlineData("[2001:db8::7]", 0, null, false, "Udp [2001:db8::7]:5060")]
    [InlineData("2001:db8::7", 0, null, false, "Udp [2001:db8::7]:5060")]
    public async Task Numeric_host_is_its_own_answer(string host, int port, SipTransportProtocol? transport, bool secure, string hop)
    {
        Assert.Equal([hop], await HopsAsync(new(host) { Port = port, Transport = transport, IsSecure = secure }));
        Assert.Empty(_zone.Asked);
    }

    [Theory]
    [InlineData(null, false, "Udp")]
    [InlineData(SipTransportProtocol.Tcp, false, "Tcp")]
    [InlineData(null, true, "Tls")]
    public async Task Port_means_a_machine_so_only_addresses_are_asked_for(SipTransportProtocol? transport, bool secure, string protocol)
    {
        _zone.A("example.com", "192.0.2.1", "192.0.2.2").Aaaa("example.com", "2001:db8::1").Server("_sip._udp.example.com", 1, 1, 5060, "x.example.com");

        Assert.Equal(
            [$"{protocol} [2001:db8::1]:5080", $"{protocol} 192.0.2.1:5080", $"{protocol} 192.0.2.2:5080"],
            await HopsAsync(new("Example.com.") { Port = 5080, Transport = transport, IsSecure = secure }));
        Assert.Equal(["example.com Aaaa", "example.com A"], _zone.Asked);
    }

    [Fact]
    public async Task Naptr_names_the_transport_and_the_servers_by_order_and_preference()
    {
        _zone.Pointer("example.com", 100, 20, "SIP+D2U", "_sip._udp.example.com")
            .Pointer("example.com", 50, 90, "SIP+D2T", "_sip._tcp.example.com")
            .Pointer("example.com", 100, 10, "SIPS+D2T", "_sips._tcp.example.com")
            .Server("_sip._udp.example.com", 1, 1, 5060, "u.example.com").A("u.example.com", "192.0.2.1")
            .Server("_sip._tcp.example.com", 1, 1, 5070, "t.example.com").A("t.example.com", "192.0.2.2")
            .Server("_sips._tcp.example.com", 1, 1, 5071, "s.example.com").A("s.example.com", "192.0.2.3");

        Assert.Equal(["Tcp 192.0.2.2:5070", "Tls 192.0.2.3:5071", "Udp 192.0.2.1:5060"], await HopsAsync(new("example.com")));
        Assert.Equal(["Udp 192.0.2.1:5060"], await HopsAsync(new("example.com") { Protocols = [SipTransportProtocol.Udp] }));
        Assert.Equal(["Tls 192.0.2.3:5071"], await HopsAsync(new("example.com") { IsSecure = true }));
    }

    [Fact]
    public async Task Pointers_of_other_services_or_flags_are_passed_over()
    {
        _zone.Pointer("example.com", 1, 1, "E2U+sip", "_sip._udp.example.com").Pointer("example.com", 2, 1, "SIP+D2S", "_sip._sctp.example.com")
            .Pointer("example.com", 3, 1, "SIP+D2U", "a.example.com", flags: "a").Pointer("example.com", 4, 1, "sip+d2u", "_sip._udp.example.com", flags: "S")
            .Server("_sip._udp.example.com", 1, 1, 5060, "u.example.com").A("u.example.com", "192.0.2.1");

        Assert.Equal(["Udp 192.0.2.1:5060"], await HopsAsync(new("example.com")));
    }

    [Fact]
    public async Task Without_naptr_each_transport_is_asked_for_in_the_order_we_want_them()
    {
        _zone.Server("_sip._udp.example.com", 1, 1, 5060, "u.example.com").A("u.example.com", "192.0.2.1")
            .Server("_sips._tcp.example.com", 1, 1, 5061, "s.example.com").A("s.example.com", "192.0.2.3");

        Assert.Equal(["Udp 192.0.2.1:5060", "Tls 192.0.2.3:5061"], await HopsAsync(new("example.com")));
        Assert.Equal(["Tls 192.0.2.3:5061", "Udp 192.0.2.1:5060"], await HopsAsync(new("example.com") { Protocols = [SipTransportProtocol.Tls, SipTransportProtocol.Udp] }));
        Assert.Equal(["Tls 192.0.2.3:5061"], await HopsAsync(new("example.com") { IsSecure = true }));
    }

    [Fact]
    public async Task Transport_that_was_asked_for_skips_naptr()
    {
        _zone.Pointer("example.com", 1, 1, "SIP+D2U", "_sip._udp.example.com").Server("_sip._tcp.example.com", 1, 1, 5070, "t.example.com").A("t.example.com", "192.0.2.2");

        Assert.Equal(["Tcp 192.0.2.2:5070"], await HopsAsync(new("example.com") { Transport = SipTransportProtocol.Tcp }));
        Assert.DoesNotContain("example.com Naptr", _zone.Asked);
    }

    [Fact]
    public async Task Servers_come_by_priority_each_with_all_its_addresses()
    {
        _zone.Server("_sip._udp.example.com", 20, 1, 5060, "b.example.com").Server("_sip._udp.example.com", 10, 1, 5062, "a.example.com")
            .A("a.example.com", "192.0.2.1", "192.0.2.2").A("b.example.com", "192.0.2.3").Aaaa("a.example.com", "2001:db8::1");

        Assert.Equal(
            ["Udp [2001:db8::1]:5062", "Udp 192.0.2.1:5062", "Udp 192.0.2.2:5062", "Udp 192.0.2.3:5060"],
            await HopsAsync(new("example.com") { Transport = SipTransportProtocol.Udp }));
    }

    [Theory]
    [InlineData(null, false, "Udp 192.0.2.9:5060")]
    [InlineData(SipTransportProtocol.Tcp, false, "Tcp 192.0.2.9:5060")]
    [InlineData(SipTransportProtocol.Tls, false, "Tls 192.0.2.9:5061")]
    [InlineData(null, true, "Tls 192.0.2.9:5061")]
    public async Task Domain_without_servers_is_a_machine_itself(SipTransportProtocol? transport, bool secure, string hop)
    {
        _zone.A("example.com", "192.0.2.9");

        Assert.Equal([hop], await HopsAsync(new("example.com") { Transport = transport, IsSecure = secure }));
    }

    [Fact]
    public async Task Domain_that_denies_the_service_is_taken_at_its_word()
    {
        _zone.Server("_sip._udp.example.com", 0, 0, 0, "").A("example.com", "192.0.2.9");

        Assert.Contains("no such service", Assert.IsType<SipResolution.Failed>(await ResolveAsync(new("example.com"))).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Families_we_cannot_send_to_are_not_asked_for()
    {
        _zone.A("example.com", "192.0.2.9").Aaaa("example.com", "2001:db8::9");

        Assert.Equal(["Udp 192.0.2.9:5060"], await HopsAsync(new("example.com") { Port = 5060, UsesIPv6 = false }));
        Assert.Equal(["Udp [2001:db8::9]:5060"], await HopsAsync(new("example.com") { Port = 5060, UsesIPv4 = false }));
        Assert.Empty(await HopsAsync(new("2001:db8::9") { UsesIPv6 = false }));
    }

    [Fact]
    public async Task Certificate_is_to_name_the_domain_and_not_the_machine()
    {
        _zone.Server("_sips._tcp.example.com", 1, 1, 5061, "edge7.carrier.example").A("edge7.carrier.example", "192.0.2.3");

        var found = Assert.IsType<SipResolution.Found>(await ResolveAsync(new("example.com") { IsSecure = true }));
        Assert.Equal("example.com", found.Hops[0].HostName);
    }

    [Fact]
    public async Task Broken_step_is_passed_over_and_named_when_nothing_else_helps()
    {
        _zone.Broken("example.com", DnsType.Naptr).A("example.com", "192.0.2.9");
        Assert.Equal(["Udp 192.0.2.9:5060"], await HopsAsync(new("example.com")));

        _zone.Broken("example.org", DnsType.A);
        Assert.Equal("'example.org' is broken.", Assert.IsType<SipResolution.Failed>(await ResolveAsync(new("example.org"))).Why);
    }

    [Theory]
    [InlineData("exa mple.com")]
    [InlineData("")]
    [InlineData("a..b")]
    public async Task What_is_no_name_fails_with_a_reason(string host) =>
        Assert.Equal($"'{host}' is neither a name nor an address.", Assert.IsType<SipResolution.Failed>(await ResolveAsync(new(host))).Why);

    [Fact]
    public async Task Secure_target_over_udp_has_no_way() =>
        Assert.Contains("TLS", Assert.IsType<SipResolution.Failed>(await ResolveAsync(new("192.0.2.1") { IsSecure = true, Transport = SipTransportProtocol.Udp })).Why, StringComparison.Ordinal);
}

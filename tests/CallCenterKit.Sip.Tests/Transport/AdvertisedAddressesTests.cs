using System.Net;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;

namespace CallCenterKit.Sip.Tests.Transport;

/// <summary>By which address a peer is told to reach us.</summary>
public class AdvertisedAddressesTests
{
    private static readonly IPEndPoint Bound = IPEndPoint.Parse("192.0.2.1:5060");

    private static AdvertisedAddresses Create(Action<SipOptions>? configure = null)
    {
        var options = new SipOptions();
        configure?.Invoke(options);
        return new(options, new VirtualTimeProvider());
    }

    private static void Configure(SipOptions options)
    {
        options.AdvertisedAddress = "203.0.113.9";
        options.Networks.Add(new() { Network = "10.0.0.0/8", AdvertisedAddress = "10.0.0.5" });
        options.Networks.Add(new() { Network = "10.1.0.0/16", AdvertisedAddress = "10.1.0.5", AdvertisedPort = 15060, AdvertisedTlsPort = 15061 });
        options.Networks.Add(new() { Network = "2001:db8:1::/48", AdvertisedAddress = "2001:db8:1::5" });
    }

    [Theory]
    [InlineData("10.2.0.1", SipTransportProtocol.Udp, "10.0.0.5:5060")]
    [InlineData("10.1.0.1", SipTransportProtocol.Udp, "10.1.0.5:15060")]
    [InlineData("10.1.0.1", SipTransportProtocol.Tcp, "10.1.0.5:15060")]
    [InlineData("10.1.0.1", SipTransportProtocol.Tls, "10.1.0.5:15061")]
    [InlineData("198.51.100.7", SipTransportProtocol.Udp, "203.0.113.9:5060")]
    public void Network_with_the_longest_prefix_counts_then_the_advertised_address(string peer, SipTransportProtocol protocol, string expected)
    {
        var advertised = Create(Configure);

        for (var i = 0; i < 2; i++) Assert.Equal(expected, advertised.Find(protocol, Bound, IPAddress.Parse(peer)).ToString());
        Assert.Equal("203.0.113.9:5060", advertised.Find(protocol, Bound).ToString());
    }

    [Fact]
    public void Ipv6_peer_is_never_told_an_ipv4_address()
    {
        var advertised = Create(Configure);
        var bound = IPEndPoint.Parse("[2001:db8:2::1]:5060");

        Assert.Equal("[2001:db8:1::5]:5060", advertised.Find(SipTransportProtocol.Udp, bound, IPAddress.Parse("2001:db8:1::77")).ToString());
        Assert.Equal("[2001:db8:2::1]:5060", advertised.Find(SipTransportProtocol.Udp, bound, IPAddress.Parse("2001:db8:7::77")).ToString());
    }

    [Fact]
    public void Bound_address_is_told_when_nothing_else_is_asked_for() =>
        Assert.Same(Bound, Create().Find(SipTransportProtocol.Udp, Bound, IPAddress.Parse("198.51.100.7")));

    [Fact]
    public void Where_all_addresses_are_bound_the_route_to_the_peer_decides()
    {
        var any = new IPEndPoint(IPAddress.Any, 5060);

        Assert.Equal("127.0.0.1:5060", Create().Find(SipTransportProtocol.Udp, any, IPAddress.Parse("127.0.0.1")).ToString());
        Assert.NotEqual(IPAddress.Any, Create().Find(SipTransportProtocol.Udp, any, IPAddress.Parse("198.51.100.7")).Address);
        Assert.NotEqual(IPAddress.Any, Create().Find(SipTransportProtocol.Udp, any).Address);
    }

    [Fact]
    public void Answer_is_kept_for_a_minute_and_found_without_allocation()
    {
        var time = new VirtualTimeProvider();
        var options = new SipOptions();
        Configure(options);
        var advertised = new AdvertisedAddresses(options, time);
        var peer = IPAddress.Parse("10.2.0.1");
        var first = advertised.Find(SipTransportProtocol.Udp, Bound, peer);
        Assert.Same(first, advertised.Find(SipTransportProtocol.Udp, Bound, IPAddress.Parse("10.2.0.1")));

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotSame(first, advertised.Find(SipTransportProtocol.Udp, Bound, peer));
    }
}

using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transport;

public class SipListenAddressTests
{
    [Theory]
    [InlineData("192.0.2.1:5060", "udp:192.0.2.1:5060")]
    [InlineData("udp:0.0.0.0:0", "udp:0.0.0.0:0")]
    [InlineData("TCP:192.0.2.1:5060", "tcp:192.0.2.1:5060")]
    [InlineData("tls:[::]:5061", "tls:[::]:5061")]
    [InlineData("[2001:db8::1]:5060", "udp:[2001:db8::1]:5060")]
    public void Protocol_stands_before_the_address(string text, string expected)
    {
        Assert.True(SipListenAddress.TryParse(text, out var listen));
        Assert.Equal(expected, listen.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("5060")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    [InlineData("[2001:db8::1]")]
    [InlineData("sctp:192.0.2.1:5060")]
    [InlineData("tcp:tls:192.0.2.1:5060")]
    [InlineData("tls:pbx.example.com:5061")]
    [InlineData("192.0.2.1:65536")]
    public void Address_without_a_port_or_with_another_protocol_is_none(string text) => Assert.False(SipListenAddress.TryParse(text, out _));
}

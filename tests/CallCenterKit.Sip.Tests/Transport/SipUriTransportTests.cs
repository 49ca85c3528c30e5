using System.Text;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transport;

public class SipUriTransportTests
{
    [Theory]
    [InlineData("sip:a@192.0.2.1", SipTransportProtocol.Udp)]
    [InlineData("sip:a@192.0.2.1;transport=UDP", SipTransportProtocol.Udp)]
    [InlineData("sip:a@192.0.2.1;transport=tcp", SipTransportProtocol.Tcp)]
    [InlineData("sip:a@192.0.2.1;lr;transport=TLS", SipTransportProtocol.Tls)]
    [InlineData("sips:a@192.0.2.1", SipTransportProtocol.Tls)]
    [InlineData("sips:a@192.0.2.1;transport=tcp", SipTransportProtocol.Tls)]
    public void Uri_asks_for_a_protocol(string uri, SipTransportProtocol expected)
    {
        Assert.True(SipUri.TryParse(Encoding.ASCII.GetBytes(uri), out var parsed));
        Assert.True(SipUriTransport.TryFind(parsed, out var protocol));
        Assert.Equal(expected, protocol);
    }

    [Theory]
    [InlineData("sip:a@192.0.2.1;transport=sctp")]
    [InlineData("sip:a@192.0.2.1;transport=ws")]
    [InlineData("sips:a@192.0.2.1;transport=udp")]
    [InlineData("tel:+4930123456")]
    public void Protocol_that_is_not_spoken_is_none(string uri)
    {
        Assert.True(SipUri.TryParse(Encoding.ASCII.GetBytes(uri), out var parsed));
        Assert.False(SipUriTransport.TryFind(parsed, out _));
    }
}

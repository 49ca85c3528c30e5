using System.Net;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transport;

public class StreamAdmissionTests
{
    [Fact]
    public void Connections_of_one_address_are_limited_until_they_leave()
    {
        var admission = new StreamAdmission(10, 2);
        IPAddress first = IPAddress.Parse("192.0.2.1"), second = IPAddress.Parse("192.0.2.2");

        Assert.Null(admission.Enter(first));
        Assert.Null(admission.Enter(first));
        Assert.Contains("2 of its address", admission.Enter(first), StringComparison.Ordinal);
        Assert.Null(admission.Enter(second));
        admission.Leave(first);
        Assert.Null(admission.Enter(first));
    }

    [Fact]
    public void Ipv6_addresses_of_one_network_count_as_one()
    {
        var admission = new StreamAdmission(10, 1);

        Assert.Null(admission.Enter(IPAddress.Parse("2001:db8::1")));
        Assert.NotNull(admission.Enter(IPAddress.Parse("2001:db8::2")));
        Assert.Null(admission.Enter(IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void All_together_are_limited_too()
    {
        var admission = new StreamAdmission(2, 2);

        Assert.True(admission.TryEnter());
        Assert.Null(admission.Enter(IPAddress.Parse("192.0.2.1")));
        Assert.False(admission.TryEnter());
        Assert.Contains("2 already", admission.Enter(IPAddress.Parse("192.0.2.2")), StringComparison.Ordinal);
        admission.Leave();
        Assert.True(admission.TryEnter());
        Assert.Equal(2, admission.Count);
    }
}

using System.Net;
using System.Net.Sockets;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Testing;

/// <summary>Opens the SIP addresses of the driver under test on a <see cref="VirtualNetwork"/>.</summary>
/// <param name="network">Where UDP is.</param>
/// <param name="streams">Where TCP and TLS are; null: nowhere, and they are refused.</param>
public sealed class VirtualSipTransportFactory(VirtualNetwork network, VirtualStreamNetwork? streams = null) : ISipTransportFactory
{
    /// <inheritdoc />
    public ISipTransport Open(SipTransportProtocol protocol, IPEndPoint local, AdvertisedAddresses advertised)
    {
        if (protocol != SipTransportProtocol.Udp && streams is null)
            throw new NotSupportedException($"The virtual network knows UDP only; {protocol} at {local} needs a {nameof(VirtualStreamNetwork)}.");
        try
        {
            return protocol == SipTransportProtocol.Udp
                ? new VirtualSipTransport(network, local) { Advertised = advertised }
                : OpenStream(protocol, local, advertised);
        }
        catch (SocketException exception)
        {
            throw new IOException($"SIP can't bind {local} on the virtual network: {exception.Message}", exception);
        }
    }

    private VirtualStreamTransport OpenStream(SipTransportProtocol protocol, IPEndPoint local, AdvertisedAddresses advertised)
    {
        var transport = streams!.Open(protocol, local);
        transport.Advertised = advertised;
        return transport;
    }
}

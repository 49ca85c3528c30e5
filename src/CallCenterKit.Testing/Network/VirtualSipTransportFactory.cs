using System.Net;
using System.Net.Sockets;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Testing;

/// <summary>Opens the SIP addresses of the driver under test on a <see cref="VirtualNetwork"/>.</summary>
/// <param name="network">Where.</param>
public sealed class VirtualSipTransportFactory(VirtualNetwork network) : ISipTransportFactory
{
    /// <inheritdoc />
    /// <remarks>Advertises the bound address: there is no NAT on a virtual network.</remarks>
    public ISipTransport Open(IPEndPoint local, IPAddress? advertised)
    {
        try
        {
            return new VirtualSipTransport(network, local);
        }
        catch (SocketException exception)
        {
            throw new IOException($"SIP can't bind {local} on the virtual network: {exception.Message}", exception);
        }
    }
}

using System.Net;

namespace CallCenterKit.Sip.Transport;

/// <summary>Opens the transports of a driver when it starts.</summary>
public interface ISipTransportFactory
{
    /// <summary>Binds one address.</summary>
    /// <param name="protocol">What it carries messages by.</param>
    /// <param name="local">Address and port; port 0 takes a free one.</param>
    /// <param name="advertised">Tells what stands in Via and Contact in place of the bound address.</param>
    /// <exception cref="IOException">The address cannot be bound, or its certificate cannot be read; the message names it.</exception>
    /// <exception cref="NotSupportedException">The factory does not know this protocol; the message names both.</exception>
    ISipTransport Open(SipTransportProtocol protocol, IPEndPoint local, AdvertisedAddresses advertised);
}

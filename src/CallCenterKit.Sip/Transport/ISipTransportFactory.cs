using System.Net;

namespace CallCenterKit.Sip.Transport;

/// <summary>Opens the transports of a driver when it starts.</summary>
public interface ISipTransportFactory
{
    /// <summary>Binds one address.</summary>
    /// <param name="local">Address and port; port 0 takes a free one.</param>
    /// <param name="advertised">What stands in Via and Contact in place of the bound address; null for the bound one.</param>
    /// <exception cref="IOException">The address cannot be bound; the message names it.</exception>
    ISipTransport Open(IPEndPoint local, IPAddress? advertised);
}

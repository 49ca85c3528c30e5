using System.Net;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Sip.Transport;

/// <summary>Opens UDP sockets.</summary>
/// <param name="logger">Where receive errors go.</param>
internal sealed class UdpSipTransportFactory(ILogger logger) : ISipTransportFactory
{
    public ISipTransport Open(IPEndPoint local, IPAddress? advertised) => new UdpSipTransport(local, advertised, logger);
}

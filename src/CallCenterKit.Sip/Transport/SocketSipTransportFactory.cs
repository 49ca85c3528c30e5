using System.Net;

namespace CallCenterKit.Sip.Transport;

/// <summary>Opens sockets of the operating system.</summary>
internal sealed class SocketSipTransportFactory(SipTransportSettings settings) : ISipTransportFactory
{
    public ISipTransport Open(SipTransportProtocol protocol, IPEndPoint local, AdvertisedAddresses advertised) => protocol switch
    {
        SipTransportProtocol.Udp => new UdpSipTransport(local, advertised, settings),
        SipTransportProtocol.Tcp => new TcpSipTransport(local, advertised, settings),
        _ => new TlsSipTransport(local, advertised, settings),
    };
}

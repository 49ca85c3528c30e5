using System.Net;
using System.Net.Sockets;

namespace CallCenterKit.Sip.Transport;

/// <summary>SIP over TCP.</summary>
internal sealed class TcpSipTransport : StreamSipTransport
{
    /// <inheritdoc cref="UdpSipTransport(IPEndPoint, AdvertisedAddresses, SipTransportSettings)" />
    internal TcpSipTransport(IPEndPoint local, AdvertisedAddresses advertised, SipTransportSettings settings)
        : base(SipTransportProtocol.Tcp, local, advertised, settings)
    {
    }

    public override ISipTransport For(string hostName) => this;

    internal override ValueTask<Stream> SecureAsync(Socket socket, StreamConnection connection) =>
        new(new NetworkStream(socket, ownsSocket: false));
}

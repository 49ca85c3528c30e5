using System.Net;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Testing;

/// <summary>SIP of the stack under test over a <see cref="VirtualNetwork"/>, as if it were UDP.</summary>
public sealed class VirtualSipTransport : ISipTransport
{
    private readonly IDatagramEndpoint _endpoint;
    private volatile ISipTransportSink? _sink;

    /// <summary>Opens the port. Until <see cref="Start"/> what arrives is lost.</summary>
    /// <param name="network">Where.</param>
    /// <param name="local">An invented address, not the unspecified one; port 0 takes a free one.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address is in use.</exception>
    public VirtualSipTransport(VirtualNetwork network, IPEndPoint local)
    {
        ArgumentNullException.ThrowIfNull(network);
        _endpoint = network.Open(local, OnDatagram);
    }

    /// <inheritdoc />
    public SipTransportProtocol Protocol => SipTransportProtocol.Udp;

    /// <inheritdoc />
    public IPEndPoint LocalEndPoint => _endpoint.LocalEndPoint;

    /// <inheritdoc />
    public IPEndPoint AdvertisedEndPoint => Advertised?.Find(Protocol, LocalEndPoint) ?? LocalEndPoint;

    /// <summary>Tells the address for Via and Contact; null for the bound one.</summary>
    public AdvertisedAddresses? Advertised { get; set; }

    /// <inheritdoc />
    public IPEndPoint AdvertisedTo(IPAddress peer) => Advertised?.Find(Protocol, LocalEndPoint, peer) ?? LocalEndPoint;

    /// <inheritdoc />
    public void Start(ISipTransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        _sink = sink;
    }

    /// <inheritdoc />
    public bool Send(ReadOnlySpan<byte> message, IPEndPoint destination)
    {
        _endpoint.Send(message, destination);
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _sink = null;
        _ = _endpoint.DisposeAsync().AsTask();                      // of a virtual network: done when it returns
    }

    private void OnDatagram(ReadOnlyMemory<byte> datagram, IPEndPoint from) => _sink?.OnReceived(this, datagram.Span, from);
}

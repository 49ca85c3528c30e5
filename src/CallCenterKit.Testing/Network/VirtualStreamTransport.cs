using System.Net;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Testing;

/// <summary>SIP over the connections of a <see cref="VirtualStreamNetwork"/>: for the stack under test, and for a phone that a test writes.</summary>
public sealed class VirtualStreamTransport : ISipTransport
{
    private readonly VirtualStreamNetwork _network;
    private volatile ISipTransportSink? _sink;

    internal VirtualStreamTransport(VirtualStreamNetwork network, SipTransportProtocol protocol, IPEndPoint local)
    {
        _network = network;
        Protocol = protocol;
        LocalEndPoint = local;
    }

    /// <inheritdoc />
    public SipTransportProtocol Protocol { get; }

    /// <inheritdoc />
    public IPEndPoint LocalEndPoint { get; }

    /// <inheritdoc />
    public IPEndPoint AdvertisedEndPoint => Advertised?.Find(Protocol, LocalEndPoint) ?? LocalEndPoint;

    /// <summary>Tells the address for Via and Contact; null for the bound one.</summary>
    public AdvertisedAddresses? Advertised { get; set; }

    internal ISipTransportSink? Sink => _sink;

    /// <inheritdoc />
    public IPEndPoint AdvertisedTo(IPAddress peer) => Advertised?.Find(Protocol, LocalEndPoint, peer) ?? LocalEndPoint;

    /// <inheritdoc />
    public void Start(ISipTransportSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        _sink = sink;
    }

    /// <inheritdoc />
    /// <remarks>Where nobody listens, <see cref="ISipTransportSink.OnClosed"/> tells after <see cref="VirtualStreamNetwork.Delay"/>.</remarks>
    public bool Send(ReadOnlySpan<byte> message, IPEndPoint destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return _network.Send(this, message, destination, connect: true);
    }

    /// <inheritdoc />
    public bool SendIfConnected(ReadOnlySpan<byte> message, IPEndPoint destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return _network.Send(this, message, destination, connect: false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _sink = null;
        _network.Close(this);
    }
}

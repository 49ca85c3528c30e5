using System.Collections.Concurrent;
using System.Net;
using CallCenterKit.Media.Engine;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;

namespace CallCenterKit.Tests.Hosting;

/// <summary>The ports of one center on the virtual network; they can be cut off all at once.</summary>
internal sealed class VirtualTransports(VirtualNetwork network) : ISipTransportFactory, IRtpTransportFactory
{
    private readonly VirtualSipTransportFactory _sip = new(network);
    private readonly VirtualRtpTransportFactory _rtp = new(network);
    private readonly ConcurrentQueue<IDisposable> _opened = new();

    public ISipTransport Open(SipTransportProtocol protocol, IPEndPoint local, AdvertisedAddresses advertised)
    {
        var transport = _sip.Open(protocol, local, advertised);
        _opened.Enqueue(transport);
        return transport;
    }

    public RtpTransportPair? Open(IPEndPoint rtp)
    {
        if (_rtp.Open(rtp) is not { } pair)
            return null;
        _opened.Enqueue(pair.Rtp);
        _opened.Enqueue(pair.Rtcp);
        return pair;
    }

    /// <summary>Nothing is sent or received any more.</summary>
    public void Cut()
    {
        foreach (var transport in _opened)
            transport.Dispose();
    }
}

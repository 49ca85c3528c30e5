using System.Net;

namespace CallCenterKit.Sip.Transport;

/// <summary>Carries SIP messages over one local address and port.</summary>
public interface ISipTransport : IDisposable
{
    /// <summary>Written into Via; decides whether the transactions retransmit.</summary>
    SipTransportProtocol Protocol { get; }

    /// <summary>The address and port bound; the port is known even when 0 was asked for.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>What stands in Via and Contact: never the unspecified address.</summary>
    IPEndPoint AdvertisedEndPoint => LocalEndPoint;

    /// <summary>What stands in Via and Contact of a message to this peer: networks may know us by different addresses.</summary>
    IPEndPoint AdvertisedTo(IPAddress peer) => AdvertisedEndPoint;

    /// <summary>What it has done since it started. Any thread.</summary>
    SipTransportCounts Counts => default;

    /// <summary>Starts to receive. Once.</summary>
    /// <param name="sink">Called on the transport's own thread, one message after another.</param>
    void Start(ISipTransportSink sink);

    /// <summary>Sends one message. Any thread; does not block.</summary>
    /// <returns>False when the network refused it, which the transaction takes for a transport error (RFC 3261 §8.1.3.1).</returns>
    bool Send(ReadOnlySpan<byte> message, IPEndPoint destination);
}

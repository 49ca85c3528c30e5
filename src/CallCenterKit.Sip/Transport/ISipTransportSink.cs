using System.Net;

namespace CallCenterKit.Sip.Transport;

/// <summary>Takes what a transport receives.</summary>
public interface ISipTransportSink
{
    /// <summary>Takes one datagram, or one message of a stream. Copies what it keeps; never throws.</summary>
    /// <param name="transport">Which one received it.</param>
    /// <param name="datagram">Valid during the call only.</param>
    /// <param name="source">Not changed afterwards by anybody, so it may be kept.</param>
    void OnReceived(ISipTransport transport, ReadOnlySpan<byte> datagram, IPEndPoint source);

    /// <summary>
    /// The connection to the peer is gone, or could not be made: what was queued for it is lost, and whoever registered over it
    /// is no longer reachable by it (RFC 5626 §4.2). Never for datagrams. Any thread; never throws.
    /// </summary>
    void OnClosed(ISipTransport transport, IPEndPoint peer)
    {
    }
}

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

    /// <summary>
    /// Sends one message: a datagram, or over the connection with that peer, whoever opened it; one is opened when there is none.
    /// Messages to one peer keep their order. Any thread; does not block.
    /// </summary>
    /// <returns>
    /// False when it can be told at once that it is not sent, which the transaction takes for a transport error (RFC 3261 §8.1.3.1).
    /// What becomes known of a connection later comes as <see cref="ISipTransportSink.OnClosed"/>.
    /// </returns>
    bool Send(ReadOnlySpan<byte> message, IPEndPoint destination);

    /// <summary>Sends one message as <see cref="Send"/> does, but never opens a connection: what a response needs (RFC 3261 §18.2.2).</summary>
    /// <returns>False also when there is no connection with that peer.</returns>
    bool SendIfConnected(ReadOnlySpan<byte> message, IPEndPoint destination) => Send(message, destination);

    /// <summary>
    /// The same transport for a peer that goes by this name: connections opened through it verify the certificate against the
    /// name, and tell it to the peer (RFC 5922 §7.2). What arrives over them has this as its transport. Cheap; equal for equal names.
    /// </summary>
    /// <param name="hostName">As the URI or the configuration has it, before it was resolved.</param>
    /// <returns>Itself, where names do not matter. Not to be started nor disposed of.</returns>
    ISipTransport For(string hostName) => this;
}

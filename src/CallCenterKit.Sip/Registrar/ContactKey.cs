using System.Net;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Registrar;

/// <summary>Names one contact of one endpoint.</summary>
/// <param name="Endpoint">Whose.</param>
/// <param name="Uri">As the phone, or the configuration, wrote it.</param>
/// <param name="IsFixed">It is configured; a phone may register the same URI beside it.</param>
internal readonly record struct ContactKey(EndpointId Endpoint, string Uri, bool IsFixed);

/// <summary>The way packets of a contact take: a connection, or the two sockets of datagrams (a flow, RFC 5626 §3).</summary>
internal readonly record struct ContactFlow(SipTransportProtocol Protocol, IPEndPoint Peer);

using System.Net;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Resolving;

/// <summary>One place to send to.</summary>
/// <param name="Protocol">By what.</param>
/// <param name="EndPoint">Where; the port is never 0.</param>
/// <param name="HostName">What the certificate must name: the domain that was looked up, not the machine it led to (RFC 5922 §7.2).</param>
public sealed record SipHop(SipTransportProtocol Protocol, IPEndPoint EndPoint, string HostName)
{
    /// <summary>Protocol and socket.</summary>
    public override string ToString() => $"{Protocol} {EndPoint}";
}

using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Transport;

/// <summary>Which protocol a URI asks for (RFC 3261 §19.1.1, §26.2.2; without NAPTR and SRV, RFC 3263 §4.1).</summary>
internal static class SipUriTransport
{
    /// <summary>sips: is TLS; otherwise what <c>transport</c> says, and UDP when it says nothing.</summary>
    /// <returns>False for protocols we do not speak, and for URIs that are neither sip: nor sips:.</returns>
    internal static bool TryFind(SipUri uri, out SipTransportProtocol protocol)
    {
        protocol = uri.Scheme == SipUriScheme.Sips ? SipTransportProtocol.Tls : SipTransportProtocol.Udp;
        if (uri.Scheme is not (SipUriScheme.Sip or SipUriScheme.Sips)) return false;
        if (!uri.Parameters.TryGet("transport"u8, out var name) || name.IsEmpty) return true;
        if (SipText.EqualsIgnoreCase(name, "tls"u8)) protocol = SipTransportProtocol.Tls;
        else if (SipText.EqualsIgnoreCase(name, "tcp"u8)) protocol = uri.Scheme == SipUriScheme.Sips ? SipTransportProtocol.Tls : SipTransportProtocol.Tcp;
        else return SipText.EqualsIgnoreCase(name, "udp"u8) && uri.Scheme == SipUriScheme.Sip;
        return true;
    }

    /// <summary>Where a peer listens whose address names no port (RFC 3261 §19.1.2).</summary>
    internal static int DefaultPort(SipTransportProtocol protocol) => protocol == SipTransportProtocol.Tls ? 5061 : 5060;
}

using System.Net;
using System.Text;
using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Registrar;

/// <summary>Where the URI of a contact leads by itself.</summary>
/// <param name="Address">Null when its host is a name, or its transport is none of ours.</param>
/// <param name="Protocol">Null when it names none.</param>
internal readonly record struct ContactUri(IPEndPoint? Address, SipTransportProtocol? Protocol)
{
    private const int DefaultTlsPort = 5061;

    /// <summary>Host, port and transport of a sip: or sips: URI (RFC 3261 §19.1.1, §19.1.2).</summary>
    public static ContactUri Read(string uri)
    {
        if (!SipUri.TryParse(Encoding.UTF8.GetBytes(uri), out var parsed) || parsed.Scheme is not (SipUriScheme.Sip or SipUriScheme.Sips)
            || !TryReadProtocol(parsed, out var protocol))
        {
            return default;
        }
        var port = parsed.Port != 0 ? parsed.Port : protocol == SipTransportProtocol.Tls ? DefaultTlsPort : SipAddress.DefaultPort;
        return new(SipHostPort.TryParseAddress(parsed.Host, out var address) ? new(address, port) : null, protocol);
    }

    /// <summary>Whether both lead to the same place by the rules of URIs (RFC 3261 §10.3 step 7, §19.1.4).</summary>
    public static bool Same(string one, string other) =>
        one == other
        || (SipUri.TryParse(Encoding.UTF8.GetBytes(one), out var a) && SipUri.TryParse(Encoding.UTF8.GetBytes(other), out var b) && a.Matches(b));

    // False for a transport we have not: SCTP, WebSocket.
    private static bool TryReadProtocol(SipUri uri, out SipTransportProtocol? protocol)
    {
        protocol = uri.Scheme == SipUriScheme.Sips ? SipTransportProtocol.Tls : null;
        if (!uri.Parameters.TryGet("transport"u8, out var name))
            return true;
        if (SipText.EqualsIgnoreCase(name, "udp"u8))
            protocol ??= SipTransportProtocol.Udp;
        else if (SipText.EqualsIgnoreCase(name, "tcp"u8))
            protocol ??= SipTransportProtocol.Tcp; // sips with tcp means TLS (RFC 3261 §26.2.2)
        else if (SipText.EqualsIgnoreCase(name, "tls"u8))
            protocol = SipTransportProtocol.Tls;
        else
            return false;
        return true;
    }
}

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
    /// <summary>Host, port and transport of a sip: or sips: URI (RFC 3261 §19.1.1, §19.1.2).</summary>
    public static ContactUri Read(string uri)
    {
        if (!SipUri.TryParse(Encoding.UTF8.GetBytes(uri), out var parsed) || !SipUriTransport.TryFind(parsed, out var protocol))
            return default;
        var port = parsed.Port != 0 ? parsed.Port : SipUriTransport.DefaultPort(protocol);
        return new(
            SipHostPort.TryParseAddress(parsed.Host, out var address) ? new(address, port) : null,
            parsed.Scheme == SipUriScheme.Sips || parsed.Parameters.Contains("transport"u8) ? protocol : null);
    }

    /// <summary>Whether both lead to the same place by the rules of URIs (RFC 3261 §10.3 step 7, §19.1.4).</summary>
    public static bool Same(string one, string other) =>
        one == other
        || (SipUri.TryParse(Encoding.UTF8.GetBytes(one), out var a) && SipUri.TryParse(Encoding.UTF8.GetBytes(other), out var b) && a.Matches(b));
}

using System.Net;
using System.Text;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Dialogs;

/// <summary>Addresses of SIP as text and as sockets.</summary>
internal static class SipAddress
{
    public const int DefaultPort = 5060;

    /// <summary>The sender's own idea of its address, in Via, is not where its packet came from.</summary>
    public static bool IsBehindNat(SipMessage request) =>
        request.Source is { } source
        && request.TryGetTopVia(out var via)
        && (!SipHostPort.TryParseAddress(via.Host, out var sentBy)
            || !Plain(sentBy).Equals(Plain(source.Address))
            || (via.Port == 0 ? DefaultPort : via.Port) != source.Port);

    /// <summary>A name-addr without header parameters, as it is sent back.</summary>
    public static string Write(SipNameAddress address)
    {
        var name = SipText.Decode(address.DisplayName);
        return name.Length == 0 ? $"<{SipText.Decode(address.Uri)}>" : $"{name} <{SipText.Decode(address.Uri)}>";
    }

    /// <summary>A name-addr from parts: the name is quoted, the user escaped (RFC 3261 §25.1).</summary>
    public static string Write(string? name, string user, string host)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrEmpty(name))
        {
            text.Append('"');
            foreach (var c in name)
            {
                if (char.IsControl(c))
                    continue;
                if (c is '"' or '\\')
                    text.Append('\\');
                text.Append(c);
            }
            text.Append("\" ");
        }
        return text.Append('<').Append(Uri(user, host)).Append('>').ToString();
    }

    /// <summary>A URI from parts: the user is escaped.</summary>
    public static string Uri(string user, string host) => $"sip:{SipText.Escape(user, "-_.!~*'()&=+$,;?/")}@{host}"; // user = 1*( unreserved / escaped / user-unreserved )

    /// <summary>The Contact of what we send over this transport: where we are reached by it (RFC 3261 §8.1.1.8).</summary>
    public static string Contact(ISipTransport transport, IPEndPoint advertised) => $"<sip:{Host(advertised)}{Parameter(transport.Protocol)}>";

    /// <summary>What a URI needs besides its host to be reached by this protocol.</summary>
    public static string Parameter(SipTransportProtocol protocol) => protocol switch
    {
        SipTransportProtocol.Tcp => ";transport=tcp",
        SipTransportProtocol.Tls => ";transport=tls",
        _ => "",
    };

    /// <summary>The socket as it stands in a URI.</summary>
    public static string Host(IPEndPoint endPoint) => endPoint.ToString();

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

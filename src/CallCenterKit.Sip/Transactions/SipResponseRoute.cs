using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Transactions;

/// <summary>Where the response to a request goes (RFC 3261 §18.2.2, RFC 3581 §4).</summary>
internal static class SipResponseRoute
{
    /// <remarks>
    /// maddr, meant for multicast, is not followed: it would let anybody have our responses sent to a third party.
    /// </remarks>
    internal static IPEndPoint Find(SipMessage request, SipVia via)
    {
        var source = request.Source!;
        if (via.HasRPort || request.Transport!.Protocol != SipTransportProtocol.Udp) return source;
        var port = via.Port == 0 ? 5060 : via.Port;
        return port == source.Port ? source : new IPEndPoint(source.Address, port);
    }

    /// <summary>The sender's port that is tried when the connection its request came by is gone (RFC 3261 §18.2.2); 0 over UDP.</summary>
    internal static int FindFallbackPort(SipMessage request, SipVia via) => request.Transport!.Protocol switch
    {
        SipTransportProtocol.Udp => 0,
        var protocol => via.Port == 0 ? SipUriTransport.DefaultPort(protocol) : via.Port,
    };
}

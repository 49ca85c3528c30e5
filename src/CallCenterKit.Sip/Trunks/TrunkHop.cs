using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Resolving;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Trunks;

/// <summary>One server of a trunk, and how it is reached.</summary>
/// <param name="Hop">Where.</param>
/// <param name="Transport">By which socket.</param>
/// <param name="Authority">Host and port as they stand in the Request-URI.</param>
internal sealed record TrunkHop(SipHop Hop, ISipTransport Transport, string Authority)
{
    /// <summary>The Contact of a request that goes there, without brackets.</summary>
    public string Contact(string? user)
    {
        var host = Transport.AdvertisedTo(Hop.EndPoint.Address);
        return (user is null ? $"sip:{host}" : SipAddress.Write(null, user, SipAddress.Host(host))[1..^1]) + SipAddress.Parameter(Transport.Protocol);
    }
}

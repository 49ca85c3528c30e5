using System.Net;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Sessions;

/// <summary>One place to ring.</summary>
/// <param name="Uri">The Request-URI.</param>
/// <param name="Address">Where packets go.</param>
/// <param name="Transport">By which socket.</param>
/// <param name="BehindNat">The address in the URI is not where the phone is.</param>
internal sealed record DialContact(string Uri, IPEndPoint Address, ISipTransport Transport, bool BehindNat);

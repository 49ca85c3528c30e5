using System.Net;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip;

/// <summary>How well a phone can be reached.</summary>
/// <param name="Endpoint">Whose.</param>
/// <param name="IsReachable">It could be rung now.</param>
/// <param name="TimesLost">How often it was lost since the driver started: registrations that ran out or were taken back, connections closed, questions unanswered.</param>
/// <param name="Unreachable">How long it was unreachable since it was first lost.</param>
/// <param name="Contacts">Where it is now, the most recent last; those that do not answer are among them.</param>
public sealed record SipPhoneHealth(EndpointId Endpoint, bool IsReachable, int TimesLost, TimeSpan Unreachable, IReadOnlyList<SipContactHealth> Contacts);

/// <summary>One place where a phone is registered.</summary>
/// <param name="Protocol">How packets go there.</param>
/// <param name="Address">Where they go.</param>
/// <param name="ExpiresAt">When the registration runs out; null for a configured contact.</param>
/// <param name="IsAlive">It answers.</param>
/// <param name="RoundTrip">How long it took to answer last; null before.</param>
public sealed record SipContactHealth(SipTransportProtocol Protocol, IPEndPoint Address, DateTimeOffset? ExpiresAt, bool IsAlive, TimeSpan? RoundTrip);

using System.Net;

namespace CallCenterKit.Sip.Transport;

/// <summary>What tells connections of one listening address apart.</summary>
/// <param name="Peer">Not changed afterwards.</param>
/// <param name="HostName">The lower-case name the peer was verified by; null for its address alone.</param>
internal readonly record struct StreamConnectionKey(IPEndPoint Peer, string? HostName);

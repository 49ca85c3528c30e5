namespace CallCenterKit.Sip.Transport;

/// <summary>What a transport has done since it started.</summary>
/// <param name="Connections">Open now; 0 for datagrams.</param>
/// <param name="Received">Messages handed to the sink.</param>
/// <param name="Sent">Messages the network took.</param>
/// <param name="Errors">Messages it refused, receives that failed, connections that could not be made or kept.</param>
public readonly record struct SipTransportCounts(long Connections, long Received, long Sent, long Errors);

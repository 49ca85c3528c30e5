namespace CallCenterKit.Media.Engine;

/// <summary>The two transports of a leg.</summary>
/// <param name="Rtp">At the even port.</param>
/// <param name="Rtcp">At the port after it.</param>
public sealed record RtpTransportPair(IRtpTransport Rtp, IRtpTransport Rtcp);

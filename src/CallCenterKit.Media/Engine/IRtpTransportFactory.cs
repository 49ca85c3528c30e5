using System.Net;

namespace CallCenterKit.Media.Engine;

/// <summary>Opens the transports of legs.</summary>
public interface IRtpTransportFactory
{
    /// <summary>Opens RTP at the given port and RTCP at the next. Any thread.</summary>
    /// <param name="rtp">Bind address and even port.</param>
    /// <returns>Null if somebody else holds one of the ports.</returns>
    RtpTransportPair? Open(IPEndPoint rtp);
}

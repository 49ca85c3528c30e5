using System.Net;
using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Tests.Fakes;

internal sealed class FakeTransports : IRtpTransportFactory
{
    public List<FakeTransport> Rtp { get; } = [];

    public List<FakeTransport> Rtcp { get; } = [];

    /// <summary>Ports that somebody else holds.</summary>
    public HashSet<int> Taken { get; } = [];

    public RtpTransportPair? Open(IPEndPoint rtp)
    {
        if (Taken.Contains(rtp.Port))
            return null;
        Rtp.Add(new FakeTransport(rtp));
        Rtcp.Add(new FakeTransport(new IPEndPoint(rtp.Address, rtp.Port + 1)));
        return new RtpTransportPair(Rtp[^1], Rtcp[^1]);
    }
}

using System.Net;
using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Tests.Fakes;

internal sealed record SentPacket(RtpHeader Header, byte[] Payload, IPEndPoint To)
{
    public static SentPacket Read((byte[] Datagram, IPEndPoint To) sent)
    {
        Assert.True(RtpHeader.TryRead(sent.Datagram, out var header, out var payload));
        return new SentPacket(header, payload.ToArray(), sent.To);
    }
}

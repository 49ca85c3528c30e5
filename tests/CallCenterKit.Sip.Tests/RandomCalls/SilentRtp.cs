using System.Net;
using CallCenterKit.Media.Engine;

namespace CallCenterKit.Sip.Tests.RandomCalls;

/// <summary>RTP ports that are connected to nothing.</summary>
internal sealed class SilentRtp : IRtpTransportFactory
{
    public RtpTransportPair? Open(IPEndPoint rtp) => new(new Silent(rtp), new Silent(new(rtp.Address, rtp.Port + 1)));

    private sealed class Silent(IPEndPoint local) : IRtpTransport
    {
        public IPEndPoint LocalEndPoint => local;

        public int Receive(Span<byte> buffer, SocketAddress from) => -1;

        public int Send(ReadOnlySpan<byte> datagram, SocketAddress to) => datagram.Length;

        public void Dispose()
        {
        }
    }
}

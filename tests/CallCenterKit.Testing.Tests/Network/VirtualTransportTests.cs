using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Testing.Network;

public sealed class VirtualTransportTests
{
    private static readonly IPEndPoint Server = IPEndPoint.Parse("10.0.0.100:5060");
    private static readonly IPEndPoint Peer = IPEndPoint.Parse("10.0.0.1:6000");

    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public void Sip_passes_both_ways_once_started()
    {
        using var network = new VirtualNetwork(_time);
        using var transport = new VirtualSipTransport(network, Server);
        var answers = new List<string>();
        var peer = network.Open(Peer, (bytes, _) => answers.Add(Encoding.ASCII.GetString(bytes.Span)));
        peer.Send("early"u8, Server);
        _time.Advance(TimeSpan.Zero);
        transport.Start(new Echo());

        peer.Send("hello"u8, Server);
        _time.Advance(TimeSpan.Zero);

        Assert.Equal(["hello"], answers);
        Assert.Equal((Server, SipTransportProtocol.Udp), (transport.LocalEndPoint, transport.Protocol));
    }

    [Fact]
    public void Rtp_is_taken_when_the_engine_asks_for_it()
    {
        using var network = new VirtualNetwork(_time);
        var rtp = IPEndPoint.Parse("10.0.0.100:4000");
        var pair = new VirtualRtpTransportFactory(network).Open(rtp)!;
        var heard = new List<byte[]>();
        var peer = network.Open(Peer, (bytes, _) => heard.Add(bytes.ToArray()));
        var from = new SocketAddress(AddressFamily.InterNetwork);
        var buffer = new byte[2048];

        peer.Send([1, 2, 3], rtp);
        Assert.Equal(-1, pair.Rtp.Receive(buffer, from));
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(3, pair.Rtp.Receive(buffer, from));
        Assert.Equal(Peer, new IPEndPoint(IPAddress.Any, 0).Create(from));
        Assert.Equal(-1, pair.Rtp.Receive(buffer, from));
        pair.Rtcp.Send([9], from);
        _time.Advance(TimeSpan.Zero);

        Assert.Equal([9], Assert.Single(heard));
        Assert.Equal(4001, pair.Rtcp.LocalEndPoint.Port);
    }

    [Fact]
    public void A_pair_with_a_port_in_use_is_not_opened_at_all()
    {
        using var network = new VirtualNetwork(_time);
        var factory = new VirtualRtpTransportFactory(network);
        network.Open(IPEndPoint.Parse("10.0.0.100:4001"), (_, _) => { });

        Assert.Null(factory.Open(IPEndPoint.Parse("10.0.0.100:4000")));
        Assert.NotNull(network.Open(IPEndPoint.Parse("10.0.0.100:4000"), (_, _) => { }));
    }

    private sealed class Echo : ISipTransportSink
    {
        public void OnReceived(ISipTransport transport, ReadOnlySpan<byte> datagram, IPEndPoint source) => transport.Send(datagram, source);
    }
}

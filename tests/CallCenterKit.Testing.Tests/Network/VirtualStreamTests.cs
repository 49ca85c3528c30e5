using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenterKit.Sip;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Testing.Tests.Network;

public sealed class VirtualStreamTests : IDisposable
{
    private static readonly IPEndPoint Server = IPEndPoint.Parse("10.0.0.100:5060");
    private static readonly IPEndPoint Phone = IPEndPoint.Parse("10.0.0.1:5060");

    private readonly VirtualTimeProvider _time = new();
    private readonly VirtualStreamNetwork _network;

    public VirtualStreamTests() => _network = new(_time) { Delay = TimeSpan.FromMilliseconds(10) };

    public void Dispose() => _network.Dispose();

    private (VirtualStreamTransport Transport, Sink Told) Open(IPEndPoint local, SipTransportProtocol protocol = SipTransportProtocol.Tcp)
    {
        var (transport, sink) = (_network.Open(protocol, local), new Sink());
        transport.Start(sink);
        return (transport, sink);
    }

    private void Pass() => _time.Advance(TimeSpan.FromMilliseconds(10));

    [Fact]
    public void Both_sides_speak_over_the_connection_one_of_them_made()
    {
        var (server, atServer) = Open(Server);
        var (phone, atPhone) = Open(Phone);

        Assert.True(phone.Send("one"u8, Server));
        Assert.True(phone.Send("two"u8, Server));
        Assert.Empty(atServer.Told);
        Pass();
        var source = atServer.Sources[0];
        Assert.NotEqual(Phone.Port, source.Port);
        Assert.True(server.SendIfConnected("three"u8, source));
        Pass();

        Assert.Equal([$"one from {source}", $"two from {source}"], atServer.Told);
        Assert.Equal([$"three from {Server}"], atPhone.Told);
        Assert.Equal(1, _network.ConnectionCount);
    }

    [Fact]
    public void Cut_is_told_on_both_sides_and_loses_what_was_under_way()
    {
        var (server, atServer) = Open(Server);
        var (phone, atPhone) = Open(Phone);
        phone.Send("one"u8, Server);
        Pass();
        server.Send("lost"u8, atServer.Sources[0]);

        _network.Cut(server);
        Pass();

        Assert.Equal([$"closed {Server}"], atPhone.Told);
        Assert.Equal($"closed {atServer.Sources[0]}", atServer.Told[^1]);
        Assert.False(server.SendIfConnected("x"u8, atServer.Sources[0]));
        Assert.Equal(0, _network.ConnectionCount);
    }

    [Theory]
    [InlineData("10.0.0.77:5060", SipTransportProtocol.Tcp)]
    [InlineData("10.0.0.100:5060", SipTransportProtocol.Tls)]
    public void Where_nobody_listens_by_that_protocol_the_sender_is_told(string to, SipTransportProtocol protocol)
    {
        Open(Server);
        var (phone, atPhone) = Open(Phone, protocol);

        Assert.True(phone.Send("x"u8, IPEndPoint.Parse(to)));
        Assert.Empty(atPhone.Told);
        Pass();

        Assert.Equal([$"closed {to}"], atPhone.Told);
    }

    [Fact]
    public void Closed_transport_ends_its_connections()
    {
        var (server, _) = Open(Server);
        var (phone, atPhone) = Open(Phone);
        phone.Send("one"u8, Server);
        Pass();

        server.Dispose();
        Pass();

        Assert.Equal([$"closed {Server}"], atPhone.Told);
        Open(Server);
    }

    [Fact]
    public void Factory_opens_streams_where_there_are_some_and_refuses_them_where_not()
    {
        using var datagrams = new VirtualNetwork(_time);
        var options = new SipOptions { AdvertisedAddress = "203.0.113.9" };
        var advertised = new AdvertisedAddresses(options, _time);

        using var transport = new VirtualSipTransportFactory(datagrams, _network).Open(SipTransportProtocol.Tls, Server, advertised);
        var refused = Assert.Throws<NotSupportedException>(() => new VirtualSipTransportFactory(datagrams).Open(SipTransportProtocol.Tls, Server, advertised));

        Assert.Equal((SipTransportProtocol.Tls, "203.0.113.9:5060"), (transport.Protocol, transport.AdvertisedTo(Phone.Address).ToString()));
        Assert.Contains("Tls at 10.0.0.100:5060", refused.Message, StringComparison.Ordinal);
        Assert.Throws<SocketException>(() => _network.Open(SipTransportProtocol.Tls, Server));
    }

    private sealed class Sink : ISipTransportSink
    {
        internal List<string> Told { get; } = [];

        internal List<IPEndPoint> Sources { get; } = [];

        public void OnReceived(ISipTransport transport, ReadOnlySpan<byte> datagram, IPEndPoint source)
        {
            Told.Add($"{Encoding.ASCII.GetString(datagram)} from {source}");
            Sources.Add(source);
        }

        public void OnClosed(ISipTransport transport, IPEndPoint peer) => Told.Add($"closed {peer}");
    }
}

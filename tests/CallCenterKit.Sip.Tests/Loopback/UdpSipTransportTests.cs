using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Tests.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Loopback;

public class UdpSipTransportTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static UdpSipTransport Open(IPAddress? address = null, int port = 0) =>
        new(new IPEndPoint(address ?? IPAddress.Loopback, port), new AdvertisedAddresses(new SipOptions(), TimeProvider.System), new SipTransportSettings());

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Request_and_response_travel_over_the_loopback(string address)
    {
        if (address.Contains(':', StringComparison.Ordinal) && !System.Net.Sockets.Socket.OSSupportsIPv6) Assert.Skip("No IPv6 here.");
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new SipStack(new SipStackSettings(), _ => new Peer(_ => { }));
        using var client = new SipStack(new SipStackSettings(), _ => new Peer(_ => { }));
        var serverTransport = Open(IPAddress.Parse(address));
        var clientTransport = Open(IPAddress.Parse(address));
        server.Add(serverTransport);
        client.Add(clientTransport);
        var worker = client.Workers[0];
        worker.Post(_ =>
        {
            using var request = worker.Transactions.BeginRequest(SipMethod.Options, "sip:x@example.com"u8, clientTransport, serverTransport.LocalEndPoint);
            request.Header(SipHeader.From, "<sip:a@example.com>;tag=1").Header(SipHeader.To, "<sip:x@example.com>")
                .Header(SipHeader.CallId, worker.NewCallId()).CSeq(1, SipMethod.Options);
            worker.Transactions.Send(request, clientTransport, serverTransport.LocalEndPoint, new Peer(done.SetResult));
        }, null);

        Assert.Equal(200, await done.Task.WaitAsync(Limit));
        Assert.Equal(1, server.Snapshot().RequestsReceived[(int)SipMethod.Options]);
    }

    [Fact]
    public async Task Many_datagrams_from_many_sources_all_arrive()
    {
        const int Count = 2000, AtOnce = 50; // the kernel drops what finds no room in the receiver's buffer, which may be small
        var sink = new CountingSink();
        using var receiver = Open();
        receiver.Start(sink);
        var senders = Enumerable.Range(0, 10).Select(_ => Open()).ToArray();
        for (var sent = 0; sent < Count; sent += AtOnce)
        {
            var arrived = sink.Await(sent + AtOnce);
            for (var i = 0; i < AtOnce; i++) Assert.True(senders[i % 10].Send(Wire.Invite, receiver.LocalEndPoint));
            await arrived.WaitAsync(Limit);
        }

        Assert.Equal(senders.Select(sender => sender.LocalEndPoint.Port).Order(), sink.Ports.Order());
        foreach (var sender in senders) sender.Dispose();
    }

    [Fact]
    public void Port_in_use_is_named()
    {
        using var first = Open();

        var exception = Assert.Throws<IOException>(() => Open(port: first.LocalEndPoint.Port));
        Assert.Contains(first.LocalEndPoint.ToString(), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unspecified_address_is_never_advertised()
    {
        using var transport = Open(IPAddress.Any);

        Assert.NotEqual(IPAddress.Any, transport.AdvertisedEndPoint.Address);
        Assert.Equal(transport.LocalEndPoint.Port, transport.AdvertisedEndPoint.Port);
    }

    [Fact]
    public void Closed_transport_refuses_to_send()
    {
        var transport = Open();
        transport.Start(new CountingSink());
        transport.Dispose();
        transport.Dispose();

        Assert.False(transport.Send("x"u8, new IPEndPoint(IPAddress.Loopback, 9)));
    }

    private sealed class Peer(Action<int> answered) : ISipTransactionUser, ISipClientTransactionOwner
    {
        public void OnRequest(SipServerTransaction transaction, SipMessage request) => transaction.Respond(200);

        public void OnAck(SipMessage ack)
        {
        }

        public void OnResponse(SipClientTransaction transaction, SipMessage response) => answered(response.StatusCode);

        public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) => answered(0);
    }

    private sealed class CountingSink : ISipTransportSink
    {
        private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _received, _awaited;

        internal HashSet<int> Ports { get; } = [];

        /// <summary>Ends when so many have come since the beginning. Before they are sent.</summary>
        internal Task Await(int count)
        {
            (_awaited, _arrived) = (count, new(TaskCreationOptions.RunContinuationsAsynchronously));
            return _arrived.Task;
        }

        public void OnReceived(ISipTransport transport, ReadOnlySpan<byte> datagram, IPEndPoint source)
        {
            Ports.Add(source.Port);
            if (++_received == _awaited) _arrived.SetResult();
        }
    }
}

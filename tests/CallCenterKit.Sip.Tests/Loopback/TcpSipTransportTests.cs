using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;

namespace CallCenterKit.Sip.Tests.Loopback;

public sealed class TcpSipTransportTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly VirtualTimeProvider _time = new();
    private readonly SipStreamOptions _options = new();
    private readonly RecordingSink _sink = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        foreach (var one in _open) one.Dispose();
    }

    private TcpSipTransport Open(IPAddress? address = null, ISipTransportSink? sink = null, int port = 0, TimeProvider? time = null)
    {
        var transport = new TcpSipTransport(
            new(address ?? IPAddress.Loopback, port), new AdvertisedAddresses(new SipOptions(), TimeProvider.System), new() { Time = time ?? _time, Streams = _options });
        _open.Add(transport);
        transport.Start(sink ?? _sink);
        return transport;
    }

    private async Task<StreamPeer> ConnectAsync(TcpSipTransport to)
    {
        var peer = await StreamPeer.ConnectAsync(to.LocalEndPoint);
        _open.Add(peer);
        return peer;
    }

    private static string Message(string callId, int bodyBytes = 0) =>
        $"OPTIONS sip:b@example.com SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:b@h>\r\nCall-ID: {callId}\r\n"
        + string.Create(CultureInfo.InvariantCulture, $"CSeq: 1 OPTIONS\r\nContent-Length: {bodyBytes}\r\n\r\n{new string('b', bodyBytes)}");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Messages_travel_both_ways_over_one_connection(string address)
    {
        if (address.Contains(':', StringComparison.Ordinal) && !Socket.OSSupportsIPv6) Assert.Skip("No IPv6 here.");
        var server = Open(IPAddress.Parse(address), new RecordingSink { Echoes = true });
        var client = Open(IPAddress.Parse(address));

        for (var i = 0; i < 50; i++) Assert.True(client.Send(System.Text.Encoding.Latin1.GetBytes(Message($"{i}", i * 100)), server.LocalEndPoint));

        for (var i = 0; i < 50; i++)
        {
            var echo = await _sink.NextAsync();
            Assert.Equal(Message($"{i}", i * 100), echo.Text);
            Assert.Equal(server.LocalEndPoint, echo.Source);
            Assert.Same(client, echo.Transport);
        }

        Assert.Equal(1, server.ConnectionCount);
        Assert.Equal(new(Connections: 1, Received: 50, Sent: 50, Errors: 0), client.Counts);
    }

    [Fact]
    public async Task Phone_is_reached_by_the_connection_it_made()
    {
        var server = Open();
        using var phone = await ConnectAsync(server);
        phone.Write(Message("hello"));
        var received = await _sink.NextAsync();
        Assert.Equal(phone.LocalEndPoint, received.Source);

        Assert.True(server.Send("INVITE to the phone"u8, new IPEndPoint(received.Source.Address, received.Source.Port)));
        Assert.True(server.SendIfConnected(" and more"u8, received.Source));

        Assert.Equal("INVITE to the phone and more", await phone.ReadAsync("more"));
        Assert.Equal(1, server.ConnectionCount);
    }

    [Fact]
    public async Task Messages_of_many_connections_each_keep_their_order()
    {
        const int Peers = 20;
        const int Each = 50;
        var server = Open();
        var peers = new List<StreamPeer>();
        for (var i = 0; i < Peers; i++) peers.Add(await ConnectAsync(server));
        for (var n = 0; n < Each; n++)
        {
            foreach (var peer in peers) peer.Write(Message(string.Create(CultureInfo.InvariantCulture, $"{n:000}"), 300));
        }

        var last = new Dictionary<IPEndPoint, string>();
        for (var i = 0; i < Peers * Each; i++)
        {
            var received = await _sink.NextAsync();
            var callId = received.Text.Split("Call-ID: ")[1][..3];
            Assert.True(string.CompareOrdinal(callId, last.GetValueOrDefault(received.Source, "")) > 0);
            last[received.Source] = callId;
        }

        Assert.All(last.Values, callId => Assert.Equal("049", callId));
    }

    [Fact]
    public async Task Many_threads_send_to_one_peer_and_no_message_is_torn()
    {
        var server = Open();
        var client = Open(sink: new RecordingSink());
        var senders = Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var n = 0; n < 100; n++)
                Assert.True(client.Send(System.Text.Encoding.Latin1.GetBytes(Message($"{thread}-{n:000}", 700)), server.LocalEndPoint));
        }));
        await Task.WhenAll(senders);

        var seen = new List<string>();
        for (var i = 0; i < 400; i++) seen.Add((await _sink.NextAsync()).Text.Split("Call-ID: ")[1][..5]);

        Assert.False(_sink.HasOverlap);
        for (var thread = 0; thread < 4; thread++)
            Assert.Equal(Enumerable.Range(0, 100).Select(n => $"{thread}-{n:000}"), seen.Where(callId => callId[0] == '0' + thread));
    }

    [Fact]
    public async Task Refused_connection_is_told_at_once()
    {
        var client = Open();
        var nobody = Open(sink: new RecordingSink());
        nobody.Dispose();

        Assert.True(client.Send("x"u8, nobody.LocalEndPoint));

        var closed = await _sink.NextClosedAsync();
        Assert.Equal((client, nobody.LocalEndPoint), (closed.Transport, closed.Peer));
        Assert.Equal(0, client.ConnectionCount);
    }

    [Fact]
    public async Task Transaction_fails_when_nobody_listens_and_when_the_connection_is_lost()
    {
        var users = new User();
        using var stack = new SipStack(new SipStackSettings(), _ => users);
        var transport = new TcpSipTransport(new(IPAddress.Loopback, 0), new AdvertisedAddresses(new SipOptions(), TimeProvider.System), new());
        stack.Add(transport);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var peer = (IPEndPoint)listener.LocalEndPoint!;

        Assert.Equal(SipTransactionFailure.TransportError, await users.SendAsync(stack, transport, peer).WaitAsync(Limit));
        listener.Listen();
        var pending = users.SendAsync(stack, transport, peer);
        using (var accepted = await listener.AcceptAsync().WaitAsync(Limit))
        {
            await accepted.ReceiveAsync(new byte[1]).WaitAsync(Limit);
            Assert.False(pending.IsCompleted);
        }

        Assert.Equal(SipTransactionFailure.TransportError, await pending.WaitAsync(Limit));
    }

    [Fact]
    public async Task Lost_connection_is_told_and_the_next_message_makes_a_new_one()
    {
        var server = Open(sink: new RecordingSink());
        var client = Open();
        client.Send("OPTIONS"u8, server.LocalEndPoint);
        var port = server.LocalEndPoint.Port;
        server.Dispose();
        Assert.Equal(server.LocalEndPoint, (await _sink.NextClosedAsync()).Peer);

        var later = new RecordingSink();
        Open(sink: later, port: port);
        Assert.False(client.SendIfConnected("x"u8, server.LocalEndPoint));
        Assert.True(client.Send(System.Text.Encoding.Latin1.GetBytes(Message("anew")), server.LocalEndPoint));

        Assert.Equal(Message("anew"), (await later.NextAsync()).Text);
    }

    [Fact]
    public async Task Ping_is_answered_with_a_pong_even_in_two_pieces()
    {
        var server = Open();
        using var peer = await ConnectAsync(server);

        peer.Write("\r\n\r\n");
        Assert.Equal("\r\n", await peer.ReadAsync("\n"));
        peer.Write("\r\n");
        peer.Write("\r\n" + Message("1"));
        Assert.Equal("\r\n", await peer.ReadAsync("\n"));
        Assert.Equal(Message("1"), (await _sink.NextAsync()).Text);
    }

    [Fact]
    public async Task Keep_alives_go_out_after_silence_and_a_peer_that_stops_answering_them_is_dropped()
    {
        var server = Open();
        using var peer = await ConnectAsync(server);
        peer.Write(Message("1"));
        await _sink.NextAsync();

        _time.Advance(_options.KeepAliveInterval);
        Assert.Equal("\r\n\r\n", await peer.ReadAsync("\n\r\n"));
        peer.Write("\r\n" + Message("2"));
        await _sink.NextAsync();
        _time.Advance(_options.KeepAliveInterval);
        Assert.Equal("\r\n\r\n", await peer.ReadAsync("\n\r\n"));
        _time.Advance(_options.DeadPeerTimeout);

        Assert.Equal(peer.LocalEndPoint, (await _sink.NextClosedAsync()).Peer);
        Assert.Equal("", await peer.ReadToEndAsync());
    }

    [Fact]
    public async Task Peer_that_never_answers_keep_alives_stays_until_it_has_been_idle_too_long()
    {
        _options.KeepAliveInterval = TimeSpan.FromSeconds(30);
        var server = Open();
        using var peer = await ConnectAsync(server);
        peer.Write(Message("1"));
        await _sink.NextAsync();

        _time.Advance(_options.IdleTimeout - TimeSpan.FromSeconds(2));
        Assert.Equal(1, server.ConnectionCount);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(peer.LocalEndPoint, (await _sink.NextClosedAsync()).Peer);
        Assert.Equal(0, server.ConnectionCount);
    }

    [Fact]
    public async Task Peer_that_brings_no_message_is_dropped()
    {
        // The thread that has sent the answer may not yet know that it is sent when time leaps.
        _options.DeadPeerTimeout = _options.FirstMessageTimeout * 2;
        var server = Open();
        using var peer = await ConnectAsync(server);
        peer.Write("\r\n\r\n");
        await peer.ReadAsync("\n");

        _time.Advance(_options.FirstMessageTimeout - TimeSpan.FromSeconds(1));
        Assert.Equal(1, server.ConnectionCount);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("", await peer.ReadToEndAsync());
        Assert.Equal(0, server.ConnectionCount);
    }

    [Fact]
    public async Task Message_that_stands_still_closes_its_connection()
    {
        var server = Open();
        using var peer = await ConnectAsync(server);
        peer.Write(Message("1") + "OPTIONS sip:b@");
        await _sink.NextAsync();
        peer.Write("example.com SIP/2.0\r\nCall");

        _time.Advance(_options.MessageTimeout + TimeSpan.FromSeconds(2));

        Assert.Equal("", await peer.ReadToEndAsync());
        await _sink.NextClosedAsync();
    }

    [Fact]
    public async Task Message_that_dribbles_is_answered_and_its_connection_closed()
    {
        var server = Open();
        using var peer = await ConnectAsync(server);
        var text = Message("slow", 10);
        peer.Write(Message("1") + text[..^15]); // all but a few bytes of the header
        await _sink.NextAsync();
        // What came in one piece with the first message counts from when that was read.
        _time.Advance(_options.MessageTimeout);
        peer.Write(text[^15..^14]);

        var answer = await peer.ReadToEndAsync();

        Assert.StartsWith("SIP/2.0 400 Message Not Finished In Time\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(peer.LocalEndPoint, (await _sink.NextClosedAsync()).Peer);
    }

    [Theory]
    [InlineData("Content-Length: x", "SIP/2.0 400 Bad Content-Length")]
    [InlineData("X: y", "SIP/2.0 400 Missing Content-Length")]
    [InlineData("Content-Length: 70000", "SIP/2.0 413 ")]
    public async Task Message_that_breaks_the_stream_is_answered_and_its_connection_closed(string field, string expected)
    {
        var server = Open();
        using var peer = await ConnectAsync(server);
        var request = Message("bad").Replace("Content-Length: 0", field, StringComparison.Ordinal);
        peer.Write(Message("good") + request + new string('x', 5000));

        var answer = await peer.ReadToEndAsync();

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
        Assert.Contains("Call-ID: bad\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($";received=127.0.0.1", answer, StringComparison.Ordinal);
        Assert.Contains(";tag=", answer, StringComparison.Ordinal);
        Assert.Equal(Message("good"), (await _sink.NextAsync()).Text);
        Assert.Equal(peer.LocalEndPoint, (await _sink.NextClosedAsync()).Peer);
    }

    [Fact]
    public async Task Endless_header_is_answered_and_its_connection_closed()
    {
        var server = Open();
        using var peer = await ConnectAsync(server);
        peer.Write(Message("long").Replace("\r\n\r\n", "\r\nSubject: ", StringComparison.Ordinal) + new string('x', _options.MaxHeaderBytes));

        Assert.StartsWith("SIP/2.0 400 Header Too Long\r\n", await peer.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001")] // a TLS handshake
    [InlineData("SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP h\r\nFrom: a\r\nTo: b\r\nCall-ID: c\r\nCSeq: 1 BYE\r\n\r\n")]
    public async Task What_cannot_be_answered_is_closed_silently(string garbage)
    {
        var server = Open();
        using var peer = await ConnectAsync(server);
        peer.Write(garbage);

        Assert.Equal("", await peer.ReadToEndAsync());
    }

    [Fact]
    public async Task Refused_peer_that_does_not_close_is_closed()
    {
        var server = Open();
        using var peer = await ConnectAsync(server);
        peer.Write("GET / HTTP/1.1\r\n\r\n");
        await _sink.NextClosedAsync();
        Assert.Equal(1, server.ConnectionCount);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(0, server.ConnectionCount);
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_as_they_come()
    {
        _options.MaxConnectionsPerAddress = 1;
        _options.MaxConnections = 2;
        var server = Open();
        using var first = await ConnectAsync(server);
        first.Write(Message("1"));
        await _sink.NextAsync();

        using (var second = await ConnectAsync(server)) Assert.Equal("", await second.ReadToEndAsync());

        Assert.True(server.Send("x"u8, Open(sink: new RecordingSink()).LocalEndPoint));
        Assert.False(server.Send("x"u8, Open(sink: new RecordingSink()).LocalEndPoint));
        first.Dispose();
        await _sink.NextClosedAsync();
        using var third = await ConnectAsync(server);
        third.Write(Message("3"));
        Assert.Equal(Message("3"), (await _sink.NextAsync()).Text);
    }

    [Fact]
    public async Task Peer_that_reads_nothing_is_refused_more_and_then_dropped()
    {
        _options.MaxQueuedBytes = 65_536;
        var server = Open();
        using var peer = await ConnectAsync(server);
        peer.Write(Message("1"));
        var source = (await _sink.NextAsync()).Source;
        var message = new byte[60_000];
        for (var sent = 0; server.Send(message, source); sent++) Assert.InRange(sent, 0, 10_000);

        _time.Advance(_options.DeadPeerTimeout + TimeSpan.FromSeconds(1));

        Assert.Equal(peer.LocalEndPoint, (await _sink.NextClosedAsync()).Peer);
    }

    [Fact]
    public async Task Connection_that_is_not_made_in_time_is_given_up()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0); // takes one, and leaves the others without an answer
        var to = (IPEndPoint)listener.LocalEndPoint!;
        var crowd = new List<Task<StreamPeer>>();
        for (var i = 0; i < 4; i++) crowd.Add(StreamPeer.ConnectAsync(to));
        var client = Open();
        client.Send("x"u8, to);

        _time.Advance(_options.ConnectTimeout + TimeSpan.FromSeconds(1));

        Assert.Equal(to, (await _sink.NextClosedAsync()).Peer);
        listener.Dispose();
        foreach (var one in crowd)
        {
            try
            {
                (await one.WaitAsync(Limit)).Dispose();
            }
            catch (SocketException)
            {
                // Reset with the listener.
            }
        }
    }

    [Fact]
    public void Both_families_can_have_the_same_port()
    {
        if (!Socket.OSSupportsIPv6) Assert.Skip("No IPv6 here.");
        var first = Open(IPAddress.Any);

        var second = Open(IPAddress.IPv6Any, port: first.LocalEndPoint.Port);

        Assert.Equal(first.LocalEndPoint.Port, second.LocalEndPoint.Port);
        Assert.False(second.Send("x"u8, new IPEndPoint(IPAddress.Loopback, 9)));
    }

    [Fact]
    public void Port_in_use_is_named()
    {
        var first = Open();

        var exception = Assert.Throws<IOException>(() => Open(port: first.LocalEndPoint.Port));
        Assert.Contains("TCP can't bind " + first.LocalEndPoint, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_transport_refuses_to_send_and_closes_its_connections()
    {
        var server = Open();
        using var peer = await ConnectAsync(server);
        peer.Write(Message("1"));
        await _sink.NextAsync();

        server.Dispose();
        server.Dispose();

        Assert.False(server.Send("x"u8, peer.LocalEndPoint));
        Assert.Equal("", await peer.ReadToEndAsync());
    }

    private sealed class User : ISipTransactionUser
    {
        public void OnRequest(SipServerTransaction transaction, SipMessage request) => transaction.Respond(200);

        public void OnAck(SipMessage ack)
        {
        }

        internal Task<SipTransactionFailure> SendAsync(SipStack stack, ISipTransport transport, IPEndPoint peer)
        {
            var owner = new Owner();
            var worker = stack.Workers[0];
            worker.Post(_ =>
            {
                using var request = worker.Transactions.BeginRequest(SipMethod.Invite, "sip:x@example.com"u8, transport, peer);
                request.Header(SipHeader.From, "<sip:a@example.com>;tag=1").Header(SipHeader.To, "<sip:x@example.com>")
                    .Header(SipHeader.CallId, worker.NewCallId()).CSeq(1, SipMethod.Invite);
                worker.Transactions.Send(request, transport, peer, owner);
            }, null);
            return owner.Failure.Task;
        }

        private sealed class Owner : ISipClientTransactionOwner
        {
            internal TaskCompletionSource<SipTransactionFailure> Failure { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public void OnResponse(SipClientTransaction transaction, SipMessage response)
            {
            }

            public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) => Failure.TrySetResult(failure);
        }
    }
}

using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Testing;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>What becomes of transactions when their connection is gone (RFC 3261 §18.4), and where responses go then (§18.2.2).</summary>
public sealed class ConnectionTests : IDisposable
{
    private static readonly IPEndPoint OtherPeer = IPEndPoint.Parse("192.0.2.2:5060");

    private readonly Harness _harness = new(SipTransportProtocol.Tcp);

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Waiting_requests_fail_with_the_connection()
    {
        var invite = _harness.Send(SipMethod.Invite);
        _harness.ReceiveResponse(180);
        _harness.Send(SipMethod.Options);
        _harness.Told.Clear();

        _harness.Stack.OnClosed(_harness.Transport, IPEndPoint.Parse("192.0.2.1:5060"));

        Assert.Equal(["client TransportError", "client TransportError"], _harness.Told);
        Assert.Equal(0, _harness.Layer.ClientCount);
        Assert.Equal(SipTransactionState.Terminated, invite.State);
        _harness.Advance(64_000);
        Assert.Equal(2, _harness.Told.Count);
    }

    [Fact]
    public void Connection_of_another_peer_or_transport_changes_nothing()
    {
        using var other = new FakeTransport(_harness.Time, SipTransportProtocol.Tcp);
        _harness.Send(SipMethod.Options);

        _harness.Stack.OnClosed(_harness.Transport, OtherPeer);
        _harness.Stack.OnClosed(other, FakeTransport.Peer);

        Assert.Empty(_harness.Told);
        Assert.Equal(1, _harness.Layer.ClientCount);
    }

    [Fact]
    public void Answered_request_is_not_failed_later()
    {
        _harness.Send(SipMethod.Options);
        _harness.ReceiveResponse(200);
        _harness.Send(SipMethod.Invite, "second");
        _harness.ReceiveResponse(200);

        _harness.Stack.OnClosed(_harness.Transport, FakeTransport.Peer);

        Assert.Equal(["response 200", "response 200"], _harness.Told);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Answered_one_of_three_leaves_the_others_waiting(int answered)
    {
        var sent = new[] { "a", "b", "c" }.Select(callId => _harness.Send(SipMethod.Options, callId)).ToArray();
        var request = _harness.Transport.Sent[answered];
        _harness.Transport.Receive($"SIP/2.0 200 OK\nVia: {request.Header("Via")}\nFrom: {request.Header("From")}\nTo: {request.Header("To")};tag=x\n"
            + $"Call-ID: {request.Header("Call-ID")}\nCSeq: {request.Header("CSeq")}\nContent-Length: 0\n\n");

        _harness.Stack.OnClosed(_harness.Transport, FakeTransport.Peer);

        Assert.Equal(["response 200", "client TransportError", "client TransportError"], _harness.Told);
        Assert.All(sent, transaction => Assert.Equal(SipTransactionState.Terminated, transaction.State));
    }

    [Fact]
    public void Nothing_is_kept_of_a_connection_over_which_nothing_waits()
    {
        _harness.Send(SipMethod.Options, "a");
        _harness.Send(SipMethod.Options, "b");
        Assert.Equal(1, _harness.Layer.ConnectionCount);
        _harness.Advance(32_000);

        Assert.Equal(["client TimedOut", "client TimedOut"], _harness.Told);
        Assert.Equal(0, _harness.Layer.ConnectionCount);
    }

    [Fact]
    public void Whoever_is_told_may_send_anew_to_the_same_peer()
    {
        var retries = 0;
        var owner = new Retrying(() =>
        {
            if (retries++ == 0) _harness.Send(SipMethod.Options, "again");
        });
        _harness.Worker.Post(_ =>
        {
            using var request = _harness.Layer.BeginRequest(SipMethod.Options, "sip:b@example.com"u8, _harness.Transport, FakeTransport.Peer);
            request.Header(SipHeader.From, "<sip:a@example.com>;tag=1").Header(SipHeader.To, "<sip:b@example.com>").Header(SipHeader.CallId, "x").CSeq(1, SipMethod.Options);
            _harness.Layer.Send(request, _harness.Transport, FakeTransport.Peer, owner);
        }, null);

        _harness.Stack.OnClosed(_harness.Transport, FakeTransport.Peer);

        Assert.Equal(1, retries);
        Assert.Equal(1, _harness.Layer.ClientCount);
    }

    [Fact]
    public void Datagrams_have_no_connection_to_lose()
    {
        using var harness = new Harness();
        harness.Send(SipMethod.Options);

        harness.Stack.OnClosed(harness.Transport, FakeTransport.Peer);

        Assert.Empty(harness.Told);
    }

    [Fact]
    public void Services_are_told_of_each_closed_connection()
    {
        var time = new VirtualTimeProvider();
        using var transport = new FakeTransport(time, SipTransportProtocol.Tls);
        var closed = new List<(ISipTransport, IPEndPoint)>();
        using var stack = new SipStack(
            new SipStackSettings { Threading = SipWorkerThreading.Caller, Time = time, Closed = (by, peer) => closed.Add((by, peer)) }, _ => _harness);

        stack.OnClosed(transport, OtherPeer);

        Assert.Equal([(transport, OtherPeer)], closed);
    }

    [Theory]
    [InlineData("TCP 192.0.2.1:7000", 7000)]
    [InlineData("TCP 192.0.2.1", 5060)]
    public void Response_goes_by_the_connection_of_its_request_and_by_a_new_one_when_that_is_gone(string via, int port)
    {
        var source = IPEndPoint.Parse("192.0.2.77:33333");
        _harness.Transport.Receive(Harness.Request("INVITE").Replace("UDP 192.0.2.1", via, StringComparison.Ordinal), source);
        _harness.Server!.Respond(180);
        Assert.Equal(source, _harness.Transport.Sent[^1].To);

        _harness.Transport.IsConnected = false;
        _harness.Server.Respond(200);

        Assert.Equal(new IPEndPoint(source.Address, port), _harness.Transport.Sent[^1].To);
        Assert.Equal("SIP/2.0 200 OK", _harness.Transport.Sent[^1].StartLine);
    }

    [Fact]
    public void New_connection_for_responses_is_made_once()
    {
        _harness.ReceiveRequest("INVITE");
        _harness.Transport.IsConnected = false;
        _harness.Server!.Respond(180);
        _harness.Told.Clear();

        _harness.Server.Respond(486);

        Assert.Single(_harness.Transport.Sent);
        Assert.Equal(["server TransportError"], _harness.Told);
    }

    [Theory]
    [InlineData(SipTransportProtocol.Udp, "192.0.2.1:5060", "192.0.2.1:5060")]
    [InlineData(SipTransportProtocol.Udp, "192.0.2.9:1", "10.0.0.1:5060")]
    [InlineData(SipTransportProtocol.Tcp, "192.0.2.1:5060", "192.0.2.1:5060")]
    [InlineData(SipTransportProtocol.Tls, "192.0.2.1:5060", null)]
    public void Transport_is_found_by_protocol_then_by_the_address_the_peer_knows(SipTransportProtocol protocol, string local, string? expected)
    {
        using var streams = new VirtualStreamNetwork(_harness.Time);
        using var network = new VirtualNetwork(_harness.Time);
        using var stack = new SipStack(new SipStackSettings { Threading = SipWorkerThreading.Caller, Time = _harness.Time }, _ => _harness);
        stack.Add(new VirtualSipTransport(network, IPEndPoint.Parse("10.0.0.1:5060")));
        stack.Add(new VirtualSipTransport(network, IPEndPoint.Parse("192.0.2.1:5060")));
        stack.Add(streams.Open(SipTransportProtocol.Tcp, IPEndPoint.Parse("192.0.2.1:5060")));

        var found = stack.FindTransport(protocol, System.Net.Sockets.AddressFamily.InterNetwork, IPEndPoint.Parse(local));

        Assert.Equal(expected, found?.LocalEndPoint.ToString());
        Assert.True(found is null || found.Protocol == protocol);
        Assert.Null(stack.FindTransport(protocol, System.Net.Sockets.AddressFamily.InterNetworkV6));
    }

    private sealed class Retrying(Action failed) : ISipClientTransactionOwner
    {
        public void OnResponse(SipClientTransaction transaction, SipMessage response)
        {
        }

        public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) => failed();
    }
}

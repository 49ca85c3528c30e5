using System.Net;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Tests.Messages;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>Which transaction a request belongs to (RFC 3261 §17.2.3), where answers go (§18.2.2), and what is answered without one.</summary>
public sealed class MatchingTests : IDisposable
{
    private readonly Harness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Branch_sent_by_and_method_make_a_transaction()
    {
        var request = Harness.Request("OPTIONS");
        _harness.Transport.Receive(request);
        _harness.Transport.Receive(request.Replace("z9hG4bKone", "z9hG4bKtwo", StringComparison.Ordinal));
        _harness.Transport.Receive(request.Replace("UDP 192.0.2.1;", "UDP 192.0.2.1:5061;", StringComparison.Ordinal));
        _harness.Transport.Receive(request.Replace("UDP 192.0.2.1;", "UDP host.example.com;", StringComparison.Ordinal));
        _harness.Transport.Receive(request.Replace("OPTIONS", "INFO", StringComparison.Ordinal));
        Assert.Equal(5, _harness.Layer.ServerCount);

        _harness.Transport.Receive(request.Replace("UDP 192.0.2.1;", "UDP HOST.example.COM;", StringComparison.Ordinal));
        _harness.Transport.Receive(request);
        Assert.Equal(5, _harness.Layer.ServerCount);
        Assert.Equal(2, _harness.Stack.Snapshot().RetransmissionsReceived);
    }

    [Fact]
    public void Client_of_rfc_2543_is_matched_without_a_branch()
    {
        var invite = Harness.Request("INVITE", branch: "1");
        _harness.Transport.Receive(invite);
        _harness.Transport.Receive(invite);
        Assert.Equal(1, _harness.Layer.ServerCount);
        _harness.Server!.Respond(486);
        _harness.Transport.Receive(Harness.Request("ACK", branch: "1", toTag: "x"));
        _harness.Advance(1000);

        Assert.Equal(["request INVITE"], _harness.Told);
        Assert.Single(_harness.Transport.TimesOf("SIP/2.0 486"));
        _harness.Transport.Receive(invite.Replace("CSeq: 9", "CSeq: 10", StringComparison.Ordinal));
        Assert.Equal(2, _harness.Layer.ServerCount);
    }

    [Theory]
    [InlineData("192.0.2.1", 5060)]
    [InlineData("192.0.2.1:7000", 7000)]
    [InlineData("host.example.com:7000", 7000)]
    [InlineData("192.0.2.1:7000;rport", 6000)]
    [InlineData("192.0.2.1;maddr=192.0.2.200", 5060)]
    public void Answer_goes_to_the_source_address_and_the_port_of_via_or_rport(string via, int port)
    {
        _harness.Answer = transaction => transaction.Respond(200);
        _harness.Transport.Receive(
            Harness.Request("OPTIONS").Replace("192.0.2.1;", via + ";", StringComparison.Ordinal), new IPEndPoint(IPAddress.Parse("192.0.2.77"), 6000));

        Assert.Equal(new IPEndPoint(IPAddress.Parse("192.0.2.77"), port), Assert.Single(_harness.Transport.Sent).To);
    }

    [Fact]
    public void Malformed_request_is_answered_with_400_that_says_why()
    {
        _harness.ReceiveRequest("OPTIONS", cseqMethod: "INVITE");
        _harness.ReceiveRequest("OPTIONS", cseqMethod: "INVITE");

        Assert.Equal("SIP/2.0 400 CSeq Method Does Not Match", _harness.Transport.Sent[0].StartLine);
        Assert.Equal(_harness.Transport.Sent[0].Header("To"), _harness.Transport.Sent[1].Header("To"));
        Assert.Contains(";tag=", _harness.Transport.Sent[0].Header("To"), StringComparison.Ordinal);
        Assert.Empty(_harness.Told);
        Assert.Equal(0, _harness.Layer.ServerCount);
        Assert.Equal(2, _harness.Stack.Snapshot().Malformed);
    }

    [Fact]
    public void Foreign_version_is_answered_with_505()
    {
        _harness.Transport.Receive(TortureMessages.Rfc4475["badvers"]);

        Assert.Equal("SIP/2.0 505 Version Not Supported", Assert.Single(_harness.Transport.Sent).StartLine);
    }

    [Fact]
    public void Malformed_ack_and_malformed_response_are_dropped()
    {
        _harness.ReceiveRequest("ACK", cseqMethod: "INVITE");
        _harness.Transport.Receive(TortureMessages.Rfc4475["scalarlg"]);

        Assert.Empty(_harness.Transport.Sent);
        Assert.Equal(2, _harness.Stack.Snapshot().Malformed);
    }

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("\0")]
    [InlineData("")]
    [InlineData("jaK")]
    [InlineData("\0\u0001\0\0!\u0012\u0024B############")] // STUN
    public void Keep_alives_and_noise_are_counted(string datagram)
    {
        _harness.Transport.Receive(System.Text.Encoding.Latin1.GetBytes(datagram));

        Assert.Equal(1, _harness.Stack.Snapshot().Junk);
        Assert.Empty(_harness.Transport.Sent);
    }

    [Theory]
    [InlineData("OPTIONS sip:b@example.com SIP/2.0\nMax-Forwards: 70\n\n", "")]
    [InlineData("OPTIONS sip:b@example.com SIP/2.0\nVia: SIP/2.0/UDP h\n\n", "SIP/2.0 400 Missing Header Field")]
    [InlineData("SIP/2.0 200 OK\nVia: SIP/2.0/UDP h\n\n", "")]
    public void Message_without_a_call_id_is_counted_as_malformed_and_answered_if_it_says_where_to(string message, string answer)
    {
        _harness.Transport.Receive(message);

        Assert.Equal(1, _harness.Stack.Snapshot().Malformed);
        Assert.Equal(answer, string.Concat(_harness.Transport.Sent.Select(sending => sending.StartLine)));
        Assert.DoesNotContain(_harness.Transport.Sent, sending => sending.Text.Contains("Call-ID", StringComparison.Ordinal));
    }

    [Fact]
    public void All_torture_messages_pass_without_a_fault()
    {
        _harness.Answer = transaction => transaction.Respond(200);
        foreach (var message in TortureMessages.Rfc4475.Values.Concat(TortureMessages.Rfc5118.Values)) _harness.Transport.Receive(message);
        _harness.Advance(120_000);

        Assert.Equal(0, _harness.Stack.Snapshot().Faults);
        Assert.Equal(0, _harness.Layer.ServerCount);
    }

    [Fact]
    public void Fault_of_one_message_leaves_the_worker_running()
    {
        _harness.Answer = _ => throw new InvalidOperationException("the user's mistake");
        _harness.ReceiveRequest("OPTIONS");
        _harness.Answer = transaction => transaction.Respond(200);
        _harness.ReceiveRequest("OPTIONS", branch: "z9hG4bKtwo");

        Assert.Equal(1, _harness.Stack.Snapshot().Faults);
        Assert.Single(_harness.Transport.Sent);
    }

    [Fact]
    public void Statistics_tell_methods_and_status_codes()
    {
        _harness.Answer = transaction => transaction.Respond(404);
        _harness.ReceiveRequest("OPTIONS");
        _harness.Send(SipMethod.Bye);
        _harness.ReceiveResponse(200);

        var snapshot = _harness.Stack.Snapshot();
        Assert.Equal(1, snapshot.RequestsReceived[(int)SipMethod.Options]);
        Assert.Equal(1, snapshot.ResponsesSent[404]);
        Assert.Equal(1, snapshot.RequestsSent[(int)SipMethod.Bye]);
        Assert.Equal(1, snapshot.ResponsesReceived[200]);
    }
}

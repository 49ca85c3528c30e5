using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>RFC 3261 §17.2.1 figure 7 and RFC 6026 §8.7: a test for each of <see cref="Arrows.InviteServer"/>. T1 is 500 ms, T2 4 s, T4 5 s.</summary>
public sealed class InviteServerArrowTests : IDisposable
{
    private readonly Harness _udp = new();
    private readonly Harness _tcp = new(SipTransportProtocol.Tcp);

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    [Fact]
    public void Proceeding_200_ms_sends_100()
    {
        var transaction = Receive(_udp);
        _udp.Advance(190);
        Assert.Empty(_udp.Transport.Sent);
        _udp.Advance(10);

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal([200], _udp.Transport.TimesOf("SIP/2.0 100 Trying"));
    }

    [Fact]
    public void Proceeding_INVITE_gets_the_last_provisional_response()
    {
        var transaction = Receive(_udp);
        _udp.Respond(180);
        _udp.Respond(183);
        Again("INVITE");

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal(["SIP/2.0 180 Ringing", "SIP/2.0 183 Session Progress", "SIP/2.0 183 Session Progress"], StartLines());
        Assert.Empty(_udp.Told);
    }

    [Fact]
    public void Proceeding_101_to_199_from_the_user_is_sent()
    {
        var transaction = Receive(_udp);
        _udp.Respond(101);
        _udp.Respond(199);
        _udp.Advance(10_000);

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal(2, _udp.Transport.Sent.Count);
    }

    [Fact]
    public void Proceeding_2xx_from_the_user_is_sent()
    {
        var transaction = Receive(_udp);
        _udp.Respond(200);

        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        Assert.Equal(["SIP/2.0 200 OK"], StartLines());
    }

    [Theory]
    [InlineData(300)]
    [InlineData(699)]
    public void Proceeding_300_to_699_from_the_user_is_sent(int status)
    {
        var transaction = Receive(_udp);
        _udp.Respond(status);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.StartsWith($"SIP/2.0 {status} ", Assert.Single(StartLines()), StringComparison.Ordinal);
    }

    [Fact]
    public void Proceeding_transport_error_is_told_and_the_user_goes_on()
    {
        var transaction = Receive(_udp);
        _udp.Transport.Fails = true;
        _udp.Respond(180);
        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal(["server TransportError"], _udp.Told);
        _udp.Transport.Fails = false;
        _udp.Respond(486);

        Assert.Equal(["SIP/2.0 486 Busy Here"], StartLines());
    }

    [Fact]
    public void Completed_INVITE_gets_the_final_response_again()
    {
        var transaction = Complete(_udp);
        _udp.Advance(100);
        Again("INVITE");

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal([0, 100], _udp.Transport.TimesOf("SIP/2.0 486"));
        Assert.Empty(_udp.Told);
    }

    [Fact]
    public void Completed_timer_G_resends_the_final_response_and_doubles_up_to_T2()
    {
        var transaction = Complete(_udp);
        _udp.Advance(31_990);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500], _udp.Transport.TimesOf("SIP/2.0 486"));
    }

    [Fact]
    public void Completed_over_a_stream_sends_the_final_response_once()
    {
        var transaction = Complete(_tcp);
        _tcp.Advance(31_990);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal([0], _tcp.Transport.TimesOf("SIP/2.0 486"));
    }

    [Fact]
    public void Completed_ACK_ends_the_repetitions()
    {
        var transaction = Complete(_udp);
        Again("ACK");
        _udp.Advance(4990);

        Assert.Equal(SipTransactionState.Confirmed, transaction.State);
        Assert.Equal([0], _udp.Transport.TimesOf("SIP/2.0 486"));
        Assert.Empty(_udp.Told);
    }

    [Theory]
    [InlineData(SipTransportProtocol.Udp)]
    [InlineData(SipTransportProtocol.Tcp)]
    public void Completed_timer_H_ends_it_after_64_T1_and_is_told(SipTransportProtocol protocol)
    {
        var harness = protocol == SipTransportProtocol.Udp ? _udp : _tcp;
        var transaction = Complete(harness);
        harness.Advance(31_990);
        Assert.Equal(SipTransactionState.Completed, transaction.State);
        harness.Advance(10);

        Ended(harness, transaction, "server NotAcknowledged");
    }

    [Fact]
    public void Completed_transport_error_is_told_and_the_repetitions_go_on()
    {
        var transaction = Complete(_udp);
        _udp.Transport.Fails = true;
        _udp.Advance(500);
        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal(["server TransportError"], _udp.Told);
        _udp.Transport.Fails = false;
        _udp.Advance(1000);

        Assert.Equal([0, 1500], _udp.Transport.TimesOf("SIP/2.0 486"));
    }

    [Fact]
    public void Confirmed_ACK_is_absorbed()
    {
        var transaction = Confirm(_udp);
        Again("ACK");
        Again("INVITE");

        Assert.Equal(SipTransactionState.Confirmed, transaction.State);
        Assert.Single(_udp.Transport.Sent);
        Assert.Empty(_udp.Told);
    }

    [Fact]
    public void Confirmed_timer_I_ends_it_after_T4()
    {
        var transaction = Confirm(_udp);
        _udp.Advance(4990);
        Assert.Equal(SipTransactionState.Confirmed, transaction.State);
        _udp.Advance(10);

        Ended(_udp, transaction);
    }

    [Fact]
    public void Confirmed_over_a_stream_is_left_at_once() => Ended(_tcp, Confirm(_tcp));

    [Fact]
    public void Accepted_INVITE_is_absorbed()
    {
        var transaction = Accept(_udp);
        Again("INVITE");

        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        Assert.Single(_udp.Transport.Sent);
        Assert.Empty(_udp.Told);
    }

    [Fact]
    public void Accepted_ACK_goes_up()
    {
        var transaction = Accept(_udp);
        Again("ACK");

        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        Assert.Equal(["ack"], _udp.Told);
    }

    [Fact]
    public void Accepted_2xx_from_the_user_is_sent()
    {
        var transaction = Receive(_udp);
        using var response = transaction.BeginResponse(200);
        _udp.Worker.Post(_ => transaction.Respond(response), null);
        _udp.Advance(100);
        _udp.Worker.Post(_ => transaction.Respond(response), null);

        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        Assert.Equal([0, 100], _udp.Transport.TimesOf("SIP/2.0 200"));
    }

    [Fact]
    public void Accepted_transport_error_is_told()
    {
        var transaction = Receive(_udp);
        _udp.Transport.Fails = true;
        _udp.Respond(200);

        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        Assert.Equal(["server TransportError"], _udp.Told);
    }

    [Theory]
    [InlineData(SipTransportProtocol.Udp)]
    [InlineData(SipTransportProtocol.Tcp)]
    public void Accepted_timer_L_ends_it_after_64_T1(SipTransportProtocol protocol)
    {
        var harness = protocol == SipTransportProtocol.Udp ? _udp : _tcp;
        var transaction = Accept(harness);
        harness.Advance(31_990);
        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        harness.Advance(10);

        Ended(harness, transaction);
    }

    private static SipServerTransaction Receive(Harness harness)
    {
        harness.ReceiveRequest("INVITE");
        harness.Told.Clear();
        return harness.Server!;
    }

    private static SipServerTransaction Complete(Harness harness)
    {
        var transaction = Receive(harness);
        harness.Respond(486);
        return transaction;
    }

    private static SipServerTransaction Confirm(Harness harness)
    {
        var transaction = Complete(harness);
        harness.ReceiveRequest("ACK", toTag: "x");
        return transaction;
    }

    private static SipServerTransaction Accept(Harness harness)
    {
        var transaction = Receive(harness);
        harness.Respond(200);
        return transaction;
    }

    private void Again(string method) => _udp.ReceiveRequest(method, toTag: method == "ACK" ? "x" : "");

    private IEnumerable<string> StartLines() => _udp.Transport.Sent.Select(sending => sending.StartLine);

    private static void Ended(Harness harness, SipServerTransaction transaction, params string[] told)
    {
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
        Assert.Equal(told, harness.Told);
        Assert.Equal(0, harness.Layer.ServerCount);
        Assert.Equal(0, harness.Worker.RunningTimers);
    }
}

using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>RFC 3261 §17.2.2 figure 8: a test for each of <see cref="Arrows.NonInviteServer"/>. T1 is 500 ms.</summary>
public sealed class NonInviteServerArrowTests : IDisposable
{
    private readonly Harness _udp = new();
    private readonly Harness _tcp = new(SipTransportProtocol.Tcp);

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    [Fact]
    public void Trying_request_is_absorbed()
    {
        var transaction = Receive(_udp);
        _udp.ReceiveRequest("OPTIONS");
        _udp.Advance(60_000);

        Assert.Equal(SipTransactionState.Trying, transaction.State);
        Assert.Empty(_udp.Transport.Sent);
        Assert.Empty(_udp.Told);
    }

    [Fact]
    public void Trying_1xx_from_the_user_is_sent()
    {
        var transaction = Receive(_udp);
        _udp.Respond(100);

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal([0], _udp.Transport.TimesOf("SIP/2.0 100"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(300)]
    [InlineData(699)]
    public void Trying_200_to_699_from_the_user_is_sent(int status)
    {
        var transaction = Receive(_udp);
        _udp.Respond(status);
        _udp.Advance(31_990);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal([0], _udp.Transport.TimesOf($"SIP/2.0 {status}"));
    }

    [Fact]
    public void Proceeding_request_gets_the_last_provisional_response()
    {
        var transaction = Receive(_udp);
        _udp.Respond(100);
        _udp.Respond(182);
        _udp.Advance(500);
        _udp.ReceiveRequest("OPTIONS");

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal([0, 500], _udp.Transport.TimesOf("SIP/2.0 182"));
        Assert.Empty(_udp.Told);
    }

    [Fact]
    public void Proceeding_1xx_from_the_user_is_sent()
    {
        var transaction = Proceed();
        _udp.Respond(182);

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal([0], _udp.Transport.TimesOf("SIP/2.0 182"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public void Proceeding_200_to_699_from_the_user_is_sent(int status)
    {
        var transaction = Proceed();
        _udp.Respond(status);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal([0], _udp.Transport.TimesOf($"SIP/2.0 {status}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Proceeding_transport_error_ends_it_and_is_told(bool atRepetition)
    {
        var transaction = Proceed();
        _udp.Transport.Fails = true;
        if (atRepetition) _udp.ReceiveRequest("OPTIONS");
        else _udp.Respond(182);

        Ended(_udp, transaction, "server TransportError");
    }

    [Fact]
    public void Completed_request_gets_the_final_response_again()
    {
        var transaction = Complete(_udp);
        _udp.Advance(31_990);
        _udp.ReceiveRequest("OPTIONS");

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal([0, 31_990], _udp.Transport.TimesOf("SIP/2.0 200"));
        Assert.Empty(_udp.Told);
    }

    [Fact]
    public void Completed_response_from_the_user_is_discarded()
    {
        var transaction = Complete(_udp);
        _udp.Respond(404);
        _udp.Respond(200);
        _udp.ReceiveRequest("OPTIONS");

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal(["SIP/2.0 200 OK", "SIP/2.0 200 OK"], _udp.Transport.Sent.Select(sending => sending.StartLine));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Completed_transport_error_ends_it_and_is_told(bool atRepetition)
    {
        var transaction = Receive(_udp);
        _udp.Transport.Fails = !atRepetition;
        _udp.Respond(200);
        _udp.Transport.Fails = true;
        if (atRepetition) _udp.ReceiveRequest("OPTIONS");

        Ended(_udp, transaction, "server TransportError");
    }

    [Fact]
    public void Completed_timer_J_ends_it_after_64_T1()
    {
        var transaction = Complete(_udp);
        _udp.Advance(31_990);
        Assert.Equal(SipTransactionState.Completed, transaction.State);
        _udp.Advance(10);

        Ended(_udp, transaction);
    }

    [Fact]
    public void Completed_over_a_stream_is_left_at_once() => Ended(_tcp, Complete(_tcp));

    private static SipServerTransaction Receive(Harness harness)
    {
        harness.ReceiveRequest("OPTIONS");
        harness.Told.Clear();
        return harness.Server!;
    }

    private SipServerTransaction Proceed()
    {
        var transaction = Receive(_udp);
        _udp.Respond(100);
        return transaction;
    }

    private static SipServerTransaction Complete(Harness harness)
    {
        var transaction = Receive(harness);
        harness.Respond(200);
        return transaction;
    }

    private static void Ended(Harness harness, SipServerTransaction transaction, params string[] told)
    {
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
        Assert.Equal(told, harness.Told);
        Assert.Equal(0, harness.Layer.ServerCount);
        Assert.Equal(0, harness.Worker.RunningTimers);
    }
}

using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>RFC 3261 §17.1.1 figure 5 and RFC 6026 §8.4: a test for each of <see cref="Arrows.InviteClient"/>. T1 is 500 ms.</summary>
public sealed class InviteClientArrowTests : IDisposable
{
    private readonly Harness _udp = new();
    private readonly Harness _tcp = new(SipTransportProtocol.Tcp);

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    [Fact]
    public void Calling_timer_A_resends_the_INVITE_after_T1_and_doubles()
    {
        var transaction = _udp.Send(SipMethod.Invite);
        _udp.Advance(31_990);

        Assert.Equal([0, 500, 1500, 3500, 7500, 15_500, 31_500], _udp.Transport.TimesOf("INVITE"));
        Assert.Single(_udp.Transport.Sent.Select(sending => sending.Text).Distinct());
        Assert.Equal(SipTransactionState.Calling, transaction.State);
        Assert.Empty(_udp.Told);
    }

    [Fact]
    public void Calling_timer_B_ends_it_after_64_T1()
    {
        var transaction = _udp.Send(SipMethod.Invite);
        _udp.Advance(31_990);
        Assert.Equal(SipTransactionState.Calling, transaction.State);
        _udp.Advance(10);

        Ended(_udp, transaction, "client TimedOut");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void Calling_transport_error_ends_it_and_is_told(int firstFailureMs)
    {
        _udp.Transport.Fails = firstFailureMs == 0;
        var transaction = _udp.Send(SipMethod.Invite);
        _udp.Transport.Fails = true;
        _udp.Advance(firstFailureMs);

        Ended(_udp, transaction, "client TransportError");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(199)]
    public void Calling_1xx_goes_up_and_stops_timers_A_and_B(int status)
    {
        var transaction = _udp.Send(SipMethod.Invite);
        _udp.ReceiveResponse(status);
        _udp.Advance(180_000);

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal([$"response {status}"], _udp.Told);
        Assert.Single(_udp.Transport.Sent);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(299)]
    public void Calling_2xx_goes_up_and_is_not_acknowledged_here(int status)
    {
        var transaction = _udp.Send(SipMethod.Invite);
        _udp.ReceiveResponse(status);
        _udp.Advance(31_990);

        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        Assert.Equal([$"response {status}"], _udp.Told);
        Assert.Single(_udp.Transport.Sent);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(699)]
    public void Calling_300_to_699_goes_up_and_is_acknowledged(int status)
    {
        var transaction = _udp.Send(SipMethod.Invite);
        _udp.ReceiveResponse(status);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal([$"response {status}"], _udp.Told);
        Assert.Equal([0], _udp.Transport.TimesOf("ACK"));
    }

    [Fact]
    public void Calling_over_a_stream_sends_the_INVITE_once_until_timer_B()
    {
        var transaction = _tcp.Send(SipMethod.Invite);
        _tcp.Advance(31_990);
        Assert.Equal(SipTransactionState.Calling, transaction.State);
        Assert.Equal([0], _tcp.Transport.TimesOf("INVITE"));
        _tcp.Advance(10);

        Ended(_tcp, transaction, "client TimedOut");
    }

    [Fact]
    public void Proceeding_1xx_goes_up_each_time()
    {
        var transaction = Proceed();
        _udp.ReceiveResponse(180);
        _udp.ReceiveResponse(183);
        _udp.ReceiveResponse(180);

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal(["response 180", "response 183", "response 180"], _udp.Told);
    }

    [Fact]
    public void Proceeding_2xx_goes_up_and_is_not_acknowledged_here()
    {
        var transaction = Proceed();
        _udp.ReceiveResponse(200);

        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        Assert.Equal(["response 200"], _udp.Told);
        Assert.Single(_udp.Transport.Sent);
    }

    [Fact]
    public void Proceeding_300_to_699_goes_up_and_is_acknowledged()
    {
        var transaction = Proceed();
        _udp.ReceiveResponse(486);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal(["response 486"], _udp.Told);
        Assert.Single(_udp.Transport.TimesOf("ACK"));
    }

    [Fact]
    public void Completed_300_to_699_is_acknowledged_again_and_goes_up_no_more()
    {
        var transaction = Complete();
        _udp.Advance(500);
        _udp.ReceiveResponse(486);
        _udp.ReceiveResponse(486);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Empty(_udp.Told);
        Assert.Equal([0, 500, 500], _udp.Transport.TimesOf("ACK"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Completed_transport_error_ends_it(bool atFirstAck)
    {
        var transaction = atFirstAck ? _udp.Send(SipMethod.Invite) : Complete();
        _udp.Transport.Fails = true;
        _udp.ReceiveResponse(486);

        Ended(_udp, transaction, atFirstAck ? ["response 486"] : []);
    }

    [Fact]
    public void Completed_timer_D_ends_it_after_32_s()
    {
        var transaction = Complete();
        _udp.Advance(31_990);
        Assert.Equal(SipTransactionState.Completed, transaction.State);
        _udp.Advance(10);

        Ended(_udp, transaction);
    }

    [Fact]
    public void Completed_over_a_stream_is_left_at_once()
    {
        var transaction = _tcp.Send(SipMethod.Invite);
        _tcp.ReceiveResponse(486);

        Ended(_tcp, transaction, "response 486");
        Assert.Single(_tcp.Transport.TimesOf("ACK"));
    }

    [Fact]
    public void Accepted_2xx_goes_up_each_time()
    {
        var transaction = Accept();
        _udp.ReceiveResponse(200);
        _udp.ReceiveResponse(200, toTag: "fork");

        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        Assert.Equal(["response 200", "response 200"], _udp.Told);
    }

    [Theory]
    [InlineData(SipTransportProtocol.Udp)]
    [InlineData(SipTransportProtocol.Tcp)]
    public void Accepted_timer_M_ends_it_after_64_T1(SipTransportProtocol protocol)
    {
        var harness = protocol == SipTransportProtocol.Udp ? _udp : _tcp;
        var transaction = harness.Send(SipMethod.Invite);
        harness.ReceiveResponse(200);
        harness.Advance(31_990);
        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        harness.Advance(10);

        Ended(harness, transaction, "response 200");
    }

    private SipClientTransaction Proceed() => After(100);

    private SipClientTransaction Complete() => After(486);

    private SipClientTransaction Accept() => After(200);

    private SipClientTransaction After(int status)
    {
        var transaction = _udp.Send(SipMethod.Invite);
        _udp.ReceiveResponse(status);
        _udp.Told.Clear();
        return transaction;
    }

    private static void Ended(Harness harness, SipClientTransaction transaction, params string[] told)
    {
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
        Assert.Equal(told, harness.Told);
        Assert.Equal(0, harness.Layer.ClientCount);
        Assert.Equal(0, harness.Worker.RunningTimers);
    }
}

using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>RFC 3261 §17.1.2 figure 6: a test for each of <see cref="Arrows.NonInviteClient"/>. T1 is 500 ms, T2 4 s, T4 5 s.</summary>
public sealed class NonInviteClientArrowTests : IDisposable
{
    private readonly Harness _udp = new();
    private readonly Harness _tcp = new(SipTransportProtocol.Tcp);

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    [Fact]
    public void Trying_timer_E_resends_the_request_and_doubles_up_to_T2()
    {
        var transaction = _udp.Send(SipMethod.Bye);
        _udp.Advance(31_990);

        Assert.Equal([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500], _udp.Transport.TimesOf("BYE"));
        Assert.Equal(SipTransactionState.Trying, transaction.State);
        Assert.Empty(_udp.Told);
    }

    [Fact]
    public void Trying_timer_F_ends_it_after_64_T1()
    {
        var transaction = _udp.Send(SipMethod.Bye);
        _udp.Advance(31_990);
        Assert.Equal(SipTransactionState.Trying, transaction.State);
        _udp.Advance(10);

        Ended(_udp, transaction, "client TimedOut");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void Trying_transport_error_ends_it_and_is_told(int firstFailureMs)
    {
        _udp.Transport.Fails = firstFailureMs == 0;
        var transaction = _udp.Send(SipMethod.Bye);
        _udp.Transport.Fails = true;
        _udp.Advance(firstFailureMs);

        Ended(_udp, transaction, "client TransportError");
    }

    [Fact]
    public void Trying_1xx_goes_up()
    {
        var transaction = _udp.Send(SipMethod.Bye);
        _udp.ReceiveResponse(100);

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal(["response 100"], _udp.Told);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(300)]
    [InlineData(699)]
    public void Trying_200_to_699_goes_up_and_ends_the_repetitions(int status)
    {
        var transaction = _udp.Send(SipMethod.Bye);
        _udp.ReceiveResponse(status);
        _udp.Advance(4990);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal([$"response {status}"], _udp.Told);
        Assert.Single(_udp.Transport.Sent);
    }

    [Fact]
    public void Trying_over_a_stream_sends_the_request_once_until_timer_F()
    {
        var transaction = _tcp.Send(SipMethod.Bye);
        _tcp.Advance(31_990);
        Assert.Equal(SipTransactionState.Trying, transaction.State);
        Assert.Equal([0], _tcp.Transport.TimesOf("BYE"));
        _tcp.Advance(10);

        Ended(_tcp, transaction, "client TimedOut");
    }

    [Fact]
    public void Proceeding_timer_E_resends_the_request_every_T2()
    {
        var transaction = Proceed();
        _udp.Advance(31_990);

        Assert.Equal([0, 500, 4500, 8500, 12_500, 16_500, 20_500, 24_500, 28_500], _udp.Transport.TimesOf("BYE"));
        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
    }

    [Fact]
    public void Proceeding_timer_F_ends_it_64_T1_after_the_request()
    {
        var transaction = Proceed();
        _udp.Advance(31_990);
        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        _udp.Advance(10);

        Ended(_udp, transaction, "client TimedOut");
    }

    [Fact]
    public void Proceeding_transport_error_ends_it_and_is_told()
    {
        var transaction = Proceed();
        _udp.Transport.Fails = true;
        _udp.Advance(500);

        Ended(_udp, transaction, "client TransportError");
    }

    [Fact]
    public void Proceeding_1xx_goes_up_each_time()
    {
        var transaction = Proceed();
        _udp.ReceiveResponse(100);
        _udp.ReceiveResponse(182);

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal(["response 100", "response 182"], _udp.Told);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(481)]
    public void Proceeding_200_to_699_goes_up_and_ends_the_repetitions(int status)
    {
        var transaction = Proceed();
        _udp.ReceiveResponse(status);
        _udp.Advance(4990);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal([$"response {status}"], _udp.Told);
        Assert.Single(_udp.Transport.Sent);
    }

    [Fact]
    public void Completed_response_is_absorbed()
    {
        var transaction = Complete();
        _udp.ReceiveResponse(200);
        _udp.ReceiveResponse(404);
        _udp.ReceiveResponse(100);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Empty(_udp.Told);
        Assert.Equal(0, _udp.Stack.Snapshot().StrayResponses);
    }

    [Fact]
    public void Completed_timer_K_ends_it_after_T4()
    {
        var transaction = Complete();
        _udp.Advance(4990);
        Assert.Equal(SipTransactionState.Completed, transaction.State);
        _udp.Advance(10);

        Ended(_udp, transaction);
    }

    [Fact]
    public void Completed_over_a_stream_is_left_at_once()
    {
        var transaction = _tcp.Send(SipMethod.Bye);
        _tcp.ReceiveResponse(200);

        Ended(_tcp, transaction, "response 200");
    }

    private SipClientTransaction Proceed() => After(100);

    private SipClientTransaction Complete() => After(200);

    private SipClientTransaction After(int status)
    {
        var transaction = _udp.Send(SipMethod.Bye);
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

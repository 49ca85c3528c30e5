using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>RFC 3261 figure 6, arrow by arrow.</summary>
public sealed class NonInviteClientTransactionTests : IDisposable
{
    private readonly Harness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Unanswered_request_is_repeated_at_most_every_t2_and_times_out()
    {
        var transaction = _harness.Send(SipMethod.Bye);
        _harness.Advance(60_000);

        Assert.Equal([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500], _harness.Transport.TimesOf("BYE"));
        Assert.Equal(["client TimedOut"], _harness.Told);
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
    }

    [Fact]
    public void After_a_provisional_response_it_is_repeated_every_t2_and_still_times_out()
    {
        var transaction = _harness.Send(SipMethod.Bye);
        _harness.Advance(600);
        _harness.ReceiveResponse(100);
        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        _harness.Advance(31_390);
        Assert.Equal([0, 500, 1500, 5500, 9500, 13_500, 17_500, 21_500, 25_500, 29_500], _harness.Transport.TimesOf("BYE"));
        _harness.Advance(10);

        Assert.Equal(["response 100", "client TimedOut"], _harness.Told);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(481, true)]
    [InlineData(302, false)]
    public void Final_response_goes_up_once_and_repetitions_are_absorbed_for_t4(int status, bool afterProvisional)
    {
        var transaction = _harness.Send(SipMethod.Bye);
        if (afterProvisional) _harness.ReceiveResponse(100);
        _harness.Told.Clear();
        _harness.ReceiveResponse(status);
        _harness.ReceiveResponse(status);
        _harness.ReceiveResponse(100);

        Assert.Equal([$"response {status}"], _harness.Told);
        _harness.Advance(4990);
        Assert.Equal(SipTransactionState.Completed, transaction.State);
        _harness.Advance(10); // timer K
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
        Assert.Single(_harness.Transport.TimesOf("BYE"));
    }

    [Fact]
    public void Over_a_stream_nothing_is_repeated_and_the_final_response_ends_it()
    {
        using var harness = new Harness(SipTransportProtocol.Tls);
        var transaction = harness.Send(SipMethod.Options);
        harness.Advance(20_000);
        harness.ReceiveResponse(200);

        Assert.Equal([0], harness.Transport.TimesOf("OPTIONS"));
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
    }

    [Fact]
    public void Transport_error_ends_it_in_either_state()
    {
        _harness.Transport.Fails = true;
        Assert.Equal(SipTransactionState.Terminated, _harness.Send(SipMethod.Bye).State);
        _harness.Transport.Fails = false;
        _harness.Send(SipMethod.Bye);
        _harness.ReceiveResponse(100);
        _harness.Transport.Fails = true;
        _harness.Advance(500);

        Assert.Equal(["client TransportError", "response 100", "client TransportError"], _harness.Told);
        Assert.Equal(2, _harness.Stack.Snapshot().TransportErrors);
    }

    [Fact]
    public void Response_for_another_method_or_branch_is_stray()
    {
        _harness.Send(SipMethod.Bye);
        var via = _harness.Transport.Sent[0].Header("Via");
        _harness.Transport.Receive($"SIP/2.0 200 OK\nVia: {via}\nFrom: <sip:a@b>;tag=1\nTo: <sip:b@b>\nCall-ID: call\nCSeq: 9 OPTIONS\n\n");
        _harness.Transport.Receive($"SIP/2.0 200 OK\nVia: {via}x\nFrom: <sip:a@b>;tag=1\nTo: <sip:b@b>\nCall-ID: call\nCSeq: 9 BYE\n\n");

        Assert.Empty(_harness.Told);
        Assert.Equal(2, _harness.Stack.Snapshot().StrayResponses);
    }
}

using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>RFC 3261 figure 5 and RFC 6026 §7.2, arrow by arrow.</summary>
public sealed class InviteClientTransactionTests : IDisposable
{
    private readonly Harness _harness = new();

    public void Dispose() => _harness.Dispose();

    private SipInviteClientTransaction Send() => (SipInviteClientTransaction)_harness.Send(SipMethod.Invite);

    [Fact]
    public void Unanswered_invite_is_repeated_ever_more_slowly_and_times_out()
    {
        var transaction = Send();
        _harness.Advance(40_000);

        Assert.Equal([0, 500, 1500, 3500, 7500, 15_500, 31_500], _harness.Transport.TimesOf("INVITE"));
        Assert.Equal(["client TimedOut"], _harness.Told);
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
        Assert.Equal(0, _harness.Layer.ClientCount);
    }

    [Fact]
    public void Time_out_comes_after_64_t1()
    {
        Send();
        _harness.Advance(31_990);
        Assert.Empty(_harness.Told);
        _harness.Advance(10);
        Assert.Equal(["client TimedOut"], _harness.Told);
    }

    [Fact]
    public void Provisional_response_stops_repeating_and_timing_out()
    {
        var transaction = Send();
        _harness.ReceiveResponse(100);
        _harness.ReceiveResponse(180);
        _harness.Advance(120_000);

        Assert.Equal(SipTransactionState.Proceeding, transaction.State);
        Assert.Equal(["response 100", "response 180"], _harness.Told);
        Assert.Equal([0], _harness.Transport.TimesOf("INVITE"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Success_goes_up_and_its_repetitions_too_until_timer_m(bool afterProvisional)
    {
        var transaction = Send();
        if (afterProvisional) _harness.ReceiveResponse(180);
        _harness.Told.Clear();
        _harness.ReceiveResponse(200);
        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        _harness.ReceiveResponse(200);
        _harness.ReceiveResponse(200, toTag: "fork");
        _harness.ReceiveResponse(486); // belongs to no state any more
        Assert.Equal(["response 200", "response 200", "response 200"], _harness.Told);

        _harness.Advance(31_990);
        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        _harness.Advance(10);
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
        _harness.ReceiveResponse(200);
        Assert.Equal(3, _harness.Told.Count);
        Assert.Equal(1, _harness.Stack.Snapshot().StrayResponses);
        Assert.Empty(_harness.Transport.TimesOf("ACK"));
    }

    [Theory]
    [InlineData(302, false)]
    [InlineData(486, true)]
    [InlineData(603, false)]
    public void Failure_is_acknowledged_here_and_its_repetitions_too(int status, bool afterProvisional)
    {
        var transaction = Send();
        if (afterProvisional) _harness.ReceiveResponse(180);
        _harness.Told.Clear();
        _harness.ReceiveResponse(status);
        _harness.ReceiveResponse(status);

        Assert.Equal(SipTransactionState.Completed, transaction.State);
        Assert.Equal([$"response {status}"], _harness.Told);
        Assert.Equal(2, _harness.Transport.TimesOf("ACK").Count());
        _harness.Advance(31_990);
        Assert.Equal(SipTransactionState.Completed, transaction.State);
        _harness.Advance(10); // timer D
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
    }

    [Fact]
    public void Acknowledgement_repeats_the_invite_but_for_to()
    {
        Send();
        _harness.ReceiveResponse(486, toTag: "busy");

        var invite = _harness.Transport.Sent[0];
        var ack = _harness.Transport.Sent[1];
        Assert.Equal("ACK sip:b@example.com SIP/2.0", ack.StartLine);
        Assert.Equal(invite.Header("Via"), ack.Header("Via"));
        Assert.Equal(invite.Header("From"), ack.Header("From"));
        Assert.Equal(invite.Header("Route"), ack.Header("Route"));
        Assert.Equal(invite.Header("Call-ID"), ack.Header("Call-ID"));
        Assert.Equal("<sip:b@example.com>;tag=busy", ack.Header("To"));
        Assert.Equal("9 ACK", ack.Header("CSeq"));
        Assert.Equal(invite.To, ack.To);
    }

    [Fact]
    public void Over_a_stream_nothing_is_repeated_and_a_failure_ends_at_once()
    {
        using var harness = new Harness(SipTransportProtocol.Tcp);
        harness.Send(SipMethod.Invite, "one");
        harness.Advance(31_990);
        Assert.Equal([0], harness.Transport.TimesOf("INVITE"));
        harness.Advance(10);
        Assert.Equal(["client TimedOut"], harness.Told);

        var transaction = harness.Send(SipMethod.Invite, "two");
        harness.ReceiveResponse(486);
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
        Assert.Single(harness.Transport.TimesOf("ACK"));
    }

    [Fact]
    public void Transport_error_ends_it_at_once_or_at_a_repetition()
    {
        _harness.Transport.Fails = true;
        Assert.Equal(SipTransactionState.Terminated, Send().State);
        _harness.Transport.Fails = false;
        var second = Send();
        _harness.Transport.Fails = true;
        _harness.Advance(500);

        Assert.Equal(SipTransactionState.Terminated, second.State);
        Assert.Equal(["client TransportError", "client TransportError"], _harness.Told);
        Assert.Equal(0, _harness.Layer.ClientCount);
    }

    [Fact]
    public void Cancel_goes_out_at_once_after_a_provisional_response()
    {
        var transaction = Send();
        _harness.ReceiveResponse(180);
        transaction.Cancel();
        transaction.Cancel();

        var cancel = Assert.Single(_harness.Transport.Sent, sending => sending.StartLine == "CANCEL sip:b@example.com SIP/2.0");
        Assert.Equal(_harness.Transport.Sent[0].Header("Via"), cancel.Header("Via"));
        Assert.Equal("<sip:b@example.com>", cancel.Header("To"));
        Assert.Equal("9 CANCEL", cancel.Header("CSeq"));
        _harness.ReceiveResponse(200, method: "CANCEL");
        _harness.ReceiveResponse(487, method: "INVITE");
        Assert.Equal(["response 180", "response 487"], _harness.Told);
        Assert.Single(_harness.Transport.TimesOf("ACK"));
    }

    [Fact]
    public void Cancel_waits_for_the_first_provisional_response()
    {
        var transaction = Send();
        transaction.Cancel();
        Assert.Empty(_harness.Transport.TimesOf("CANCEL"));
        _harness.ReceiveResponse(100);
        Assert.Single(_harness.Transport.TimesOf("CANCEL"));
    }

    [Fact]
    public void Success_that_crosses_cancel_reaches_the_owner()
    {
        var transaction = Send();
        _harness.ReceiveResponse(180);
        transaction.Cancel();
        _harness.ReceiveResponse(200, method: "INVITE");

        Assert.True(transaction.IsCancelled);
        Assert.Equal(["response 180", "response 200"], _harness.Told);
    }

    [Fact]
    public void Cancelled_invite_without_a_final_response_times_out()
    {
        var transaction = Send();
        _harness.ReceiveResponse(180);
        transaction.Cancel();
        _harness.ReceiveResponse(200, method: "CANCEL");
        _harness.Advance(32_000);

        Assert.Equal(["response 180", "client TimedOut"], _harness.Told);
        Assert.Equal(0, _harness.Layer.ClientCount);
    }
}

using CallCenterKit.Sip.Transactions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Transactions;

/// <summary>RFC 3261 figure 7 and RFC 6026 §7.1, arrow by arrow.</summary>
public sealed class InviteServerTransactionTests : IDisposable
{
    private readonly Harness _harness = new();

    public void Dispose() => _harness.Dispose();

    private SipInviteServerTransaction Receive()
    {
        _harness.ReceiveRequest("INVITE");
        return (SipInviteServerTransaction)_harness.Server!;
    }

    [Fact]
    public void Slow_user_gets_100_sent_after_200_ms()
    {
        Receive();
        _harness.Advance(190);
        Assert.Empty(_harness.Transport.Sent);
        _harness.Advance(10);

        var trying = Assert.Single(_harness.Transport.Sent);
        Assert.Equal("SIP/2.0 100 Trying", trying.StartLine);
        Assert.Equal("<sip:b@example.com>", trying.Header("To"));
    }

    [Fact]
    public void Quick_user_spares_the_100()
    {
        Receive().Respond(180);
        _harness.Advance(10_000);

        Assert.Equal("SIP/2.0 180 Ringing", Assert.Single(_harness.Transport.Sent).StartLine);
    }

    [Fact]
    public void Repeated_invite_gets_the_last_provisional_response_or_100()
    {
        var transaction = Receive();
        _harness.ReceiveRequest("INVITE");
        transaction.Respond(180);
        _harness.ReceiveRequest("INVITE");

        Assert.Equal(["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 180 Ringing"], _harness.Transport.Sent.Select(sending => sending.StartLine));
        Assert.Equal(["request INVITE"], _harness.Told);
        Assert.Equal(2, _harness.Stack.Snapshot().RetransmissionsReceived);
        Assert.Equal(1, _harness.Stack.Snapshot().RetransmissionsSent);
    }

    [Fact]
    public void All_responses_above_100_have_the_same_tag()
    {
        var transaction = Receive();
        transaction.Respond(180);
        transaction.Respond(183);
        transaction.Respond(200);

        Assert.Single(_harness.Transport.Sent.Select(sending => sending.Header("To")).Distinct());
        Assert.EndsWith($";tag={transaction.LocalTag:x16}", _harness.Transport.Sent[0].Header("To"), StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_is_repeated_until_it_is_acknowledged()
    {
        var transaction = Receive();
        transaction.Respond(486);
        Assert.Equal(SipTransactionState.Completed, transaction.State);
        _harness.Advance(5000);
        Assert.Equal([0, 500, 1500, 3500], _harness.Transport.TimesOf("SIP/2.0 486"));
        _harness.ReceiveRequest("INVITE");
        Assert.Equal([0, 500, 1500, 3500, 5000], _harness.Transport.TimesOf("SIP/2.0 486"));

        _harness.ReceiveRequest("ACK", toTag: "x");
        Assert.Equal(SipTransactionState.Confirmed, transaction.State);
        _harness.ReceiveRequest("ACK", toTag: "x");
        _harness.ReceiveRequest("INVITE");
        _harness.Advance(4990);
        Assert.Equal(SipTransactionState.Confirmed, transaction.State);
        _harness.Advance(10); // timer I
        Assert.Equal(SipTransactionState.Terminated, transaction.State);
        Assert.Equal(5, _harness.Transport.Sent.Count);
        Assert.Equal(["request INVITE"], _harness.Told);
        Assert.Equal(0, _harness.Layer.ServerCount);
    }

    [Fact]
    public void Failure_without_an_acknowledgement_is_reported_after_64_t1()
    {
        Receive().Respond(486);
        _harness.Advance(32_000);

        Assert.Equal([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500], _harness.Transport.TimesOf("SIP/2.0 486"));
        Assert.Equal(["request INVITE", "server NotAcknowledged"], _harness.Told);
        Assert.Equal(0, _harness.Layer.ServerCount);
    }

    [Fact]
    public void Success_is_not_repeated_by_itself_and_absorbs_repetitions_until_timer_l()
    {
        var transaction = Receive();
        transaction.Respond(200);
        _harness.ReceiveRequest("INVITE");
        _harness.Advance(31_990);
        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        Assert.Single(_harness.Transport.Sent);
        _harness.Advance(10);

        Assert.Equal(SipTransactionState.Terminated, transaction.State);
        Assert.Equal(["request INVITE"], _harness.Told);
    }

    [Fact]
    public void Success_is_repeated_on_demand_until_acknowledged()
    {
        var transaction = Receive();
        transaction.Respond(200);
        transaction.RetransmitUntilAcknowledged();
        _harness.Advance(4000);
        _harness.ReceiveRequest("ACK", branch: "z9hG4bKother", toTag: "x");
        transaction.Acknowledge();
        _harness.Advance(60_000);

        Assert.Equal([0, 500, 1500, 3500], _harness.Transport.TimesOf("SIP/2.0 200"));
        Assert.Equal(["request INVITE", "ack"], _harness.Told);
    }

    [Fact]
    public void Success_nobody_acknowledges_is_reported_after_64_t1()
    {
        var transaction = Receive();
        transaction.Respond(200);
        transaction.RetransmitUntilAcknowledged();
        _harness.Advance(32_000);

        Assert.Equal(["request INVITE", "server NotAcknowledged"], _harness.Told);
        Assert.Equal(0, _harness.Layer.ServerCount);
        Assert.Equal(11, _harness.Transport.Sent.Count);
    }

    [Fact]
    public void Acknowledgement_of_success_with_the_branch_of_the_invite_goes_up_too()
    {
        var transaction = Receive();
        transaction.Respond(200);
        _harness.ReceiveRequest("ACK", toTag: "x");

        Assert.Equal(SipTransactionState.Accepted, transaction.State);
        Assert.Equal(["request INVITE", "ack"], _harness.Told);
    }

    [Fact]
    public void User_may_send_success_again()
    {
        var transaction = Receive();
        using var response = transaction.BeginResponse(200);
        transaction.Respond(response);
        transaction.Respond(response);
        transaction.Respond(486); // too late, and ignored

        Assert.Equal(2, _harness.Transport.Sent.Count);
    }

    [Fact]
    public void Request_is_let_go_with_the_final_response()
    {
        var transaction = Receive();
        transaction.Respond(180);
        Assert.NotNull(transaction.Request);
        transaction.Respond(404);

        Assert.Throws<InvalidOperationException>(() => transaction.Request);
    }

    [Fact]
    public void Over_a_stream_a_failure_is_sent_once_and_its_acknowledgement_ends_it()
    {
        using var harness = new Harness(SipTransportProtocol.Tcp);
        harness.ReceiveRequest("INVITE");
        harness.Server!.Respond(486);
        harness.Advance(10_000);
        Assert.Single(harness.Transport.Sent);
        harness.ReceiveRequest("ACK", toTag: "x");

        Assert.Equal(0, harness.Layer.ServerCount);
    }

    [Fact]
    public void Transport_error_is_reported()
    {
        var first = Receive();
        _harness.Transport.Fails = true;
        first.Respond(180);
        Assert.Equal(SipTransactionState.Proceeding, first.State);
        first.Respond(200);

        Assert.Equal(SipTransactionState.Accepted, first.State); // RFC 6026 §8.7
        Assert.Equal(["request INVITE", "server TransportError", "server TransportError"], _harness.Told);
    }

    [Fact]
    public void Cancel_is_answered_and_told_to_the_owner()
    {
        var transaction = Receive();
        transaction.Respond(180);
        _harness.ReceiveRequest("CANCEL");
        _harness.ReceiveRequest("CANCEL");

        Assert.Equal(["request INVITE", "cancelled"], _harness.Told);
        Assert.Equal(["SIP/2.0 180 Ringing", "SIP/2.0 200 OK", "SIP/2.0 487 Request Terminated", "SIP/2.0 200 OK"],
            _harness.Transport.Sent.Select(sending => sending.StartLine));
        Assert.Equal("9 CANCEL", _harness.Transport.Sent[1].Header("CSeq"));
        Assert.Equal(_harness.Transport.Sent[2].Header("To"), _harness.Transport.Sent[1].Header("To"));
        Assert.Equal(SipTransactionState.Completed, transaction.State);
    }

    [Fact]
    public void Cancel_without_an_owner_ends_the_invite_with_487()
    {
        var transaction = Receive();
        transaction.Owner = null;
        _harness.ReceiveRequest("CANCEL");

        Assert.Equal("SIP/2.0 487 Request Terminated", _harness.Transport.Sent[^1].StartLine);
    }

    [Fact]
    public void Cancel_after_the_final_response_changes_nothing()
    {
        Receive().Respond(200);
        _harness.ReceiveRequest("CANCEL");

        Assert.Equal(["SIP/2.0 200 OK", "SIP/2.0 200 OK"], _harness.Transport.Sent.Select(sending => sending.StartLine));
        Assert.Equal(["request INVITE"], _harness.Told);
    }

    [Fact]
    public void Cancel_for_nothing_is_answered_with_481()
    {
        _harness.ReceiveRequest("CANCEL");

        Assert.Equal("SIP/2.0 481 Call/Transaction Does Not Exist", Assert.Single(_harness.Transport.Sent).StartLine);
        Assert.Empty(_harness.Told);
    }
}

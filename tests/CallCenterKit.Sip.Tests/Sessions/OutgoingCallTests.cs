using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

public sealed class OutgoingCallTests
{
    [Fact]
    public async Task Answered_call_is_acknowledged_and_given_to_the_host()
    {
        await using var sip = await DriverHarness.StartAsync();

        var dialling = sip.DialAsync();
        var invite = Assert.Single(sip.Sent);
        Assert.Equal("INVITE sip:bob@192.0.2.1 SIP/2.0", invite.StartLine);
        Assert.StartsWith("\"Ada \\\"L\\\"\" <sip:4930123456@192.0.2.99:5060>;tag=", invite.Header("From"), StringComparison.Ordinal);
        Assert.Contains("m=audio 16384 RTP/AVP 8 0 9 101", invite.Text, StringComparison.Ordinal);
        sip.Respond(invite, 180);
        sip.Respond(invite, 200, body: DriverHarness.Sdp);

        var call = Assert.IsType<DialOutcome.Answered>(await dialling).Call;
        var ack = sip.Last;
        Assert.Equal("ACK sip:bob@192.0.2.1:5060 SIP/2.0", ack.StartLine);
        Assert.EndsWith(";tag=far", ack.Header("To"), StringComparison.Ordinal);
        Assert.Equal("1 ACK", ack.Header("CSeq"));
        Assert.Equal(CallState.Answered, call.State);
        Assert.Equal(CallDirection.Outbound, call.Direction);
        Assert.Equal(Guid.Parse("00000000-0000-7000-8000-000000000001"), call.Id.Value);
        Assert.Equal(invite.Header("Call-ID"), call.Attributes["sip.call-id"]);
        Assert.Equal(["Ringing", "Answered"], sip.Told);

        call.HangUp(HangUpCause.Normal);
        Assert.Equal("BYE sip:bob@192.0.2.1:5060 SIP/2.0", sip.Last.StartLine);
        Assert.Equal("2 BYE", sip.Last.Header("CSeq"));
        Assert.Equal("ended Normal by Center", sip.Told[^1]);
    }

    [Fact]
    public async Task Party_that_hangs_up_ends_the_call()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        sip.Respond(sip.Last, 200, body: DriverHarness.Sdp);
        await dialling;
        var invite = sip.Sent[0];

        sip.Transport.Receive($"BYE sip:192.0.2.99:5060 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKbye\nMax-Forwards: 70\n"
            + $"From: {invite.Header("To")};tag=far\nTo: {invite.Header("From")}\nCall-ID: {invite.Header("Call-ID")}\nCSeq: 1 BYE\nContent-Length: 0\n\n");

        Assert.Equal("SIP/2.0 200 OK", sip.Last.StartLine);
        Assert.Equal("ended Normal by Party", sip.Told[^1]);
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Theory]
    [InlineData(486)]
    [InlineData(600)]
    public async Task Busy_party_is_busy(int status)
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();

        sip.Respond(sip.Last, status);

        Assert.Equal(new DialOutcome.Busy(), await dialling);
        Assert.StartsWith("ACK ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Empty(sip.Told);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(480)]
    [InlineData(603)]
    public async Task Refusal_keeps_its_status(int status)
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();

        sip.Respond(sip.Last, status);

        Assert.Equal(new DialOutcome.Rejected(status), await dialling);
    }

    [Fact]
    public async Task Ring_time_over_cancels_and_is_no_answer()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(TimeSpan.FromSeconds(15));
        var invite = sip.Last;
        sip.Respond(invite, 180);

        sip.Advance(14_990);
        Assert.Empty(sip.SentOf("CANCEL"));
        sip.Advance(20);
        var cancel = Assert.Single(sip.SentOf("CANCEL"));
        Assert.Equal(invite.Header("Via"), cancel.Header("Via"));
        sip.Respond(cancel, 200);
        Assert.False(dialling.IsCompleted);
        sip.Respond(invite, 487);

        Assert.Equal(new DialOutcome.NoAnswer(), await dialling);
        Assert.Equal(["Ringing", "ended NoAnswer by Center"], sip.Told);
    }

    [Theory]
    [InlineData(HangUpCause.AnsweredElsewhere, true)]
    [InlineData(HangUpCause.Cancelled, false)]
    public async Task Cancelling_tells_why_and_returns_when_the_phone_has_stopped(HangUpCause cause, bool elsewhere)
    {
        using var cancellation = new CancellationTokenSource();
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(cancelCause: cause, cancellationToken: cancellation.Token);
        var invite = sip.Last;
        sip.Respond(invite, 180);

        await cancellation.CancelAsync();
        var cancel = Assert.Single(sip.SentOf("CANCEL"));
        Assert.Equal(elsewhere, cancel.Text.Contains("Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n", StringComparison.Ordinal));
        Assert.False(dialling.IsCompleted);
        sip.Respond(invite, 487);

        await Assert.ThrowsAsync<OperationCanceledException>(() => dialling);
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Answer_that_crosses_the_cancellation_is_acknowledged_and_ended()
    {
        using var cancellation = new CancellationTokenSource();
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(cancellationToken: cancellation.Token);
        var invite = sip.Last;
        sip.Respond(invite, 180);
        await cancellation.CancelAsync();

        sip.Respond(invite, 200, body: DriverHarness.Sdp);

        await Assert.ThrowsAsync<OperationCanceledException>(() => dialling);
        Assert.Equal(["INVITE", "CANCEL", "ACK", "BYE"], sip.Sent.Select(sending => sending.StartLine.Split(' ')[0]));
        Assert.Equal(["Ringing", "ended Cancelled by Center"], sip.Told);
    }

    [Fact]
    public async Task Cancel_waits_for_a_provisional_response_but_the_host_does_not_for_ever()
    {
        using var cancellation = new CancellationTokenSource();
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(cancellationToken: cancellation.Token);
        var invite = sip.Last;

        await cancellation.CancelAsync();
        Assert.Empty(sip.SentOf("CANCEL"));
        sip.Advance(2010);
        await Assert.ThrowsAsync<OperationCanceledException>(() => dialling);

        sip.Respond(invite, 180);
        Assert.Single(sip.SentOf("CANCEL"));
        sip.Respond(invite, 200, body: DriverHarness.Sdp);
        Assert.Equal("BYE", sip.Last.StartLine.Split(' ')[0]);
    }

    [Fact]
    public async Task Silent_address_is_unreachable_after_64_T1()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();

        sip.Advance(32_010);

        Assert.IsType<DialOutcome.Unreachable>(await dialling);
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Network_that_refuses_to_send_is_unreachable()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Transport.Fails = true;

        Assert.IsType<DialOutcome.Unreachable>(await sip.DialAsync());
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Theory]
    [InlineData("sip:bob@phones.example.com")]
    [InlineData("sip:bob@[2001:db8::1]")]
    [InlineData("tel:+4930123456")]
    [InlineData("bob")]
    public async Task Address_we_cannot_reach_is_unreachable_with_the_reason(string address)
    {
        await using var sip = await DriverHarness.StartAsync();

        var outcome = Assert.IsType<DialOutcome.Unreachable>(await sip.DialAsync(new DialTarget.ToAddress(address)));

        Assert.Contains(address, outcome.Why, StringComparison.Ordinal);
        Assert.Empty(sip.Sent);
    }

    [Fact]
    public async Task Endpoint_that_is_not_registered_is_unreachable()
    {
        await using var sip = await DriverHarness.StartAsync();

        Assert.IsType<DialOutcome.Unreachable>(await sip.DialAsync(new DialTarget.ToEndpoint(new("alice"))));
        Assert.IsType<DialOutcome.Unreachable>(await sip.DialAsync(new DialTarget.ToEndpoint(new("nobody"))));
        Assert.False(sip.Driver.IsReachable(new("alice")));
    }

    [Fact]
    public async Task Endpoint_with_a_fixed_contact_needs_no_registration()
    {
        await using var sip = await DriverHarness.StartAsync(options =>
            options.Accounts.Add(new() { Endpoint = "desk", Password = "x", Contact = "sip:desk@192.0.2.23:7000" }));

        _ = sip.DialAsync(new DialTarget.ToEndpoint(new("desk")));

        Assert.Equal("INVITE sip:desk@192.0.2.23:7000 SIP/2.0", sip.Last.StartLine);
        Assert.Equal("192.0.2.23:7000", sip.Last.To.ToString());
        Assert.True(sip.Driver.IsReachable(new("desk")));
        Assert.Equal(["desk reachable"], sip.Told);
    }

    [Fact]
    public async Task All_contacts_ring_at_once_and_the_first_answer_wins()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5060>, <sip:alice@192.0.2.8:5060>");
        sip.Sent.Clear();
        var dialling = sip.DialAsync(new DialTarget.ToEndpoint(new("alice")));
        FakeInvite first = new(sip, 0), second = new(sip, 1);
        sip.Respond(first.Sending, 180);
        sip.Respond(second.Sending, 180);

        sip.Respond(second.Sending, 200, body: DriverHarness.Sdp);

        Assert.IsType<DialOutcome.Answered>(await dialling);
        var cancel = Assert.Single(sip.SentOf("CANCEL"));
        Assert.Equal(first.Sending.Header("Via"), cancel.Header("Via"));
        Assert.Contains("Call completed elsewhere", cancel.Text, StringComparison.Ordinal);

        sip.Respond(first.Sending, 200, tag: "late", body: DriverHarness.Sdp);
        var bye = Assert.Single(sip.SentOf("BYE"));
        Assert.EndsWith(";tag=late", bye.Header("To"), StringComparison.Ordinal);
        Assert.Equal(1, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task One_busy_contact_does_not_stop_the_others_but_decides_when_none_answers()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5060>, <sip:alice@192.0.2.8:5060>");
        sip.Sent.Clear();
        var dialling = sip.DialAsync(new DialTarget.ToEndpoint(new("alice")));
        FakeInvite first = new(sip, 0), second = new(sip, 1);

        sip.Respond(first.Sending, 486);
        Assert.False(dialling.IsCompleted);
        sip.Respond(second.Sending, 404);

        Assert.Equal(new DialOutcome.Busy(), await dialling);
    }

    [Fact]
    public async Task Decline_speaks_for_all_contacts()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5060>, <sip:alice@192.0.2.8:5060>");
        sip.Sent.Clear();
        var dialling = sip.DialAsync(new DialTarget.ToEndpoint(new("alice")));
        FakeInvite first = new(sip, 0), second = new(sip, 1);
        sip.Respond(second.Sending, 180);

        sip.Respond(first.Sending, 603);
        Assert.Single(sip.SentOf("CANCEL"));
        sip.Respond(second.Sending, 487);

        Assert.Equal(new DialOutcome.Rejected(603), await dialling);
    }

    [Fact]
    public async Task Second_answer_of_a_forking_proxy_is_acknowledged_and_ended()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 200, tag: "one", body: DriverHarness.Sdp);
        await dialling;

        sip.Respond(invite, 200, tag: "two", body: DriverHarness.Sdp);

        Assert.EndsWith(";tag=two", Assert.Single(sip.SentOf("BYE")).Header("To"), StringComparison.Ordinal);
        Assert.Equal(2, sip.SentOf("ACK").Count());
        Assert.Equal(1, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Repeated_answer_is_acknowledged_again()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 200, body: DriverHarness.Sdp);
        await dialling;

        sip.Respond(invite, 200, body: DriverHarness.Sdp);

        Assert.Equal(2, sip.SentOf("ACK").Count());
        Assert.Empty(sip.SentOf("BYE"));
    }

    [Fact]
    public async Task Answer_without_a_common_format_is_ended()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();

        sip.Respond(sip.Last, 200, body: DriverHarness.Sdp.Replace("RTP/AVP 8 101", "RTP/AVP 18", StringComparison.Ordinal));

        Assert.Equal(new DialOutcome.Rejected(488), await dialling);
        Assert.Equal(["INVITE", "ACK", "BYE"], sip.Sent.Select(sending => sending.StartLine.Split(' ')[0]));
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Stopping_driver_gives_up_what_rings()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 180);

        var disposal = sip.StopAsync();
        sip.Respond(invite, 487);

        Assert.IsType<DialOutcome.Unreachable>(await dialling);
        await disposal;
        Assert.IsType<DialOutcome.Unreachable>(await sip.DialAsync());
    }

    [Fact]
    public async Task Preferred_format_is_offered_first()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(DriverHarness.Sdp.Replace("RTP/AVP 8 101", "RTP/AVP 0 101", StringComparison.Ordinal).Replace("8 PCMA", "0 PCMU", StringComparison.Ordinal));
        await sip.Call.AnswerAsync(default);

        _ = sip.Driver.DialAsync(
            new() { Id = new(Guid.Empty), Target = new DialTarget.ToAddress("sip:b@192.0.2.1"), Caller = new(""), PreferFormatsOf = sip.Call }, default).AsTask();

        Assert.Contains("RTP/AVP 0 8 9 101", sip.Last.Text, StringComparison.Ordinal);
        Assert.StartsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>", sip.Last.Header("From"), StringComparison.Ordinal);
    }

    private sealed class FakeInvite(DriverHarness sip, int index)
    {
        internal Transactions.FakeTransport.Sending Sending { get; } = sip.SentOf("INVITE").ElementAt(index);
    }
}

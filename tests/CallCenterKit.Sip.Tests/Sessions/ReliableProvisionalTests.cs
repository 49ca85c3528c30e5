using System.Globalization;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>RFC 3262, and what it says of offers and answers (§5, RFC 6337 §2.2).</summary>
public sealed class ReliableProvisionalTests
{
    private const string Requires = "Require: 100rel\n";
    private const string Supports = "Supported: 100rel\n";

    [Fact]
    public async Task Caller_that_requires_it_gets_each_provisional_response_reliably()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(extra: Requires);

        await sip.Call.RingAsync(default);

        Assert.Equal("SIP/2.0 180 Ringing", sip.Last.StartLine);
        Assert.Equal("100rel", sip.Last.Header("Require"));
        Assert.InRange(Number(sip.Last), 1, int.MaxValue);
        Assert.Equal("<sip:192.0.2.99:5060>", sip.Last.Header("Contact"));
    }

    [Fact]
    public async Task Caller_that_supports_it_gets_what_carries_sdp_reliably_and_the_rest_as_ever()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(extra: Supports);

        await sip.Call.RingAsync(default);
        Assert.DoesNotContain("RSeq", sip.Last.Text, StringComparison.Ordinal);
        await sip.Call.StartEarlyAudioAsync(default);

        Assert.Equal("SIP/2.0 183 Session Progress", sip.Last.StartLine);
        Assert.Equal("100rel", sip.Last.Header("Require"));
    }

    [Fact]
    public async Task Caller_that_does_not_know_it_gets_nothing_of_it()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();

        await sip.Call.RingAsync(default);
        await sip.Call.StartEarlyAudioAsync(default);

        Assert.All(sip.Sent, sending => Assert.DoesNotContain("100rel\r\nRSeq", sending.Text, StringComparison.Ordinal));
        Assert.All(sip.Sent, sending => Assert.DoesNotContain("\r\nRequire:", sending.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reliable_response_is_repeated_at_growing_pauses_until_its_prack()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var response = await EarlyAsync(sip, Supports);

        sip.Advance(4000);
        Assert.Equal([0, 500, 1500, 3500], sip.Transport.TimesOf("SIP/2.0 183"));
        Assert.Equal("SIP/2.0 200 OK", Prack(sip, response).StartLine);

        sip.Advance(55_000);
        Assert.Equal(4, sip.Transport.TimesOf("SIP/2.0 183").Count());
        Assert.Equal(CallState.Ringing, sip.Call.State);
    }

    [Fact]
    public async Task Reliable_response_without_a_prack_for_64_T1_ends_the_call_with_a_5xx()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await EarlyAsync(sip, Supports);

        sip.Advance(31_990);
        Assert.Equal(CallState.Ringing, sip.Call.State);
        sip.Advance(20);

        Assert.Equal("SIP/2.0 504 Server Time-out", sip.Last.StartLine);
        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Equal(0, sip.PortsTaken);
    }

    [Theory]
    [InlineData("{next} 1 INVITE")]
    [InlineData("{number} 2 INVITE")]
    [InlineData("{number} 1 UPDATE")]
    [InlineData("{number} 1")]
    [InlineData("")]
    public async Task Prack_that_names_no_response_of_ours_gets_481_and_acknowledges_nothing(string rack)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var response = await EarlyAsync(sip, Supports);
        var number = Number(response);

        var named = rack.Replace("{number}", $"{number}", StringComparison.Ordinal).Replace("{next}", $"{number + 1}", StringComparison.Ordinal);
        var answer = sip.Ask("PRACK", named.Length > 0 ? $"RAck: {named}\n" : "", DriverHarness.TagOf(response), 2);

        Assert.Equal("SIP/2.0 481 Call/Transaction Does Not Exist", answer.StartLine);
        sip.Advance(600);
        Assert.Equal(2, sip.Transport.TimesOf("SIP/2.0 183").Count());
    }

    [Fact]
    public async Task Second_prack_for_one_response_gets_481()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var response = await EarlyAsync(sip, Supports);
        Prack(sip, response);

        Assert.StartsWith("SIP/2.0 481 ", Prack(sip, response, cseq: 3).StartLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_reliable_response_waits_for_the_prack_of_the_one_before_and_has_the_next_number()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(extra: Requires);
        await sip.Call.RingAsync(default);
        var ringing = sip.Last;
        await sip.Call.StartEarlyAudioAsync(default);
        Assert.Empty(sip.Transport.TimesOf("SIP/2.0 183"));

        Prack(sip, ringing);

        Assert.Equal("SIP/2.0 183 Session Progress", sip.Last.StartLine);
        Assert.Equal(Number(ringing) + 1, Number(sip.Last));
    }

    [Fact]
    public async Task Answer_waits_until_the_sdp_before_it_is_known_to_have_arrived_and_does_not_repeat_it()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var response = await EarlyAsync(sip, Supports);

        var answering = sip.Call.AnswerAsync(default).AsTask();
        Assert.Empty(sip.Transport.TimesOf("SIP/2.0 200"));
        Prack(sip, response);
        await answering;

        Assert.Equal("SIP/2.0 200 OK", sip.Last.StartLine);
        Assert.Equal("1 INVITE", sip.Last.Header("CSeq"));
        Assert.DoesNotContain("m=audio", sip.Last.Text, StringComparison.Ordinal);
        sip.Acknowledge(DriverHarness.TagOf(response));
        sip.Advance(40_000);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Answer_that_is_taken_back_while_it_waits_for_its_prack_does_not_follow()
    {
        using var cancellation = new CancellationTokenSource();
        await using var sip = await DriverHarness.StartTrustedAsync();
        var response = await EarlyAsync(sip, Supports);
        var answering = sip.Call.AnswerAsync(cancellation.Token).AsTask();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
        Prack(sip, response);

        Assert.Equal(CallState.Ringing, sip.Call.State);
        await sip.Call.AnswerAsync(default);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Answer_does_not_wait_for_the_prack_of_what_carries_no_sdp_and_a_late_prack_is_still_answered()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(extra: Requires);
        await sip.Call.RingAsync(default);
        var ringing = sip.Last;

        await sip.Call.AnswerAsync(default);
        Assert.Equal("SIP/2.0 200 OK", sip.Last.StartLine);
        Assert.Contains("m=audio", sip.Last.Text, StringComparison.Ordinal);

        Assert.Equal("SIP/2.0 200 OK", Prack(sip, ringing).StartLine);
        sip.Acknowledge(DriverHarness.TagOf(ringing));
        sip.Advance(40_000);
        Assert.Single(sip.Transport.TimesOf("SIP/2.0 180"));
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Offer_in_a_prack_is_answered_in_its_response()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var response = await EarlyAsync(sip, Supports);

        var answer = Prack(sip, response, body: DriverHarness.SdpAt(4100));

        Assert.Equal("SIP/2.0 200 OK", answer.StartLine);
        Assert.Contains("m=audio", answer.Text, StringComparison.Ordinal);
        Assert.Equal(4100, DriverHarness.RemotePort(sip.Call));
    }

    [Fact]
    public async Task Offer_of_ours_in_a_provisional_response_is_answered_in_its_prack()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite("", Supports);
        await sip.Call.StartEarlyAudioAsync(default);
        var response = sip.Last;
        Assert.Contains("m=audio 16384 RTP/AVP 8 0 9 101", response.Text, StringComparison.Ordinal);

        Prack(sip, response, body: DriverHarness.SdpAt(4100));
        Assert.Equal(4100, DriverHarness.RemotePort(sip.Call));

        await sip.Call.AnswerAsync(default);
        Assert.DoesNotContain("m=audio", sip.Last.Text, StringComparison.Ordinal);
        sip.Acknowledge(DriverHarness.TagOf(response));
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Prack_without_the_answer_we_wait_for_ends_the_call()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite("", Supports);
        await sip.Call.StartEarlyAudioAsync(default);

        Prack(sip, sip.Last);

        Assert.Equal(["SIP/2.0 488 Not Acceptable Here"], sip.ResponsesTo("PRACK").Select(sending => sending.StartLine));
        Assert.Equal("SIP/2.0 488 Not Acceptable Here", sip.ResponsesTo("INVITE").Last().StartLine);
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Early_audio_for_a_caller_without_offer_needs_reliable_responses()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite("");

        await Assert.ThrowsAsync<NotSupportedException>(async () => await sip.Call.StartEarlyAudioAsync(default));

        Assert.Equal(CallState.Trying, sip.Call.State);
        await sip.Call.AnswerAsync(default);
        Assert.Contains("m=audio", sip.Last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_while_a_reliable_response_waits_stops_its_repetition()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await EarlyAsync(sip, Supports);

        sip.Transport.Receive(sip.Again("CANCEL"));

        Assert.Equal(["SIP/2.0 200 OK", "SIP/2.0 487 Request Terminated"], sip.Sent.Skip(1).Select(sending => sending.StartLine));
        sip.Advance(40_000);
        Assert.Single(sip.Transport.TimesOf("SIP/2.0 183"));
        Assert.Equal("ended Cancelled by Party", sip.Told[^1]);
    }

    [Fact]
    public async Task Hanging_up_while_the_answer_waits_for_its_prack_refuses_and_fails_the_answer()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var response = await EarlyAsync(sip, Supports);
        var answering = sip.Call.AnswerAsync(default).AsTask();

        sip.Call.HangUp(HangUpCause.Busy);

        Assert.Equal("SIP/2.0 486 Busy Here", sip.Last.StartLine);
        await Assert.ThrowsAsync<CallEndedException>(() => answering);
        Assert.StartsWith("SIP/2.0 481 ", Prack(sip, response).StartLine, StringComparison.Ordinal);
        Assert.DoesNotContain(sip.Sent, sending => sending.StartLine == "SIP/2.0 200 OK");
    }

    [Fact]
    public async Task Reliable_response_to_our_invite_is_acknowledged_within_its_early_dialog()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync();
        var invite = sip.Last;
        Assert.Contains("100rel", invite.Header("Supported"), StringComparison.Ordinal);

        sip.Respond(invite, 183, extra: "Require: 100rel\nRSeq: 988789\n", body: DriverHarness.Sdp);

        var prack = Assert.Single(sip.SentOf("PRACK"));
        Assert.Equal("988789 1 INVITE", prack.Header("RAck"));
        Assert.Equal("PRACK sip:bob@192.0.2.1:5060 SIP/2.0", prack.StartLine);
        Assert.EndsWith(";tag=far", prack.Header("To"), StringComparison.Ordinal);
        Assert.Equal(invite.Header("From"), prack.Header("From"));
        Assert.Equal("2 PRACK", prack.Header("CSeq"));
    }

    [Fact]
    public async Task Repeated_reliable_response_has_one_prack_only()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync();
        var invite = sip.Last;

        for (var i = 0; i < 3; i++)
            sip.Respond(invite, 180, extra: "Require: 100rel\nRSeq: 1\n");

        Assert.Single(sip.SentOf("PRACK"));
    }

    [Fact]
    public async Task Reliable_response_that_overtook_another_is_neither_acknowledged_nor_believed()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 180, extra: "Require: 100rel\nRSeq: 7\n");

        sip.Respond(invite, 183, extra: "Require: 100rel\nRSeq: 9\n", body: DriverHarness.Sdp);
        Assert.Single(sip.SentOf("PRACK"));
        Assert.Equal(["Ringing"], sip.Told);

        sip.Respond(invite, 183, extra: "Require: 100rel\nRSeq: 8\n", body: DriverHarness.Sdp);
        Assert.Equal(["7 1 INVITE", "8 1 INVITE"], sip.SentOf("PRACK").Select(prack => prack.Header("RAck")));
        Assert.Equal(["Ringing", "EarlyAudio"], sip.Told);
    }

    [Fact]
    public async Task Each_early_dialog_counts_its_reliable_responses_by_itself()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync();
        var invite = sip.Last;

        sip.Respond(invite, 180, tag: "one", extra: "Require: 100rel\nRSeq: 7\n");
        sip.Respond(invite, 180, tag: "two", extra: "Require: 100rel\nRSeq: 100\n");

        Assert.Equal(["7 1 INVITE", "100 1 INVITE"], sip.SentOf("PRACK").Select(prack => prack.Header("RAck")));
        Assert.EndsWith(";tag=two", sip.Last.Header("To"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prack_that_is_refused_changes_nothing_for_the_call()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 180, extra: "Require: 100rel\nRSeq: 1\n");
        sip.Respond(sip.Last, 500);

        sip.Respond(invite, 200, body: DriverHarness.Sdp);

        Assert.IsType<DialOutcome.Answered>(await dialling);
    }

    [Fact]
    public async Task Answer_without_sdp_is_complete_when_a_reliable_response_brought_it()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 183, extra: "Require: 100rel\nRSeq: 1\n", body: DriverHarness.SdpAt(4100));

        sip.Respond(invite, 200);

        var call = Assert.IsType<DialOutcome.Answered>(await dialling).Call;
        Assert.Equal(4100, DriverHarness.RemotePort(call));
        Assert.Empty(sip.SentOf("BYE"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Require: 100rel\n")]
    public async Task Answer_without_sdp_ends_when_only_an_unreliable_response_had_some(string extra)
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 183, extra: extra, body: extra.Length == 0 ? DriverHarness.Sdp : "");

        sip.Respond(invite, 200);

        Assert.Equal(new DialOutcome.Rejected(488), await dialling);
        Assert.Contains("Q.850;cause=88", Assert.Single(sip.SentOf("BYE")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sdp_after_the_reliable_answer_is_not_believed()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 183, extra: "Require: 100rel\nRSeq: 1\n", body: DriverHarness.SdpAt(4100));

        sip.Respond(invite, 180, body: DriverHarness.SdpAt(4200));
        sip.Respond(invite, 200, body: DriverHarness.SdpAt(4300));

        Assert.Equal(4100, DriverHarness.RemotePort(Assert.IsType<DialOutcome.Answered>(await dialling).Call));
    }

    [Fact]
    public async Task Other_sdp_in_the_answer_than_in_an_unreliable_response_counts()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 183, body: DriverHarness.SdpAt(4100));

        sip.Respond(invite, 200, body: DriverHarness.SdpAt(4200));

        Assert.Equal(4200, DriverHarness.RemotePort(Assert.IsType<DialOutcome.Answered>(await dialling).Call));
    }

    [Fact]
    public async Task Call_changed_by_update_before_its_answer_survives_an_answer_that_repeats_the_first_sdp()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 183, extra: "Require: 100rel\nRSeq: 1\n", body: DriverHarness.SdpAt(4100));
        Assert.Equal("SIP/2.0 200 OK", sip.FarAsk(invite, "UPDATE", body: DriverHarness.SdpAt(4200)).StartLine);

        sip.Respond(invite, 200, body: DriverHarness.SdpAt(4100));

        Assert.Equal(4200, DriverHarness.RemotePort(Assert.IsType<DialOutcome.Answered>(await dialling).Call));
        Assert.Empty(sip.SentOf("BYE"));
    }

    private static async Task<FakeTransport.Sending> EarlyAsync(DriverHarness sip, string extra)
    {
        sip.Invite(extra: extra);
        await sip.Call.StartEarlyAudioAsync(default);
        return sip.Last;
    }

    private static FakeTransport.Sending Prack(DriverHarness sip, FakeTransport.Sending response, int cseq = 2, string body = "")
    {
        sip.Transport.Receive(sip.Request("PRACK", $"RAck: {Number(response)} 1 INVITE\n", DriverHarness.TagOf(response), cseq, body));
        return sip.ResponsesTo("PRACK").Last();
    }

    private static long Number(FakeTransport.Sending response) => long.Parse(response.Header("RSeq"), CultureInfo.InvariantCulture);
}

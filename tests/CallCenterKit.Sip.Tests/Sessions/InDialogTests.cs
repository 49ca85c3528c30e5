using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

public sealed class InDialogTests
{
    [Theory]
    [InlineData("OPTIONS", "SIP/2.0 200 OK")]
    [InlineData("SUBSCRIBE", "SIP/2.0 489 Bad Event")]
    [InlineData("NOTIFY", "SIP/2.0 489 Bad Event")]
    [InlineData("REFER", "SIP/2.0 403 Forbidden")]
    [InlineData("UPDATE", "SIP/2.0 481 Call/Transaction Does Not Exist")]
    [InlineData("PRACK", "SIP/2.0 481 Call/Transaction Does Not Exist")]
    [InlineData("MESSAGE", "SIP/2.0 405 Method Not Allowed")]
    [InlineData("FROBNICATE", "SIP/2.0 405 Method Not Allowed")]
    [InlineData("BYE", "SIP/2.0 481 Call/Transaction Does Not Exist")]
    [InlineData("CANCEL", "SIP/2.0 481 Call/Transaction Does Not Exist")]
    public async Task Request_outside_of_a_dialog_always_has_an_answer(string method, string expected)
    {
        await using var sip = await DriverHarness.StartAsync();

        var answer = sip.Ask(method);

        Assert.Equal(expected, answer.StartLine);
        if (expected.Contains("405", StringComparison.Ordinal) || method == "OPTIONS")
            Assert.Equal("INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY, SUBSCRIBE, REGISTER", answer.Header("Allow"));
    }

    [Fact]
    public async Task Required_extension_we_do_not_know_gets_420()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();

        var answer = sip.Ask("INVITE", "Require: 100rel, nonsense\n", body: DriverHarness.Sdp);

        Assert.Equal("SIP/2.0 420 Bad Extension", answer.StartLine);
        Assert.Equal("nonsense", answer.Header("Unsupported"));
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("BYE")]
    [InlineData("INFO")]
    public async Task Request_of_a_dialog_that_does_not_exist_gets_481(string method)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();

        Assert.StartsWith("SIP/2.0 481 ", sip.Ask(method, toTag: "0123456789abcdef", cseq: 2).StartLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OPTIONS", "SIP/2.0 200 OK")]
    [InlineData("UPDATE", "SIP/2.0 200 OK")]
    [InlineData("PRACK", "SIP/2.0 481 Call/Transaction Does Not Exist")]
    [InlineData("REFER", "SIP/2.0 400 Bad Request")]
    [InlineData("MESSAGE", "SIP/2.0 405 Method Not Allowed")]
    [InlineData("NOTIFY", "SIP/2.0 489 Bad Event")]
    public async Task Request_within_a_dialog_always_has_an_answer(string method, string expected)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        Assert.Equal(expected, sip.Ask(method, toTag: tag, cseq: 2).StartLine);
    }

    [Fact]
    public async Task Overtaken_request_gets_500()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("OPTIONS", toTag: tag, cseq: 7);

        Assert.StartsWith("SIP/2.0 500 ", sip.Ask("BYE", toTag: tag, cseq: 6).StartLine, StringComparison.Ordinal);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Theory]
    [InlineData("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", 200, "digit 5")]
    [InlineData("application/dtmf-relay", "Signal= #\r\n", 200, "digit #")]
    [InlineData("application/dtmf", "*", 200, "digit *")]
    [InlineData("application/dtmf-relay", "Signal=x\r\n", 400, null)]
    [InlineData("application/media_control+xml", "<x/>", 415, null)]
    public async Task Info_carries_digits(string type, string body, int status, string? told)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        sip.Transport.Receive(System.Text.Encoding.ASCII.GetBytes(
            sip.Request("INFO", toTag: tag, cseq: 2).Replace("Content-Length: 0\n\n", "", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal)
            + $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}"));

        Assert.StartsWith($"SIP/2.0 {status} ", sip.Last.StartLine, StringComparison.Ordinal);
        if (told is not null)
            Assert.Equal(told, sip.Told[^1]);
        else
            Assert.Equal("Answered", sip.Told[^1]);
    }

    [Theory]
    [InlineData("a=sendonly\n", "a=recvonly")]
    [InlineData("a=inactive\n", "a=inactive")]
    public async Task Party_that_holds_and_resumes_is_answered_and_told(string direction, string answered)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        var held = sip.Ask("INVITE", toTag: tag, cseq: 2, body: DriverHarness.Sdp + direction);
        Assert.Equal("SIP/2.0 200 OK", held.StartLine);
        Assert.Contains(answered, held.Text, StringComparison.Ordinal);
        Assert.Equal("HoldAsked", sip.Told[^1]);
        sip.Transport.Receive(sip.Request("ACK", toTag: tag, cseq: 2));

        sip.Ask("INVITE", toTag: tag, cseq: 3, body: DriverHarness.Sdp);
        Assert.Equal("ResumeAsked", sip.Told[^1]);
        sip.Transport.Receive(sip.Request("ACK", toTag: tag, cseq: 3));
        sip.Advance(40_000);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Offer_that_cannot_be_taken_leaves_the_call_as_it_was()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        var answer = sip.Ask("INVITE", toTag: tag, cseq: 2, body: DriverHarness.Sdp.Replace("RTP/AVP 8 101", "RTP/AVP 18", StringComparison.Ordinal));

        Assert.Equal("SIP/2.0 488 Not Acceptable Here", answer.StartLine);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Target_moves_with_the_contact_of_a_reinvite()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("INVITE", "Contact: <sip:carol@192.0.2.1:5070>\n", toTag: tag, cseq: 2, body: DriverHarness.Sdp);
        sip.Transport.Receive(sip.Request("ACK", toTag: tag, cseq: 2));

        sip.Call.HangUp(HangUpCause.Normal);

        Assert.Equal("BYE sip:carol@192.0.2.1:5070 SIP/2.0", sip.Last.StartLine);
        Assert.Equal("192.0.2.1:5070", sip.Last.To.ToString());
    }

    [Fact]
    public async Task Holding_the_party_sends_a_reinvite_that_only_sends()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();

        var holding = sip.Call.HoldAsync(true, default).AsTask();
        Assert.StartsWith("INVITE sip:carol@192.0.2.1:5060", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Contains("a=sendonly", sip.Last.Text, StringComparison.Ordinal);
        sip.Respond(sip.Last, 200, body: DriverHarness.Sdp + "a=recvonly\n");
        await holding;
        Assert.StartsWith("ACK ", sip.Last.StartLine, StringComparison.Ordinal);

        var resuming = sip.Call.HoldAsync(false, default).AsTask();
        Assert.Contains("a=sendrecv", sip.Last.Text, StringComparison.Ordinal);
        sip.Respond(sip.Last, 200, body: DriverHarness.Sdp);
        await resuming;
    }

    [Fact]
    public async Task Hold_waits_and_tries_again_after_a_glare()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        var holding = sip.Call.HoldAsync(true, default).AsTask();
        var first = sip.Last;

        Assert.Equal("SIP/2.0 491 Request Pending", sip.Ask("INVITE", toTag: tag, cseq: 2, body: DriverHarness.Sdp).StartLine);
        sip.Respond(first, 491);
        sip.Advance(2010);

        var second = sip.SentOf("INVITE").Last();
        Assert.NotEqual(first.Header("CSeq"), second.Header("CSeq"));
        sip.Respond(second, 200, body: DriverHarness.Sdp + "a=recvonly\n");
        await holding;
    }

    [Fact]
    public async Task Refused_hold_fails_and_the_call_goes_on()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        var holding = sip.Call.HoldAsync(true, default).AsTask();

        sip.Respond(sip.Last, 488);

        await Assert.ThrowsAsync<NotSupportedException>(() => holding);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Theory]
    [InlineData(481)]
    [InlineData(408)]
    public async Task Hold_answered_with_a_lost_dialog_ends_the_call(int status)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        var holding = sip.Call.HoldAsync(true, default).AsTask();

        sip.Respond(sip.Last, status);

        await Assert.ThrowsAsync<CallEndedException>(() => holding);
        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
    }

    [Fact]
    public async Task Hold_of_a_silent_party_ends_the_call_after_64_T1()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        var holding = sip.Call.HoldAsync(true, default).AsTask();

        sip.Advance(32_010);

        await Assert.ThrowsAsync<CallEndedException>(() => holding);
        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
    }

    [Fact]
    public async Task Requests_follow_the_recorded_route()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Transport.Receive(sip.Request("INVITE", "Record-Route: <sip:192.0.2.10;lr>, <sip:192.0.2.11;lr>\n", body: DriverHarness.Sdp));
        await sip.Call.AnswerAsync(default);
        sip.Transport.Receive(sip.Request("ACK", toTag: DriverHarness.TagOf(sip.Last)));

        sip.Call.HangUp(HangUpCause.Normal);

        Assert.Equal("192.0.2.10:5060", sip.Last.To.ToString());
        Assert.Equal("BYE sip:carol@192.0.2.1:5060 SIP/2.0", sip.Last.StartLine);
        Assert.Contains("Route: <sip:192.0.2.10;lr>\r\nRoute: <sip:192.0.2.11;lr>\r\n", sip.Last.Text, StringComparison.Ordinal);
    }
}

using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

public sealed class IncomingCallTests
{
    [Fact]
    public async Task Call_of_a_trusted_peer_is_handed_to_the_host_with_its_parties()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();

        sip.Transport.Receive(sip.Request("INVITE", "X-Campaign: spring\n", body: DriverHarness.Sdp));

        Assert.Equal(new CallOrigin.FromTrunk("lab"), sip.Call.Origin);
        Assert.Equal(new CallParty("carol", "Carol C"), sip.Call.From);
        Assert.Equal(new CallParty("100"), sip.Call.To);
        Assert.Equal("inbound", sip.Call.Attributes["sip.call-id"]);
        Assert.Equal("spring", sip.Call.Attributes["header.X-Campaign"]);
        Assert.Equal(CallState.Trying, sip.Call.State);
        Assert.Empty(sip.Sent);
    }

    [Fact]
    public async Task Host_that_takes_its_time_lets_the_caller_know_after_200_ms()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();

        sip.Invite();
        sip.Advance(200);

        Assert.StartsWith("SIP/2.0 100 ", sip.Last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ringing_and_answering_send_180_and_200_with_sdp()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();

        await sip.Call.RingAsync(default);
        Assert.Equal("SIP/2.0 180 Ringing", sip.Last.StartLine);
        Assert.Equal(CallState.Ringing, sip.Call.State);

        await sip.Call.AnswerAsync(default);
        Assert.Equal("SIP/2.0 200 OK", sip.Last.StartLine);
        Assert.Equal("<sip:192.0.2.99:5060>", sip.Last.Header("Contact"));
        Assert.Contains("m=audio 16384 RTP/AVP 8 101", sip.Last.Text, StringComparison.Ordinal);
        Assert.Equal(DriverHarness.TagOf(sip.Sent[0]), DriverHarness.TagOf(sip.Sent[1]));
        Assert.Equal(CallState.Answered, sip.Call.State);
        Assert.Equal(["incoming FromTrunk { Trunk = lab }", "Answered"], sip.Told);

        var sent = sip.Sent.Count;
        await sip.Call.AnswerAsync(default);
        Assert.Equal(sent, sip.Sent.Count);
    }

    [Fact]
    public async Task Answer_is_repeated_until_it_is_acknowledged()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.AnswerAsync(default);

        sip.Advance(4000);
        Assert.Equal([0, 500, 1500, 3500], sip.Transport.TimesOf("SIP/2.0 200"));

        sip.Transport.Receive(sip.Request("ACK", toTag: DriverHarness.TagOf(sip.Last)));
        sip.Advance(40_000);
        Assert.Equal(4, sip.Transport.TimesOf("SIP/2.0 200").Count());
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Answer_that_is_never_acknowledged_ends_with_bye_after_64_T1()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.AnswerAsync(default);

        sip.Advance(31_990);
        Assert.Equal(CallState.Answered, sip.Call.State);
        sip.Advance(20);

        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
        Assert.Single(sip.SentOf("BYE"));
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Bye_of_the_caller_is_answered_and_ends_the_call_once()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        Assert.Equal("SIP/2.0 200 OK", sip.Ask("BYE", toTag: tag, cseq: 2).StartLine);
        Assert.Equal("SIP/2.0 481 Call/Transaction Does Not Exist", sip.Ask("BYE", toTag: tag, cseq: 3).StartLine);

        Assert.Equal(["incoming FromTrunk { Trunk = lab }", "Answered", "ended Normal by Party"], sip.Told);
        Assert.Equal(new CallEnding(HangUpCause.Normal, CallEndedBy.Party), sip.Call.Ending);
        await sip.Time.Work.WaitUntilIdleAsync();
        Assert.True(sip.Call.Ended.IsCancellationRequested);
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Hanging_up_says_bye_and_ends_at_once_whatever_the_answer()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        sip.Call.HangUp(HangUpCause.Normal);
        sip.Call.HangUp(HangUpCause.Failed);

        var bye = Assert.Single(sip.SentOf("BYE"));
        Assert.Equal("BYE sip:carol@192.0.2.1:5060 SIP/2.0", bye.StartLine);
        Assert.EndsWith(";tag=near", bye.Header("To"), StringComparison.Ordinal);
        Assert.EndsWith(";tag=" + tag, bye.Header("From"), StringComparison.Ordinal);
        Assert.Equal("ended Normal by Center", sip.Told[^1]);

        sip.Respond(bye, 200);
        Assert.Equal("SIP/2.0 481 Call/Transaction Does Not Exist", sip.Ask("BYE", toTag: tag, cseq: 2).StartLine);
    }

    [Fact]
    public async Task Crossing_byes_are_both_answered()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        sip.Call.HangUp(HangUpCause.Normal);

        Assert.Equal("SIP/2.0 200 OK", sip.Ask("BYE", toTag: tag, cseq: 2).StartLine);
        Assert.Single(sip.Told, told => told.StartsWith("ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bye_waits_for_the_acknowledgement_of_the_answer()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.AnswerAsync(default);
        var tag = DriverHarness.TagOf(sip.Last);

        sip.Call.HangUp(HangUpCause.Normal);
        Assert.Equal("ended Normal by Center", sip.Told[^1]);
        Assert.Empty(sip.SentOf("BYE"));

        sip.Transport.Receive(sip.Request("ACK", toTag: tag));
        Assert.Single(sip.SentOf("BYE"));
    }

    [Theory]
    [InlineData(HangUpCause.NotFound, 404)]
    [InlineData(HangUpCause.Busy, 486)]
    [InlineData(HangUpCause.Rejected, 603)]
    [InlineData(HangUpCause.Forbidden, 403)]
    [InlineData(HangUpCause.NoAnswer, 480)]
    [InlineData(HangUpCause.Congestion, 503)]
    [InlineData(HangUpCause.Failed, 500)]
    public async Task Hanging_up_before_the_answer_refuses_with_the_status_of_the_cause(HangUpCause cause, int status)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();

        sip.Call.HangUp(cause);

        Assert.StartsWith($"SIP/2.0 {status} ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Equal(new CallEnding(cause, CallEndedBy.Center, status), sip.Call.Ending);
        await Assert.ThrowsAsync<CallEndedException>(async () => await sip.Call.AnswerAsync(default));
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Theory]
    [InlineData("", "ended Cancelled by Party")]
    [InlineData("Reason: Q.850;cause=16, SIP;cause=200;text=\"Call completed elsewhere\"\n", "ended AnsweredElsewhere by Party")]
    public async Task Cancel_gets_200_and_the_invite_487(string reason, string ended)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.RingAsync(default);

        sip.Transport.Receive(sip.Again("CANCEL", reason));

        Assert.Equal(["SIP/2.0 180 Ringing", "SIP/2.0 200 OK", "SIP/2.0 487 Request Terminated"], sip.Sent.Select(sending => sending.StartLine));
        Assert.Equal(ended, sip.Told[^1]);
    }

    [Fact]
    public async Task Cancel_after_the_answer_changes_nothing()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.AnswerAsync(default);

        sip.Transport.Receive(sip.Again("CANCEL"));

        Assert.Equal("SIP/2.0 200 OK", sip.Last.StartLine);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Caller_may_say_bye_before_the_answer()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.RingAsync(default);

        sip.Ask("BYE", toTag: DriverHarness.TagOf(sip.Last), cseq: 2);

        Assert.Equal(["SIP/2.0 180 Ringing", "SIP/2.0 200 OK", "SIP/2.0 487 Request Terminated"], sip.Sent.Select(sending => sending.StartLine));
        Assert.Equal("ended Normal by Party", sip.Told[^1]);
    }

    [Fact]
    public async Task Repeated_invite_makes_one_call()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();

        sip.Transport.Receive(sip.Again("INVITE", body: DriverHarness.Sdp));

        Assert.Single(sip.Told);
        Assert.Equal(1, sip.Driver.LiveCalls);
    }

    [Theory]
    [InlineData("m=audio 4000 RTP/AVP 18\n", 488)]
    [InlineData("m=video 4000 RTP/AVP 31\n", 488)]
    [InlineData("nonsense\n", 400)]
    public async Task Offer_without_a_common_format_never_becomes_a_call(string media, int status)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();

        sip.Invite(media[0] == 'm' ? $"v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n{media}" : media);

        Assert.StartsWith($"SIP/2.0 {status} ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Empty(sip.Told);
    }

    [Fact]
    public async Task Caller_that_wants_our_offer_gets_it_in_the_answer_and_answers_in_the_ack()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(body: "");

        await sip.Call.AnswerAsync(default);
        Assert.Contains("m=audio 16384 RTP/AVP 8 0 9 101", sip.Last.Text, StringComparison.Ordinal);
        sip.Transport.Receive(sip.Request("ACK", toTag: DriverHarness.TagOf(sip.Last), body: DriverHarness.Sdp));

        Assert.Equal(CallState.Answered, sip.Call.State);
        Assert.Empty(sip.SentOf("BYE"));
    }

    [Fact]
    public async Task Ack_without_the_answer_we_wait_for_ends_the_call()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(body: "");
        await sip.Call.AnswerAsync(default);

        sip.Transport.Receive(sip.Request("ACK", toTag: DriverHarness.TagOf(sip.Last)));

        Assert.Single(sip.SentOf("BYE"));
        Assert.Equal("ended NoCommonFormat by Network", sip.Told[^1]);
    }

    [Fact]
    public async Task Stopped_driver_refuses_new_calls_and_keeps_the_old()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();

        sip.Driver.StopAccepting();
        sip.Invite();

        Assert.Equal("SIP/2.0 503 Service Unavailable", sip.Last.StartLine);
        Assert.Equal("5", sip.Last.Header("Retry-After"));
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Calls_over_the_limit_are_refused()
    {
        await using var sip = await DriverHarness.StartAsync(options =>
        {
            options.MaxCalls = 1;
            options.TrustedPeers.Add(new() { Name = "lab", Address = "192.0.2.0/24" });
        });
        sip.Invite();
        sip.Invite();
        Assert.Equal("SIP/2.0 503 Service Unavailable", sip.Last.StartLine);

        sip.Call.HangUp(HangUpCause.Normal);
        sip.Invite();
        Assert.Equal(1, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Disposal_says_goodbye_and_waits_for_the_answer()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();

        var disposal = sip.StopAsync();
        var bye = Assert.Single(sip.SentOf("BYE"));
        Assert.Contains("cause=503", bye.Header("Reason"), StringComparison.Ordinal);
        Assert.False(disposal.IsCompleted);

        sip.Respond(bye, 200);
        await disposal;
        Assert.Equal("ended ShuttingDown by Center", sip.Told[^1]);
    }

    [Fact]
    public async Task Unanswered_call_cannot_be_played_to()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await sip.Call.PlayAsync(PlayRequest.Tone(ToneKind.Beep), default));
        Assert.Throws<InvalidOperationException>(() => sip.Call.Listen());
    }

    [Fact]
    public async Task Playing_ends_with_the_call()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        var playing = sip.Call.PlayAsync(PlayRequest.Tone(ToneKind.Busy), default).AsTask();

        sip.Ask("BYE", toTag: tag, cseq: 2);

        await Assert.ThrowsAsync<CallEndedException>(() => playing);
        await Assert.ThrowsAsync<CallEndedException>(async () => await sip.Call.PlayAsync(PlayRequest.Tone(ToneKind.Busy), default));
    }

    [Fact]
    public async Task A_caller_who_is_rung_for_long_hears_of_it_each_minute_until_answered()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.RingAsync(default);

        sip.Advance(185_000);
        Assert.Equal([0, 60_000, 120_000, 180_000], sip.Transport.TimesOf("SIP/2.0 180"));
        await sip.Call.AnswerAsync(default);
        sip.Acknowledge(DriverHarness.TagOf(sip.Last));
        sip.Advance(120_000);
        Assert.Equal(4, sip.Transport.TimesOf("SIP/2.0 180").Count());
    }

    [Fact]
    public async Task A_caller_who_hears_early_audio_for_long_is_told_the_same_each_minute_until_gone()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.StartEarlyAudioAsync(default);
        var first = sip.Last;

        sip.Advance(61_000);
        Assert.Equal([0, 60_000], sip.Transport.TimesOf("SIP/2.0 183"));
        Assert.Equal(first.Text, sip.Last.Text);
        sip.Call.HangUp(HangUpCause.Rejected);
        sip.Advance(120_000);
        Assert.Equal(2, sip.Transport.TimesOf("SIP/2.0 183").Count());
    }
}

using System.Globalization;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>Offers that meet, and INVITEs within a dialog that get lost (RFC 3261 §14, RFC 5407, RFC 6337).</summary>
public sealed class ReinviteTests
{
    [Fact]
    public async Task Reinvite_before_the_first_invite_is_answered_gets_500_and_when_to_try_again()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.RingAsync(default);

        var answer = sip.Ask("INVITE", toTag: DriverHarness.TagOf(sip.Last), cseq: 2, body: DriverHarness.Sdp);

        Assert.StartsWith("SIP/2.0 500 ", answer.StartLine, StringComparison.Ordinal);
        Assert.InRange(int.Parse(answer.Header("Retry-After"), CultureInfo.InvariantCulture), 0, 10);
        Assert.Equal(CallState.Ringing, sip.Call.State);
    }

    [Fact]
    public async Task Reinvite_whose_first_ack_was_lost_is_taken_and_stands_for_it()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.AnswerAsync(default);
        var tag = DriverHarness.TagOf(sip.Last);

        Assert.Equal("SIP/2.0 200 OK", sip.Ask("INVITE", toTag: tag, cseq: 2, body: DriverHarness.Sdp + "a=sendonly\n").StartLine);
        sip.Acknowledge(tag, 2);
        var sent = sip.Sent.Count;
        sip.Advance(40_000);

        Assert.Equal(sent, sip.Sent.Count);
        Assert.Equal(CallState.Answered, sip.Call.State);
        Assert.Equal("HoldAsked", sip.Told[^1]);
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("UPDATE")]
    public async Task Hold_is_told_before_its_answer_goes_out(string method)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        var (sent, sentWhenTold) = (sip.Sent.Count, -1);
        sip.OnTold = (_, what) => sentWhenTold = what == "HoldAsked" ? sip.Sent.Count : sentWhenTold;

        Assert.Equal("SIP/2.0 200 OK", sip.Ask(method, toTag: tag, cseq: 2, body: DriverHarness.Sdp + "a=sendonly\n").StartLine);
        if (method == "INVITE")
            sip.Acknowledge(tag, 2);

        Assert.Equal(sent, sentWhenTold);
    }

    [Fact]
    public async Task Reinvite_before_the_ack_that_answers_our_offer_gets_491()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite("");
        await sip.Call.AnswerAsync(default);
        var tag = DriverHarness.TagOf(sip.Last);

        Assert.Equal("SIP/2.0 491 Request Pending", sip.Ask("INVITE", toTag: tag, cseq: 2, body: DriverHarness.Sdp).StartLine);

        sip.Acknowledge(tag, body: DriverHarness.Sdp);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Reinvite_without_offer_gets_ours_and_answers_in_its_ack()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        var answer = sip.Ask("INVITE", toTag: tag, cseq: 2);
        Assert.Contains("a=sendrecv", answer.Text, StringComparison.Ordinal);
        sip.Acknowledge(tag, 2, DriverHarness.SdpAt(4100) + "a=sendonly\n");

        Assert.Equal(4100, DriverHarness.RemotePort(sip.Call));
        Assert.Equal("HoldAsked", sip.Told[^1]);
    }

    [Fact]
    public async Task Reinvite_without_offer_whose_ack_brings_no_answer_ends_the_call()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("INVITE", toTag: tag, cseq: 2);

        sip.Acknowledge(tag, 2);

        Assert.Single(sip.SentOf("BYE"));
        Assert.Equal("ended NoCommonFormat by Network", sip.Told[^1]);
    }

    [Fact]
    public async Task Reinvite_that_was_answered_and_is_never_acknowledged_ends_the_call_after_64_T1()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("INVITE", toTag: tag, cseq: 2, body: DriverHarness.Sdp);

        sip.Advance(31_990);
        Assert.Equal(CallState.Answered, sip.Call.State);
        sip.Advance(20);

        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
        Assert.Single(sip.SentOf("BYE"));
    }

    [Fact]
    public async Task Hanging_up_before_the_ack_of_a_reinvite_says_bye_once()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("INVITE", toTag: tag, cseq: 2, body: DriverHarness.Sdp);

        sip.Call.HangUp(HangUpCause.Normal);
        sip.Respond(Assert.Single(sip.SentOf("BYE")), 200);
        sip.Advance(70_000);

        Assert.Single(sip.SentOf("BYE"));
        Assert.Single(sip.Told, told => told.StartsWith("ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reinvite_of_the_other_side_passes_while_ours_backs_off_and_ours_follows_its_ack()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        var holding = sip.Call.HoldAsync(true, default).AsTask();
        sip.Respond(sip.Last, 491);

        Assert.Equal("SIP/2.0 200 OK", sip.Ask("INVITE", toTag: tag, cseq: 2, body: DriverHarness.SdpAt(4100)).StartLine);
        sip.Advance(2010); // ours is due, but theirs is not acknowledged
        Assert.Single(sip.SentOf("INVITE"));
        sip.Acknowledge(tag, 2);

        var second = sip.SentOf("INVITE").Last();
        Assert.Equal(2, sip.SentOf("INVITE").Count());
        sip.Respond(second, 200, body: DriverHarness.SdpAt(4100) + "a=recvonly\n");
        await holding;
    }

    [Fact]
    public async Task Owner_of_the_call_id_waits_between_2100_and_4000_ms_after_a_glare()
    {
        await using var sip = await DriverHarness.StartAsync();
        var (call, _) = await sip.ConnectOutboundAsync();
        _ = call.HoldAsync(true, default).AsTask();
        var at = sip.Last.At;

        for (var tries = 2; tries < 9; tries++)
        {
            sip.Respond(Invites(sip).Last(), 491);
            sip.Advance(2090);
            Assert.Equal(tries, Invites(sip).Count());
            sip.Advance(1920);
            Assert.Equal(tries + 1, Invites(sip).Count());
            Assert.InRange((Invites(sip).Last().At - at).TotalMilliseconds, 2100, 4010);
            at = sip.Time.GetElapsedTime(0);
        }
    }

    [Fact]
    public async Task Other_side_of_the_call_id_waits_at_most_2000_ms_after_a_glare()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        _ = sip.Call.HoldAsync(true, default).AsTask();

        for (var tries = 1; tries < 9; tries++)
        {
            sip.Respond(Invites(sip).Last(), 491);
            sip.Advance(2010);
            Assert.Equal(tries + 1, Invites(sip).Count());
        }
    }

    [Fact]
    public async Task Far_end_that_always_reports_a_glare_is_not_asked_for_ever()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        var holding = sip.Call.HoldAsync(true, default).AsTask();

        for (var tries = 0; tries < 11; tries++)
        {
            sip.Respond(Invites(sip).Last(), 491);
            sip.Advance(2010);
        }

        await Assert.ThrowsAsync<NotSupportedException>(() => holding);
        Assert.Equal(11, Invites(sip).Count());
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Reinvite_that_is_worked_on_for_ever_is_cancelled_after_64_T1_and_the_call_goes_on()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        var holding = sip.Call.HoldAsync(true, default).AsTask();
        var invite = sip.Last;
        sip.Respond(invite, 100);

        sip.Advance(31_990);
        Assert.Empty(sip.SentOf("CANCEL"));
        sip.Advance(20);
        Assert.Single(sip.SentOf("CANCEL"));
        sip.Respond(invite, 487);

        await Assert.ThrowsAsync<NotSupportedException>(() => holding);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Reinvite_that_is_worked_on_for_ever_by_a_party_that_is_gone_ends_the_call_after_128_T1()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        var holding = sip.Call.HoldAsync(true, default).AsTask();
        sip.Respond(sip.Last, 100);

        sip.Advance(64_030);

        await Assert.ThrowsAsync<CallEndedException>(() => holding);
        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
    }

    [Fact]
    public async Task Repeated_answer_to_a_reinvite_is_acknowledged_each_time()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        var holding = sip.Call.HoldAsync(true, default).AsTask();
        var invite = sip.Last;

        for (var i = 0; i < 3; i++)
            sip.Respond(invite, 200, body: DriverHarness.Sdp + "a=recvonly\n");

        await holding;
        Assert.Equal([invite.Header("CSeq").Replace("INVITE", "ACK", StringComparison.Ordinal)], sip.SentOf("ACK").Select(ack => ack.Header("CSeq")).Distinct());
        Assert.Equal(3, sip.SentOf("ACK").Count());
    }

    [Fact]
    public async Task Answer_to_a_reinvite_after_the_goodbye_is_still_acknowledged()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        var holding = sip.Call.HoldAsync(true, default).AsTask();
        var invite = sip.Last;
        sip.Call.HangUp(HangUpCause.Normal);

        sip.Respond(invite, 200, body: DriverHarness.Sdp);

        await Assert.ThrowsAsync<CallEndedException>(() => holding);
        Assert.Single(sip.SentOf("ACK"));
        Assert.Single(sip.SentOf("BYE"));
    }

    [Fact]
    public async Task Party_that_holds_and_answers_our_refresh_with_audio_both_ways_has_resumed()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("INVITE", toTag: tag, cseq: 2, body: DriverHarness.Sdp + "a=sendonly\n");
        sip.Acknowledge(tag, 2);
        Assert.Equal("HoldAsked", sip.Told[^1]);

        sip.Advance(900_010); // half of the session
        sip.Respond(sip.SentOf("INVITE").Last(), 200, body: DriverHarness.Sdp);

        Assert.Equal("ResumeAsked", sip.Told[^1]);
    }

    // Each once, without its repetitions.
    private static IEnumerable<FakeTransport.Sending> Invites(DriverHarness sip) => sip.SentOf("INVITE").DistinctBy(invite => invite.Header("CSeq"));
}

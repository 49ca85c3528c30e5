using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>RFC 4028.</summary>
public sealed class SessionTimerTests
{
    private const string TheyRefresh = "Supported: timer\nSession-Expires: 90;refresher=uac\n";

    // Table 2, and §9 for who asks for nothing.
    [Theory]
    [InlineData("Session-Expires: 1200\n", "1200;refresher=uas", false)]
    [InlineData("Supported: timer\nSession-Expires: 1200\n", "1200;refresher=uas", true)]
    [InlineData("Supported: timer\nSession-Expires: 1200;refresher=uac\n", "1200;refresher=uac", true)]
    [InlineData("Supported: timer\nSession-Expires: 1200;refresher=UAC\n", "1200;refresher=uac", true)]
    [InlineData("Supported: timer\nSession-Expires: 1200;refresher=uas\n", "1200;refresher=uas", true)]
    [InlineData("Require: timer\nSession-Expires: 1200;refresher=uac\n", "1200;refresher=uac", true)]
    [InlineData("k: timer\nx: 1200;refresher=uac\n", "1200;refresher=uac", true)]
    [InlineData("Supported: timer\nSession-Expires: 7200\n", "1800;refresher=uas", true)]
    [InlineData("Supported: timer\nMin-SE: 3600\nSession-Expires: 7200\n", "3600;refresher=uas", true)]
    [InlineData("Supported: timer\n", "1800;refresher=uas", true)]
    [InlineData("", "1800;refresher=uas", false)]
    public async Task Answer_says_who_refreshes_and_how_often(string asked, string granted, bool requires)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(extra: asked);

        await sip.Call.AnswerAsync(default);

        Assert.Equal(granted, sip.Last.Header("Session-Expires"));
        Assert.Equal(requires, sip.Last.Text.Contains("\r\nRequire: timer\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_wants_no_session_timers_still_serves_those_who_do()
    {
        await using var sip = await DriverHarness.StartTrustedAsync(options => options.SessionTimers.Enabled = false);
        sip.Invite(extra: "Supported: timer\n");
        await sip.Call.AnswerAsync(default);
        Assert.DoesNotContain("Session-Expires", sip.Last.Text, StringComparison.Ordinal);
        sip.Acknowledge(DriverHarness.TagOf(sip.Last));

        sip.Invite(extra: "Supported: timer\nSession-Expires: 7200;refresher=uac\n");
        await sip.Call.AnswerAsync(default);
        Assert.Equal("7200;refresher=uac", sip.Last.Header("Session-Expires"));

        _ = sip.DialAsync();
        Assert.DoesNotContain("Session-Expires", sip.Last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_that_is_too_brief_is_refused_with_what_is_granted_and_makes_no_call()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();

        sip.Invite(extra: "Supported: timer\nSession-Expires: 60\n");

        Assert.StartsWith("SIP/2.0 422 ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Equal("90", sip.Last.Header("Min-SE"));
        Assert.Empty(sip.Told);
    }

    [Theory]
    [InlineData("UPDATE")]
    [InlineData("INVITE")]
    public async Task Refresh_that_is_too_brief_is_refused_and_the_call_goes_on(string method)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        var answer = sip.Ask(method, "Supported: timer\nSession-Expires: 60\n", tag, 2, DriverHarness.Sdp);

        Assert.StartsWith("SIP/2.0 422 ", answer.StartLine, StringComparison.Ordinal);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    // §10: min(32 s, a third of the interval) before the end.
    [Theory]
    [InlineData(90, 60)]
    [InlineData(96, 64)]
    [InlineData(300, 268)]
    [InlineData(1800, 1768)]
    public async Task Party_that_does_not_refresh_ends_the_call_shortly_before_the_session_does(int interval, int seconds)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync($"Supported: timer\nSession-Expires: {interval};refresher=uac\n");

        sip.Advance((seconds * 1000) - 20);
        Assert.Equal(CallState.Answered, sip.Call.State);
        sip.Advance(40);

        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
        Assert.Single(sip.SentOf("BYE"));
        Assert.Empty(sip.SentOf("UPDATE"));
        Assert.Empty(sip.SentOf("INVITE"));
    }

    [Theory]
    [InlineData("UPDATE")]
    [InlineData("INVITE")]
    public async Task Refresh_of_the_party_begins_the_session_anew(string method)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync(TheyRefresh);

        for (var cseq = 2; cseq < 6; cseq++)
        {
            sip.Advance(45_000);
            Assert.Equal("90;refresher=uac", sip.Ask(method, TheyRefresh, tag, cseq, method == "INVITE" ? DriverHarness.Sdp : "").Header("Session-Expires"));
            if (method == "INVITE")
                sip.Acknowledge(tag, cseq);
        }

        Assert.Equal(CallState.Answered, sip.Call.State);
        sip.Advance(60_020);
        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
    }

    [Theory]
    [InlineData("Allow: INVITE, ACK, BYE, UPDATE\n", "UPDATE")]
    [InlineData("Allow: INVITE, ACK, BYE\n", "INVITE")]
    [InlineData("", "INVITE")]
    public async Task We_refresh_at_half_of_the_interval_by_update_where_it_is_allowed(string allow, string method)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync(allow + "Supported: timer\nSession-Expires: 120\n");

        for (var i = 1; i < 4; i++)
        {
            sip.Advance(60_010);
            Assert.Equal(i, sip.SentOf(method).Count());
            var refresh = sip.SentOf(method).Last();
            Assert.Equal("120;refresher=uac", refresh.Header("Session-Expires"));
            Assert.Equal(method == "INVITE", refresh.Text.Contains("m=audio", StringComparison.Ordinal));
            sip.Respond(refresh, 200, extra: "Require: timer\nSession-Expires: 120;refresher=uac\n", body: method == "INVITE" ? DriverHarness.Sdp : "");
        }

        Assert.Equal(CallState.Answered, sip.Call.State);
        Assert.Equal("Answered", sip.Told[^1]);
    }

    [Fact]
    public async Task Party_that_allows_update_and_refuses_it_is_refreshed_by_reinvite_from_then_on()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync("Allow: INVITE, UPDATE\nSupported: timer\nSession-Expires: 120\n");
        sip.Advance(60_010);

        sip.Respond(sip.SentOf("UPDATE").Single(), 405);
        sip.Respond(sip.SentOf("INVITE").Single(), 200, extra: "Session-Expires: 120;refresher=uac\n", body: DriverHarness.Sdp);
        sip.Advance(60_010);

        Assert.Single(sip.SentOf("UPDATE"));
        Assert.Equal(2, sip.SentOf("INVITE").Count());
    }

    [Theory]
    [InlineData(408)]
    [InlineData(481)]
    public async Task Refresh_answered_with_a_lost_dialog_ends_the_call(int status)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync("Allow: UPDATE\nSupported: timer\nSession-Expires: 120\n");
        sip.Advance(60_010);

        sip.Respond(sip.SentOf("UPDATE").Single(), status);

        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
        Assert.Single(sip.SentOf("BYE"));
    }

    [Theory]
    [InlineData("Allow: UPDATE\n")]
    [InlineData("")]
    public async Task Party_that_is_gone_is_found_out_by_the_refresh_within_64_T1(string allow)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync(allow + "Supported: timer\nSession-Expires: 120\n");

        sip.Advance(60_010 + 32_010);

        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Theory]
    [InlineData("Allow: UPDATE\n", "UPDATE")]
    [InlineData("", "INVITE")]
    public async Task Refused_refresh_is_tried_once_more_before_the_session_runs_out(string allow, string method)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync(allow + "Supported: timer\nSession-Expires: 120\n");
        sip.Advance(60_010);
        sip.Respond(sip.SentOf(method).Single(), 500);
        Assert.Equal(CallState.Answered, sip.Call.State);

        sip.Advance(30_010);
        Assert.Equal(2, sip.SentOf(method).Count());
        sip.Respond(sip.SentOf(method).Last(), 500);
        sip.Advance(29_900);
        Assert.Equal(CallState.Answered, sip.Call.State);
        sip.Advance(120);

        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
        Assert.Single(sip.SentOf("BYE"));
    }

    [Fact]
    public async Task Refresh_that_is_worked_on_for_ever_does_not_hold_the_call_beyond_its_session()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync("Supported: timer\nSession-Expires: 90\n");
        sip.Advance(45_010);
        sip.Respond(sip.SentOf("INVITE").Single(), 100);

        sip.Advance(45_100);

        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Refresh_keeps_the_party_on_hold()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync("Supported: timer\nSession-Expires: 120\n");
        var holding = sip.Call.HoldAsync(true, default).AsTask();
        sip.Respond(sip.Last, 200, extra: "Session-Expires: 120;refresher=uac\n", body: DriverHarness.Sdp + "a=recvonly\n");
        await holding;

        sip.Advance(60_010);

        var refresh = sip.SentOf("INVITE").Last();
        Assert.Equal(2, sip.SentOf("INVITE").Count());
        Assert.Contains("a=sendonly", refresh.Text, StringComparison.Ordinal);
        sip.Respond(refresh, 200, extra: "Session-Expires: 120;refresher=uac\n", body: DriverHarness.Sdp + "a=recvonly\n");
        Assert.Equal("Answered", sip.Told[^1]);
    }

    [Fact]
    public async Task Roles_stay_when_the_party_asks_for_something_else_without_naming_a_refresher()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync("Supported: timer\nSession-Expires: 120;refresher=uac\n");

        var answer = sip.Ask("INVITE", "Supported: timer\nSession-Expires: 120\n", tag, 2, DriverHarness.Sdp + "a=sendonly\n");

        Assert.Equal("120;refresher=uac", answer.Header("Session-Expires"));
    }

    [Fact]
    public async Task Roles_stay_in_a_reinvite_of_ours()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync("Supported: timer\nSession-Expires: 120;refresher=uac\n");

        _ = sip.Call.HoldAsync(true, default).AsTask();

        Assert.Equal("120;refresher=uas", sip.Last.Header("Session-Expires"));
        sip.Respond(sip.Last, 200, extra: "Require: timer\nSession-Expires: 120;refresher=uas\n", body: DriverHarness.Sdp + "a=recvonly\n");
        sip.Advance(87_900);
        Assert.Equal(CallState.Answered, sip.Call.State);
        sip.Advance(120);
        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
    }

    [Fact]
    public async Task Invite_of_ours_offers_a_session_without_choosing_who_refreshes()
    {
        await using var sip = await DriverHarness.StartAsync();

        _ = sip.DialAsync();

        Assert.Equal("1800", sip.Last.Header("Session-Expires"));
        Assert.Contains("timer", sip.Last.Header("Supported"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invite_refused_as_too_brief_is_sent_again_with_what_is_demanded()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var first = sip.Last;

        sip.Respond(first, 422, extra: "Min-SE: 3600\n");
        var second = sip.SentOf("INVITE").Last();

        Assert.Equal("3600", second.Header("Session-Expires"));
        Assert.Equal("3600", second.Header("Min-SE"));
        Assert.Equal("2 INVITE", second.Header("CSeq"));
        Assert.Equal(first.Header("Call-ID"), second.Header("Call-ID"));
        sip.Respond(second, 200, body: DriverHarness.Sdp, extra: "Session-Expires: 3600;refresher=uac\n");
        Assert.IsType<DialOutcome.Answered>(await dialling);
        Assert.Equal("2 ACK", sip.SentOf("ACK").Last().Header("CSeq"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Min-SE: 0\n")]
    public async Task Refusal_as_too_brief_that_demands_nothing_new_is_final(string minimum)
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();

        sip.Respond(sip.Last, 422, extra: minimum);

        Assert.Equal(new DialOutcome.Rejected(422), await dialling);
    }

    [Theory]
    [InlineData("Session-Expires: 120;refresher=uac\n", 60)]
    [InlineData("Session-Expires: 120\n", 60)]
    [InlineData("", 900)]
    [InlineData("Session-Expires: 1;refresher=uac\n", 45)]
    public async Task Dialled_party_is_refreshed_as_its_answer_says(string granted, int seconds)
    {
        await using var sip = await DriverHarness.StartAsync();
        await sip.ConnectOutboundAsync("Allow: UPDATE\n" + granted);

        sip.Advance((seconds * 1000) - 20);
        Assert.Empty(sip.SentOf("UPDATE"));
        sip.Advance(40);

        Assert.Single(sip.SentOf("UPDATE"));
    }

    [Fact]
    public async Task Dialled_party_that_took_over_the_refresh_and_does_none_ends_the_call()
    {
        await using var sip = await DriverHarness.StartAsync();
        await sip.ConnectOutboundAsync("Require: timer\nSession-Expires: 120;refresher=uas\n");

        sip.Advance(87_980);
        Assert.Equal("Answered", sip.Told[^1]);
        sip.Advance(40);

        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
    }
}

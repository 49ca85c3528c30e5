using CallCenterKit.Media.Srtp;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>An INVITE that a proxy forks, and answers that cross (RFC 3261 §9.1, §13.2.2.4; RFC 6026).</summary>
public sealed class ForkingTests
{
    [Fact]
    public async Task Each_2xx_is_acknowledged_in_its_own_dialog_and_all_but_the_first_are_ended()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 180, tag: "one");
        sip.Respond(invite, 180, tag: "two");

        sip.Respond(invite, 200, tag: "two", body: DriverHarness.Sdp);
        var call = Assert.IsType<DialOutcome.Answered>(await dialling).Call;
        sip.Respond(invite, 200, tag: "one", body: DriverHarness.Sdp);
        sip.Respond(invite, 200, tag: "three", body: DriverHarness.Sdp);

        Assert.Equal(["two", "one", "three"], sip.SentOf("ACK").Select(DriverHarness.TagOf));
        Assert.Equal(["one", "three"], sip.SentOf("BYE").Select(DriverHarness.TagOf));
        Assert.Equal(CallState.Answered, call.State);
        call.HangUp(HangUpCause.Normal);
        Assert.Equal("two", DriverHarness.TagOf(sip.Last));
    }

    [Fact]
    public async Task Repeated_2xx_of_a_party_that_was_ended_is_acknowledged_and_not_ended_again()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 200, tag: "one", body: DriverHarness.Sdp);

        for (var i = 0; i < 3; i++)
            sip.Respond(invite, 200, tag: "two", body: DriverHarness.Sdp);

        Assert.Equal(["one", "two", "two", "two"], sip.SentOf("ACK").Select(DriverHarness.TagOf));
        Assert.Equal(["two"], sip.SentOf("BYE").Select(DriverHarness.TagOf));
    }

    [Fact]
    public async Task Party_that_takes_the_keys_of_our_offer_is_understood_though_another_was_heard_in_plain()
    {
        await using var sip = await DriverHarness.StartAsync(options => options.Srtp = SrtpPolicy.Offered);
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 183, tag: "plain", body: DriverHarness.Sdp);

        sip.Respond(invite, 200, tag: "secret", body: DriverHarness.Sdp + invite.Text.Split("\r\n").First(line => line.StartsWith("a=crypto:1 ", StringComparison.Ordinal)) + "\n");

        var call = Assert.IsType<DialOutcome.Answered>(await dialling).Call;
        Assert.NotNull(((SipCall)call).Leg.Media.Leg.Negotiated!.Srtp);
    }

    [Fact]
    public async Task Late_2xx_after_the_goodbye_of_the_first_is_ended_too()
    {
        await using var sip = await DriverHarness.StartAsync();
        var (call, invite) = await sip.ConnectOutboundAsync();
        call.HangUp(HangUpCause.Normal);
        sip.Respond(sip.Last, 200);

        sip.Respond(invite, 200, tag: "late", body: DriverHarness.Sdp);

        Assert.Equal(["far", "late"], sip.SentOf("BYE").Select(DriverHarness.TagOf));
    }

    [Fact]
    public async Task Requests_of_a_dialog_that_lost_get_481()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 180, tag: "one");
        sip.Respond(invite, 200, tag: "two", body: DriverHarness.Sdp);

        Assert.StartsWith("SIP/2.0 481 ", sip.FarAsk(invite, "UPDATE", tag: "one").StartLine, StringComparison.Ordinal);
        Assert.Equal("SIP/2.0 200 OK", sip.FarAsk(invite, "UPDATE", tag: "two").StartLine);
    }

    [Fact]
    public async Task Route_and_target_are_those_of_the_2xx_not_of_the_early_dialog()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 180, extra: "Record-Route: <sip:192.0.2.10;lr>\n");

        sip.Respond(invite, 200, body: DriverHarness.Sdp, extra: "Record-Route: <sip:192.0.2.11;lr>, <sip:192.0.2.12;lr>\n");
        var call = Assert.IsType<DialOutcome.Answered>(await dialling).Call;

        Assert.Equal("192.0.2.12:5060", sip.Last.To.ToString());
        call.HangUp(HangUpCause.Normal);
        Assert.Contains("Route: <sip:192.0.2.12;lr>\r\nRoute: <sip:192.0.2.11;lr>\r\n", sip.Last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Late_2xx_after_the_487_of_a_cancelled_branch_cannot_come_but_one_that_crosses_is_ended()
    {
        using var cancellation = new CancellationTokenSource();
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(cancellationToken: cancellation.Token);
        var invite = sip.Last;
        sip.Respond(invite, 180, tag: "one");
        await cancellation.CancelAsync();
        sip.Respond(sip.SentOf("CANCEL").Single(), 200);

        sip.Respond(invite, 200, tag: "one", body: DriverHarness.Sdp);
        sip.Respond(invite, 200, tag: "two", body: DriverHarness.Sdp);

        await Assert.ThrowsAsync<OperationCanceledException>(() => dialling);
        Assert.Equal(["one", "two"], sip.SentOf("ACK").Select(DriverHarness.TagOf));
        Assert.Equal(["one", "two"], sip.SentOf("BYE").Select(DriverHarness.TagOf));
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Party_that_answers_neither_cancel_nor_invite_is_forgotten_after_64_T1()
    {
        using var cancellation = new CancellationTokenSource();
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(cancellationToken: cancellation.Token);
        sip.Respond(sip.Last, 180);

        await cancellation.CancelAsync();
        sip.Advance(2010);
        await Assert.ThrowsAsync<OperationCanceledException>(() => dialling);
        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Equal(0, sip.PortsTaken);
        Assert.Equal(1, sip.Agent.Count); // waits for a 2xx it would have to end

        sip.Advance(30_020);
        Assert.Equal(0, sip.Agent.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leg_that_rings_can_be_hung_up_by_itself(bool inHandler)
    {
        await using var sip = await DriverHarness.StartAsync();
        ICall? ringing = null;
        sip.OnTold = (call, what) =>
        {
            if (what != "Ringing")
                return;
            ringing = call;
            if (inHandler)
                call!.HangUp(HangUpCause.Normal);
        };
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 180);
        if (!inHandler)
            ringing!.HangUp(HangUpCause.Normal);

        Assert.Equal(CallState.Ended, ringing!.State);
        Assert.Single(sip.SentOf("CANCEL"));
        sip.Respond(invite, 487);

        Assert.IsType<DialOutcome.Unreachable>(await dialling);
        Assert.Equal(["Ringing", "ended Normal by Center"], sip.Told);
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Answer_that_crosses_the_hanging_up_of_a_ringing_leg_is_ended()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.OnTold = (call, what) =>
        {
            if (what == "Ringing")
                call!.HangUp(HangUpCause.Normal);
        };
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 180);

        sip.Respond(invite, 200, body: DriverHarness.Sdp);

        Assert.IsType<DialOutcome.Unreachable>(await dialling);
        Assert.Single(sip.SentOf("BYE"));
    }
}

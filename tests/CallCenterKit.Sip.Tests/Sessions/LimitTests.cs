using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>How long a peer that is gone can hold a leg, a port and what is kept for it.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("REGISTER")]
    [InlineData("INVITE")]
    [InlineData("SUBSCRIBE")]
    public async Task Whoever_has_not_said_who_it_is_costs_no_memory(string method)
    {
        await using var sip = await DriverHarness.StartAsync();
        var request = sip.Request(method, "Event: message-summary\n", body: method == "INVITE" ? DriverHarness.Sdp : "", from: "alice");

        sip.Transport.Receive(request);
        sip.Transport.Receive(request);

        Assert.Equal(["SIP/2.0 401 Unauthorized", "SIP/2.0 401 Unauthorized"], sip.Sent.Select(sending => sending.StartLine));
        Assert.Equal(sip.Sent[0].Header("To"), sip.Sent[1].Header("To"));
        Assert.Equal(0, sip.Transactions.ServerCount);
        Assert.Equal(0, sip.Agent.Worker.TimerCount);
    }

    [Fact]
    public async Task Whoever_guesses_passwords_costs_no_memory()
    {
        await using var sip = await DriverHarness.StartAsync(options => options.FailedAttemptsBurst = 1);

        Assert.StartsWith("SIP/2.0 403 ", sip.Register("<sip:alice@192.0.2.1>", password: "wrong").StartLine, StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0 503 ", sip.Register("<sip:alice@192.0.2.1>", password: "wrong").StartLine, StringComparison.Ordinal);

        Assert.Equal(0, sip.Transactions.ServerCount);
    }

    [Fact]
    public async Task Caller_that_is_gone_before_the_answer_holds_its_leg_for_10_minutes_at_most()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.StartEarlyAudioAsync(default);

        sip.Advance(599_980);
        Assert.Equal(1, sip.Driver.LiveCalls);
        sip.Advance(40);

        Assert.StartsWith("SIP/2.0 480 ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Equal("ended NoAnswer by Center", sip.Told[^1]);
        Assert.Equal(0, sip.PortsTaken);
    }

    [Fact]
    public async Task Caller_may_say_how_long_it_waits_for_the_answer()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(extra: "Expires: 20\n");

        sip.Advance(19_980);
        Assert.Equal(CallState.Trying, sip.Call.State);
        sip.Advance(40);

        Assert.Equal("SIP/2.0 487 Request Terminated", sip.Last.StartLine);
        Assert.Equal("ended Cancelled by Party", sip.Told[^1]);
    }

    [Fact]
    public async Task Answered_call_is_not_bound_by_the_time_for_its_answer()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync("Expires: 20\n");

        sip.Advance(30_000);

        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Leg_and_port_are_free_at_once_when_we_hang_up_and_the_dialog_after_64_T1_without_an_answer()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();

        sip.Call.HangUp(HangUpCause.Normal);
        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Equal(0, sip.PortsTaken);
        Assert.Equal(1, sip.Agent.Count);

        sip.Advance(32_010);
        Assert.Equal(0, sip.Agent.Count);
        Assert.Equal(0, sip.Transactions.ClientCount);
    }

    [Fact]
    public async Task Lost_ack_and_lost_bye_hold_the_dialog_for_128_T1_at_most()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.AnswerAsync(default);

        sip.Advance(32_010);
        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Equal(0, sip.PortsTaken);
        sip.Advance(32_010);

        Assert.Equal(0, sip.Agent.Count);
        Assert.Equal(0, sip.Transactions.ServerCount + sip.Transactions.ClientCount);
    }

    [Fact]
    public async Task Answered_party_that_falls_silent_is_found_out_within_its_session()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();

        sip.Advance(900_010 + 32_010);

        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Equal(0, sip.PortsTaken);
    }

    [Fact]
    public async Task Dialled_phone_that_rings_for_ever_holds_its_leg_for_the_longest_ring_time()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        sip.Respond(sip.Last, 180);

        sip.Advance(180_010 + 2010);

        Assert.Equal(new DialOutcome.NoAnswer(), await dialling);
        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Equal(0, sip.PortsTaken);
    }

    [Fact]
    public async Task Network_that_fails_while_a_call_rings_ends_it()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        sip.Transport.Fails = true;

        await sip.Call.RingAsync(default);

        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
        Assert.Equal(0, sip.Agent.Count);
        sip.Transport.Fails = false;
    }

    [Fact]
    public async Task Network_that_fails_while_a_call_is_answered_ends_it()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        sip.Transport.Fails = true;

        await Assert.ThrowsAsync<CallEndedException>(() => sip.Call.AnswerAsync(default).AsTask());

        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Equal(0, sip.PortsTaken);
        sip.Transport.Fails = false;
    }

    [Fact]
    public async Task Invite_without_a_contact_makes_no_call_that_could_never_be_ended()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();

        sip.Transport.Receive(sip.Request("INVITE", body: DriverHarness.Sdp).Replace("Contact: <sip:carol@192.0.2.1:5060>\n", "", StringComparison.Ordinal));

        Assert.Equal("SIP/2.0 400 Missing Contact", sip.Last.StartLine);
        Assert.Empty(sip.Told);
    }

    [Fact]
    public async Task Same_invite_by_two_ways_makes_one_call()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var invite = sip.Request("INVITE", body: DriverHarness.Sdp);
        sip.Transport.Receive(invite);

        sip.Transport.Receive(invite.Replace("branch=z9hG4bK", "branch=z9hG4bKother", StringComparison.Ordinal));

        Assert.Equal("SIP/2.0 482 Loop Detected", sip.Last.StartLine);
        Assert.Equal(1, sip.Driver.LiveCalls);
    }
}

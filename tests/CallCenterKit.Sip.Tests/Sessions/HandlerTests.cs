using CallCenterKit.Sip.Sessions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>A host may hang up, or stop the driver, from within whatever it is told.</summary>
public sealed class HandlerTests
{
    public static TheoryData<string> Signals =>
        ["incoming FromTrunk { Trunk = lab }", "Ringing", "EarlyAudio", "Answered", "digit 5", "HoldAsked", "ResumeAsked", "transfer to 200", "ended Normal by Party"];

    [Theory]
    [MemberData(nameof(Signals))]
    public async Task Hanging_up_from_within_a_signal_ends_the_call_once(string signal)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var done = OnFirst(sip, signal, call => call!.HangUp(HangUpCause.Normal));

        await ProvokeAsync(sip, signal);

        Assert.True(done());
        Assert.Single(sip.Told, told => told.StartsWith("ended", StringComparison.Ordinal));
        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Equal(0, sip.PortsTaken);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    [InlineData("alice reachable")]
    [InlineData("alice lost")]
    public async Task Stopping_the_driver_from_within_a_signal_ends_all_calls_and_returns(string signal)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        Task? stopping = null;
        OnFirst(sip, signal, _ => stopping = sip.StopAsync());

        await ProvokeAsync(sip, signal);
        Assert.NotNull(stopping);
        await sip.Time.AdvanceAsync(TimeSpan.FromSeconds(3)); // no more than the goodbye time, though nobody answers

        await stopping;
        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Equal(0, sip.PortsTaken);
    }

    [Fact]
    public async Task Stopping_the_driver_when_a_call_ends_or_a_transfer_is_over_returns()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        Task? stopping = null;
        using var registration = sip.Call.Ended.Register(() => stopping = sip.StopAsync());
        var transfer = sip.Call.ReferAsync(new DialTarget.ToAddress("sip:200@test"), null, default).AsTask();
        var after = Continue(transfer, () => sip.Call.HangUp(HangUpCause.Normal));

        sip.Respond(sip.Last, 603);
        await after;
        await sip.Time.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.NotNull(stopping);
        await stopping;
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public async Task Host_that_throws_when_it_is_told_something_leaves_no_call_halfway(string signal)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var done = OnFirst(sip, signal, _ => throw new InvalidOperationException("The host has a fault."));

        await ProvokeAsync(sip, signal).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(done());
        Assert.Equal(0, sip.Driver.LiveCalls);
        Assert.Equal(0, sip.PortsTaken);
        if (signal.StartsWith("incoming", StringComparison.Ordinal))
            Assert.StartsWith("SIP/2.0 500 ", sip.Last.StartLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_that_throws_when_a_call_ends_does_not_keep_it_from_saying_goodbye()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        OnFirst(sip, "ended Normal by Center", _ => throw new InvalidOperationException("The host has a fault."));

        sip.Call.HangUp(HangUpCause.Normal);

        Assert.Single(sip.SentOf("BYE"));
    }

    [Theory]
    [InlineData("alice reachable")]
    [InlineData("alice lost")]
    public async Task Host_that_throws_when_a_phone_comes_or_goes_does_not_keep_it_from_its_answer(string signal)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var done = OnFirst(sip, signal, _ => throw new InvalidOperationException("The host has a fault."));

        await ProvokeAsync(sip, signal);

        Assert.True(done());
        Assert.StartsWith("SIP/2.0 200 ", sip.Last.StartLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_of_the_host_at_the_end_of_a_call_that_throws_harms_nobody()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var good = sip.Call.Ended.Register(ended.SetResult);
        using var bad = sip.Call.Ended.Register(() => throw new InvalidOperationException("The host has a fault."));

        sip.Call.HangUp(HangUpCause.Normal);

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Call_that_rings_where_nobody_says_a_word_does_not_outlive_the_driver()
    {
        await using var sip = await DriverHarness.StartAsync(options => options.GoodbyeTime = TimeSpan.FromSeconds(1));
        var dialling = sip.DialAsync();

        var stopping = sip.StopAsync();
        await sip.Time.AdvanceAsync(TimeSpan.FromSeconds(1));
        await stopping;

        Assert.IsType<DialOutcome.Unreachable>(await dialling.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Call_that_is_dialled_when_the_driver_has_ended_everything_is_not_begun()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.StopAsync();

        Assert.Null(await sip.DialAsync(new DialStage([sip.Contact("late")])));

        Assert.Empty(sip.SentOf("INVITE"));
    }

    [Fact]
    public async Task Call_that_arrives_when_the_driver_has_ended_everything_is_refused()
    {
        await using var sip = await DriverHarness.StartAsync(options => options.EmergencyNumbers.Add("100"));
        sip.Agent.Worker.Post(state => ((SipUserAgent)state!).Drain(static () => { }), sip.Agent);

        var challenge = sip.Ask("INVITE", body: DriverHarness.Sdp, from: "alice");
        sip.Ask("INVITE", $"Authorization: {DriverHarness.Authorize(challenge, "INVITE", "alice", "secret")}\n", body: DriverHarness.Sdp, from: "alice");

        Assert.StartsWith("SIP/2.0 503 ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.DoesNotContain(sip.Told, told => told.StartsWith("incoming", StringComparison.Ordinal));
    }

    private static async Task Continue(Task task, Action then)
    {
        await task;
        then();
    }

    private static Func<bool> OnFirst(DriverHarness sip, string signal, Action<ICall?> act)
    {
        var isDone = false;
        sip.OnTold = (call, what) =>
        {
            if (isDone || what != signal)
                return;
            isDone = true;
            act(call);
        };
        return () => isDone;
    }

    private static async Task ProvokeAsync(DriverHarness sip, string signal)
    {
        switch (signal)
        {
            case "Ringing" or "EarlyAudio":
                _ = sip.DialAsync();
                var invite = sip.Last;
                sip.Respond(invite, 183, body: DriverHarness.Sdp);
                sip.Respond(invite, 487);
                return;
            case "alice reachable" or "alice lost":
                sip.Register("<sip:alice@192.0.2.1>");
                if (signal == "alice lost")
                    sip.Register("*", extra: "Expires: 0\n");
                return;
        }
        sip.Invite();
        if (signal.StartsWith("incoming", StringComparison.Ordinal))
            return;
        await sip.Call.AnswerAsync(default);
        var tag = DriverHarness.TagOf(sip.ResponsesTo("INVITE").First());
        sip.Acknowledge(tag);
        sip.Ask("INFO", toTag: tag, cseq: 2, body: "5", type: "application/dtmf");
        sip.Ask("UPDATE", toTag: tag, cseq: 3, body: DriverHarness.Sdp + "a=sendonly\n");
        sip.Ask("UPDATE", toTag: tag, cseq: 4, body: DriverHarness.Sdp);
        sip.Ask("REFER", "Refer-To: <sip:200@test>\n", tag, 5);
        sip.Ask("BYE", toTag: tag, cseq: 6);
    }
}

namespace CallCenterKit.Testing.Phones;

public sealed class ScriptedCallTests
{
    [Fact]
    public async Task A_call_rings_is_answered_and_is_hung_up_by_the_caller()
    {
        await using var phones = new TwoPhones();
        var caller = phones.Alice.Dial(phones.Bob.Contact);
        var called = await phones.UntilAsync(phones.Bob.NextCallAsync());
        Assert.Equal("alice", called.RemoteUser);
        called.Ring();
        Assert.True(await phones.UntilAsync(caller.Ringing));
        Assert.Equal(180, caller.LastStatus);
        await phones.PassAsync(3);

        Assert.True(await phones.UntilAsync(called.AnswerAsync()));
        await phones.PassAsync(2);

        Assert.Equal(ScriptedCallEnd.HungUpHere, await phones.UntilAsync(caller.HangUpAsync()));
        Assert.Equal(ScriptedCallEnd.HungUpThere, await phones.UntilAsync(called.Ended));
        Assert.Equal(3, (caller.AnsweredAt - caller.RangAt)!.Value.TotalSeconds, tolerance: 0.05);
        Assert.Equal(
            ["INVITE sip:bob@10.0.0.2:5060 SIP/2.0", "SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 200 OK", "ACK sip:bob@10.0.0.2:5060 SIP/2.0", "BYE sip:bob@10.0.0.2:5060 SIP/2.0", "SIP/2.0 200 OK"],
            phones.Alice.Trace.Select(line => line.StartLine));
    }

    [Fact]
    public async Task The_called_phone_can_hang_up()
    {
        await using var phones = new TwoPhones();
        var (caller, called) = await phones.ConnectAsync();

        Assert.Equal(ScriptedCallEnd.HungUpHere, await phones.UntilAsync(called.HangUpAsync()));
        Assert.Equal(ScriptedCallEnd.HungUpThere, await phones.UntilAsync(caller.Ended));
        Assert.Empty(phones.Alice.Calls);
    }

    [Fact]
    public async Task Each_side_hears_the_tone_of_the_other_and_not_its_own()
    {
        await using var phones = new TwoPhones();
        var (caller, called) = await phones.ConnectAsync();

        await phones.PassAsync(5);

        Assert.Equal(-10, caller.Heard.ToneLevel(1000), tolerance: 0.5);
        Assert.Equal(-10, called.Heard.ToneLevel(440), tolerance: 0.5);
        Assert.True(caller.Heard.ToneLevel(440) < -60);
        Assert.True(called.Heard.ToneLevel(1000) < -60);
        Assert.Equal(5, caller.Heard.Duration.TotalSeconds, tolerance: 0.1);
        Assert.Equal(0, caller.Heard.PacketsLost);
        Assert.Equal(TimeSpan.FromMilliseconds(20), caller.Heard.LongestGap);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task Every_format_carries_the_tone(int payloadType)
    {
        await using var phones = new TwoPhones(alice: TwoPhones.AliceOptions with { PayloadTypes = [0, 8, 9] }, bob: TwoPhones.BobOptions with { PayloadTypes = [payloadType] });
        var (caller, called) = await phones.ConnectAsync();

        await phones.PassAsync(2);

        Assert.Equal(-10, caller.Heard.ToneLevel(1000), tolerance: 0.5);
        Assert.Equal(-10, called.Heard.ToneLevel(440), tolerance: 0.5);
    }

    [Fact]
    public async Task No_common_format_is_refused_with_488()
    {
        await using var phones = new TwoPhones(
            alice: TwoPhones.AliceOptions with { PayloadTypes = [0] }, bob: TwoPhones.BobOptions with { PayloadTypes = [8] });
        var caller = phones.Alice.Dial(phones.Bob.Contact);
        var called = await phones.UntilAsync(phones.Bob.NextCallAsync());

        Assert.False(await phones.UntilAsync(called.AnswerAsync()));

        Assert.Equal(new ScriptedCallOutcome.Failed(488, "Not Acceptable Here"), await phones.UntilAsync(caller.Outcome));
    }

    [Fact]
    public async Task Digits_arrive_as_telephone_events_once_each()
    {
        await using var phones = new TwoPhones();
        var (caller, called) = await phones.ConnectAsync();

        await phones.UntilAsync(CountAsync(caller.SendDigitsAsync("11*#aD")));
        await phones.PassAsync(0.1);

        Assert.Equal("11*#AD", called.Heard.Digits);
        Assert.Equal("", caller.Heard.Digits);
        Assert.Equal(0, called.Heard.PacketsLost);
    }

    [Fact]
    public async Task Digits_survive_a_lossy_network()
    {
        await using var phones = new TwoPhones(new() { Seed = 7, LossShare = 0.1, MaxDelay = TimeSpan.FromMilliseconds(40) });
        var (caller, called) = await phones.ConnectAsync();

        await phones.UntilAsync(CountAsync(caller.SendDigitsAsync("0123456789")));
        await phones.PassAsync(0.5);

        Assert.Equal("0123456789", called.Heard.Digits);
        Assert.InRange(called.Heard.PacketsLost, 1, called.Heard.Packets / 4);
    }

    [Fact]
    public async Task A_far_end_without_telephone_events_takes_no_digits()
    {
        await using var phones = new TwoPhones(bob: TwoPhones.BobOptions with { TelephoneEvents = false });
        var (caller, _) = await phones.ConnectAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => caller.SendDigitsAsync("1"));
    }

    [Fact]
    public async Task Hold_silences_both_and_resume_brings_them_back()
    {
        await using var phones = new TwoPhones();
        var (caller, called) = await phones.ConnectAsync();
        Assert.Equal(200, await phones.UntilAsync(caller.HoldAsync()));
        Assert.True(called.IsHeldByFarEnd);
        Assert.False(caller.IsHeldByFarEnd);
        await phones.PassAsync(0.1);
        var (sentByCaller, sentByCalled) = (caller.PacketsSent, called.PacketsSent);

        await phones.PassAsync(3);
        Assert.Equal((sentByCaller, sentByCalled), (caller.PacketsSent, called.PacketsSent));
        Assert.Equal(200, await phones.UntilAsync(caller.ResumeAsync()));
        caller.Heard.Restart();
        called.Heard.Restart();
        await phones.PassAsync(2);

        Assert.False(called.IsHeldByFarEnd);
        Assert.Equal(-10, caller.Heard.ToneLevel(1000), tolerance: 0.5);
        Assert.Equal(-10, called.Heard.ToneLevel(440), tolerance: 0.5);
    }

    [Fact]
    public async Task The_called_phone_can_hold_too()
    {
        await using var phones = new TwoPhones();
        var (caller, called) = await phones.ConnectAsync();

        Assert.Equal(200, await phones.UntilAsync(called.HoldAsync()));
        Assert.True(caller.IsHeldByFarEnd);
        Assert.Equal(200, await phones.UntilAsync(called.ResumeAsync()));
        Assert.False(caller.IsHeldByFarEnd);
    }

    [Fact]
    public async Task A_busy_phone_refuses_and_the_failure_is_acknowledged_once_per_response()
    {
        await using var phones = new TwoPhones();
        var caller = phones.Alice.Dial(phones.Bob.Contact);
        var called = await phones.UntilAsync(phones.Bob.NextCallAsync());

        called.Reject(486);

        Assert.Equal(new ScriptedCallOutcome.Failed(486, "Busy Here"), await phones.UntilAsync(caller.Outcome));
        Assert.Equal(ScriptedCallEnd.Rejected, await phones.UntilAsync(called.Ended));
        Assert.False(await phones.UntilAsync(caller.Ringing));
        await phones.PassAsync(60);
        Assert.Equal(1, phones.Alice.Trace.Count(line => line.StartLine.StartsWith("ACK", StringComparison.Ordinal)));
        Assert.Equal(1, phones.Bob.Trace.Count(line => line.StartLine.Contains("486", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_caller_who_gives_up_cancels_the_ringing()
    {
        await using var phones = new TwoPhones();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), phones.Time);
        var calling = phones.Alice.CallAsync(phones.Bob.Contact, patience.Token);
        var called = await phones.UntilAsync(phones.Bob.NextCallAsync());
        called.Ring();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => phones.UntilAsync(calling));

        Assert.Equal(ScriptedCallEnd.Cancelled, await phones.UntilAsync(called.Ended));
        Assert.Equal(5, (called.EndedAt - called.StartedAt)!.Value.TotalSeconds, tolerance: 0.05);
        Assert.Empty(phones.Alice.Calls);
    }

    [Fact]
    public async Task An_answer_that_crosses_the_cancel_is_ended()
    {
        await using var phones = new TwoPhones();
        var caller = phones.Alice.Dial(phones.Bob.Contact);
        var called = await phones.UntilAsync(phones.Bob.NextCallAsync());
        await phones.PassAsync(1);

        caller.Cancel();
        var answering = called.AnswerAsync();

        Assert.Equal(487, Assert.IsType<ScriptedCallOutcome.Failed>(await phones.UntilAsync(caller.Outcome)).Status);
        Assert.True(await phones.UntilAsync(answering));
        Assert.Equal(ScriptedCallEnd.HungUpThere, await phones.UntilAsync(called.Ended));
        Assert.Equal(ScriptedCallEnd.Cancelled, await phones.UntilAsync(caller.Ended));
    }

    [Fact]
    public async Task A_dead_phone_is_called_seven_times_and_then_given_up()
    {
        await using var phones = new TwoPhones();
        phones.Bob.IgnoreEverything = true;

        var outcome = await phones.UntilAsync(phones.Alice.CallAsync(phones.Bob.Contact));

        Assert.IsType<ScriptedCallOutcome.TimedOut>(outcome);
        Assert.Equal(7, phones.Bob.Trace.Count);
        var first = phones.Alice.Trace[0].At;
        Assert.Equal([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5], phones.Alice.Trace.Select(line => (line.At - first).TotalSeconds));
    }

    [Fact]
    public async Task Calls_come_through_a_network_that_loses_doubles_and_reorders()
    {
        await using var phones = new TwoPhones(new()
        {
            Seed = 11,
            LossShare = 0.3,
            DuplicationShare = 0.2,
            ReorderShare = 0.2,
            MinDelay = TimeSpan.FromMilliseconds(5),
            MaxDelay = TimeSpan.FromMilliseconds(50),
        });

        for (var i = 0; i < 20; i++)
        {
            var (caller, called) = await phones.ConnectAsync();
            Assert.Equal(ScriptedCallEnd.HungUpHere, await phones.UntilAsync(caller.HangUpAsync()));
            Assert.Contains(await phones.UntilAsync(called.Ended), new[] { ScriptedCallEnd.HungUpThere, ScriptedCallEnd.TimedOut });
        }
    }

    [Fact]
    public async Task An_unacknowledged_answer_is_repeated_and_ends_the_call()
    {
        await using var phones = new TwoPhones();
        phones.Network.DropWhen = (_, _, bytes) => bytes.Span.StartsWith("ACK"u8);
        phones.Alice.Dial(phones.Bob.Contact);
        var called = await phones.UntilAsync(phones.Bob.NextCallAsync());

        Assert.False(await phones.UntilAsync(called.AnswerAsync()));

        Assert.Equal(ScriptedCallEnd.TimedOut, await phones.UntilAsync(called.Ended));
        Assert.Equal(11, phones.Bob.Trace.Count(line => line.IsSent && line.Text.Contains("200 OK", StringComparison.Ordinal) && line.Text.Contains("INVITE", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_request_within_the_call_gets_its_status()
    {
        await using var phones = new TwoPhones();
        var (caller, called) = await phones.ConnectAsync();

        Assert.Equal(200, await phones.UntilAsync(caller.RequestAsync("INFO", "X-Test: yes")));
        Assert.Equal(405, await phones.UntilAsync(called.RequestAsync("REFER", "Refer-To: <sip:carol@10.0.0.3>")));
        Assert.Contains("X-Test: yes", phones.Bob.Trace.Single(line => line.StartLine.StartsWith("INFO", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        await phones.UntilAsync(caller.HangUpAsync());
        Assert.Equal(481, await phones.UntilAsync(caller.RequestAsync("INFO")));
    }

    [Fact]
    public async Task A_tone_is_waited_for_without_polling()
    {
        await using var phones = new TwoPhones();
        var (caller, called) = await phones.ConnectAsync();
        var tone = caller.Heard.WaitForToneAsync(700);
        await phones.PassAsync(3);
        Assert.False(tone.IsCompleted);

        called.Say(PhoneVoice.Tone(700, -15));
        var from = phones.Time.GetUtcNow();
        await phones.Time.AdvanceUntilAsync(tone, TimeSpan.FromSeconds(5));

        Assert.InRange((phones.Time.GetUtcNow() - from).TotalSeconds, 0.15, 0.5);
    }

    [Fact]
    public async Task A_wait_for_a_tone_ends_with_the_call()
    {
        await using var phones = new TwoPhones();
        var (caller, _) = await phones.ConnectAsync();
        var tone = caller.Heard.WaitForToneAsync(700);

        await phones.UntilAsync(caller.HangUpAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tone);
    }

    [Fact]
    public async Task Loss_is_counted_and_shows_as_a_gap()
    {
        await using var phones = new TwoPhones();
        var (caller, called) = await phones.ConnectAsync();
        await phones.PassAsync(1);
        phones.Network.DropWhen = (_, to, _) => to.Equals(called.LocalRtp);
        await phones.PassAsync(0.2);
        phones.Network.DropWhen = null;
        await phones.PassAsync(1);

        Assert.Equal(10, called.Heard.PacketsLost);
        Assert.Equal(TimeSpan.FromMilliseconds(220), called.Heard.LongestGap);
        Assert.Equal(0, caller.Heard.PacketsLost);
    }

    [Fact]
    public async Task Unplugging_a_phone_says_nothing_and_ends_what_waits()
    {
        await using var phones = new TwoPhones();
        var (caller, called) = await phones.ConnectAsync();
        var waiting = phones.Alice.NextCallAsync();
        var sent = phones.Alice.Trace.Count(line => line.IsSent);

        await phones.Alice.DisposeAsync();

        Assert.Equal(ScriptedCallEnd.Abandoned, await caller.Ended);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await phones.PassAsync(1);
        Assert.Equal(sent, phones.Alice.Trace.Count(line => line.IsSent));
        Assert.False(called.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_phone_without_power_waits_for_no_answer()
    {
        await using var phones = new TwoPhones();
        var (caller, _) = await phones.ConnectAsync();
        phones.Bob.IgnoreEverything = true;
        var asked = caller.RequestAsync("INFO");

        await phones.Alice.DisposeAsync();

        Assert.Equal(408, await asked);
    }

    [Fact]
    public async Task Nothing_is_left_on_the_clock_when_phones_and_network_are_gone()
    {
        var phones = new TwoPhones();
        await phones.ConnectAsync();

        await phones.DisposeAsync();

        Assert.Equal(0, phones.Time.ArmedTimers);
    }

    [Fact]
    public async Task The_same_script_leaves_the_same_trace()
    {
        Assert.Equal(await RunAsync(), await RunAsync());

        static async Task<string> RunAsync()
        {
            await using var phones = new TwoPhones(new() { Seed = 5, LossShare = 0.2, MaxDelay = TimeSpan.FromMilliseconds(80) });
            var (caller, _) = await phones.ConnectAsync();
            await phones.PassAsync(2);
            await phones.UntilAsync(caller.HangUpAsync());
            return string.Join('\n', phones.Alice.Trace.Concat(phones.Bob.Trace).Select(line => $"{line}\n{line.Text}"));
        }
    }

    private static async Task<bool> CountAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }
}

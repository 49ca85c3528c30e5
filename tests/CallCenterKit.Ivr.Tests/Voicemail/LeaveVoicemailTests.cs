using CallCenterKit.Ivr.Fakes;

namespace CallCenterKit.Ivr.Voicemail;

public sealed class LeaveVoicemailTests : IDisposable
{
    private static readonly VoicemailRequest Greeted = new() { Greeting = "greeting.wav" };

    private readonly Caller _caller = new();

    [Fact]
    public async Task A_caller_is_greeted_and_recorded_after_the_beep_until_the_key()
    {
        var leaving = await LeaveAsync(Greeted);
        await _caller.AfterAsync(4);
        await _caller.AfterAsync(10);
        _caller.Press("5");
        await _caller.AfterAsync(1);
        _caller.Press("#");

        Assert.Equal(new VoicemailOutcome.Left(default, TimeSpan.FromSeconds(11)), await _caller.EndOf(leaving));
        Assert.Equal(
            ["0 play greeting.wav", "2 play tone:Beep", "4 record for sales", "15 end of message, 0 s of it silence", "15 hang up Normal"],
            _caller.Transcript);
    }

    [Fact]
    public async Task A_key_skips_the_greeting_and_does_not_end_the_message()
    {
        var leaving = await LeaveAsync(Greeted);
        await _caller.AfterAsync(1);
        _caller.Press("#");
        await _caller.AfterAsync(2);
        await _caller.AfterAsync(5);
        _caller.Press("#");

        Assert.Equal(new VoicemailOutcome.Left(default, TimeSpan.FromSeconds(5)), await _caller.EndOf(leaving));
        Assert.Equal("3 record for sales", _caller.Transcript[3]);
    }

    [Fact]
    public async Task Silence_ends_the_message()
    {
        _caller.Call.SilentAfter = TimeSpan.FromSeconds(25);

        Assert.Equal(new VoicemailOutcome.Left(default, TimeSpan.FromSeconds(25)), await _caller.EndOf(await LeaveAsync()));
        Assert.Equal(
            ["0 play tone:Beep", "2 record for sales", "2 wait for 5 s of Silence", "27 end of message, 5 s of it silence", "27 hang up Normal"],
            _caller.Transcript);
    }

    [Fact]
    public async Task Whoever_says_nothing_has_left_no_message()
    {
        _caller.Call.SilentAfter = TimeSpan.FromSeconds(5);

        Assert.IsType<VoicemailOutcome.TooShort>(await _caller.EndOf(await LeaveAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_longest_message_ends_by_itself_also_where_silence_cannot_be_told(bool canTell)
    {
        _caller.Call.SilentAfter = canTell ? TimeSpan.FromHours(1) : null;

        Assert.Equal(new VoicemailOutcome.Left(default, TimeSpan.FromMinutes(3)), await _caller.EndOf(await LeaveAsync()));
    }

    [Fact]
    public async Task Keys_that_mean_nothing_do_not_make_it_longer()
    {
        var leaving = await LeaveAsync(new() { MaxLength = TimeSpan.FromSeconds(10) });
        for (var second = 0; second < 8; second++)
        {
            await _caller.AfterAsync(1);
            _caller.Press("7");
        }

        Assert.Equal(new VoicemailOutcome.Left(default, TimeSpan.FromSeconds(10)), await _caller.EndOf(leaving));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(0.9, false)]
    public async Task Whoever_hangs_up_has_left_what_was_said(double seconds, bool isKept)
    {
        _caller.Call.SilentAfter = TimeSpan.FromHours(1);
        var leaving = await LeaveAsync();
        await _caller.AfterAsync(2);
        await _caller.AfterAsync(seconds);
        _caller.Call.LeftByCaller();

        VoicemailOutcome wanted = isKept ? new VoicemailOutcome.Left(default, TimeSpan.FromSeconds(seconds)) : new VoicemailOutcome.TooShort();
        Assert.Equal(wanted, await _caller.EndOf(leaving));
    }

    [Fact]
    public async Task Whoever_hangs_up_before_the_beep_has_left_nothing()
    {
        var leaving = await LeaveAsync(Greeted);
        _caller.Call.LeftByCaller();

        await Assert.ThrowsAsync<Voice.CallEndedException>(() => _caller.EndOf(leaving));
        Assert.DoesNotContain(_caller.Transcript, line => line.Contains("record", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nothing_can_be_recorded_that_is_an_outcome()
    {
        _caller.Session.Records = false;

        Assert.IsType<VoicemailOutcome.Unavailable>(await _caller.EndOf(await LeaveAsync()));
    }

    [Theory]
    [InlineData("sales/..", "Mailbox 'sales/..' must be")]
    [InlineData(".", "Mailbox '.' must be")]
    public async Task A_mailbox_that_cannot_be_is_refused(string mailbox, string message)
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => _caller.RunAsync((call, ct) => call.LeaveVoicemailAsync(mailbox, null, ct)));

        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_out_of_range_are_faults()
    {
        var wrong = new VoicemailRequest { MaxLength = TimeSpan.Zero, SilenceEnd = TimeSpan.FromMinutes(2), MinLength = TimeSpan.FromHours(1), EndKeys = "#x" };

        Assert.Equal(4, wrong.Faults().Count());
        Assert.Empty(new VoicemailRequest().Faults());
    }

    public void Dispose() => _caller.Dispose();

    private Task<Task<VoicemailOutcome>> LeaveAsync(VoicemailRequest? request = null) =>
        _caller.BeginAsync((call, ct) => call.LeaveVoicemailAsync("sales", request, ct));
}

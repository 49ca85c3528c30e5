using CallCenterKit.Ivr.Fakes;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Input;

/// <summary>Whether a caller may be recorded.</summary>
public sealed class ConsentTests : IDisposable
{
    private readonly Caller _caller = new();

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData('1', true)]
    [InlineData('2', false)]
    public async Task A_key_says_yes_or_no(char key, bool given)
    {
        var asked = await AskAsync(ConsentRequest.OptIn);
        await _caller.AfterAsync(3);
        _caller.Press(key.ToString());

        Assert.Equal(given, await _caller.EndOf(asked));
        Assert.Equal(["0 consent Asked", "0 play may-we.wav", $"3 consent {(given ? "Given" : "Refused")}"], _caller.Transcript.SkipLast(1));
    }

    [Fact]
    public async Task Who_says_nothing_is_asked_again_and_has_not_agreed()
    {
        Assert.False(await _caller.EndOf(await AskAsync(ConsentRequest.OptIn)));

        Assert.Equal(["0 consent Asked", "0 play may-we.wav", "7 play may-we.wav", "14 consent Refused"], _caller.Transcript.SkipLast(1));
    }

    [Fact]
    public async Task Where_only_a_no_counts_who_says_nothing_agrees()
    {
        Assert.True(await _caller.EndOf(await AskAsync(ConsentRequest.OptOut)));

        Assert.Equal(["0 consent Asked", "0 play may-we.wav", "7 consent Given"], _caller.Transcript.SkipLast(1));
    }

    [Fact]
    public async Task A_key_from_before_the_question_is_no_answer()
    {
        _caller.Press("1");

        Assert.False(await _caller.EndOf(await AskAsync(ConsentRequest.OptIn with { Retries = 0 })));
    }

    [Fact]
    public async Task Keys_and_patience_are_the_hosts()
    {
        var asked = await AskAsync(new() { YesKey = '*', NoKey = '#', Timeout = TimeSpan.FromSeconds(1), Retries = 0 });
        await _caller.AfterAsync(2.5);
        _caller.Press("*");

        Assert.True(await _caller.EndOf(asked));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_hangs_up_during_the_question_has_not_agreed(bool silenceConsents)
    {
        var asked = await AskAsync(silenceConsents ? ConsentRequest.OptOut : ConsentRequest.OptIn);
        await _caller.AfterAsync(1);
        _caller.Call.LeftByCaller();

        await Assert.ThrowsAsync<CallEndedException>(() => _caller.EndOf(asked));
        Assert.Equal("1 consent Refused", _caller.Transcript[^1]);
    }

    [Fact]
    public async Task Who_cannot_be_asked_has_not_agreed()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => _caller.RunAsync((call, ct) => call.AskRecordingConsentAsync("no-such.wav", ConsentRequest.OptOut, ct)));

        Assert.Contains("0 consent Refused", _caller.Transcript);
    }

    [Theory]
    [InlineData('1', '1', "key '1' is used twice")]
    [InlineData('x', '2', "key 'x' is not on a telephone")]
    public async Task Keys_that_cannot_be_told_apart_are_refused(char yes, char no, string fault)
    {
        var thrown = await Assert.ThrowsAsync<ArgumentException>(() => _caller.RunAsync((call, ct) => call.AskRecordingConsentAsync("may-we.wav", new() { YesKey = yes, NoKey = no }, ct)));

        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_that_is_data_asks_pauses_and_goes_where_the_answer_leads()
    {
        var flow = IvrFlow.Create("main", main => main
            .RecordingConsent("may-we.wav", consent => consent.OnGiven("given").OnRefused("refused"))
            .Node("given", node => node.PauseRecording().Play("card.wav").ResumeRecording().HangUp())
            .Node("refused", node => node.HangUp(HangUpCause.Rejected)));
        await _caller.BeginAsync(flow);
        await _caller.AfterAsync(1);
        _caller.Press("1");
        await _caller.AfterAsync(5);

        Assert.Equal(["0 consent Asked", "0 play may-we.wav", "1 stopped", "1 consent Given", "1 pause recording", "1 play card.wav", "3 resume recording", "3 hang up Normal"], _caller.Transcript);
    }

    private Task<Task<bool>> AskAsync(ConsentRequest request) => _caller.BeginAsync((call, ct) => call.AskRecordingConsentAsync("may-we.wav", request, ct));
}

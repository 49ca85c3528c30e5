using CallCenterKit.Ivr.Fakes;
using CallCenterKit.Ivr.Input;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Prompts;

public sealed class PlayTests : IDisposable
{
    private readonly Caller _caller = new();

    [Fact]
    public async Task A_prompt_is_played_to_its_end()
    {
        Assert.Equal(PlayEnd.Finished, await _caller.RunAsync((call, ct) => call.PlayAsync("welcome.wav", ct)));
        Assert.Equal(["0 play welcome.wav", "2 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_prompt_may_have_several_pieces()
    {
        await _caller.RunAsync((call, ct) => call.PlayAsync(
            ["sorry.wav", new PromptPart.Silence(TimeSpan.FromSeconds(0.5)), new PromptPart.Tone(ToneKind.Beep), "menu.wav"], ct));

        Assert.Equal("0 play sorry.wav silence:0.5 tone:Beep menu.wav", _caller.Transcript[0]);
    }

    [Fact]
    public async Task A_key_stops_a_prompt_and_stays_for_the_next_question()
    {
        var choice = await _caller.BeginAsync(async (call, ct) =>
        {
            Assert.Equal(PlayEnd.Stopped, await call.PlayAsync("welcome.wav", ct));
            return await call.AskAsync("menu.wav", new("1"), ct);
        });
        await _caller.AfterAsync(1);
        _caller.Press("1");

        Assert.Equal(new MenuChoice.Digit('1'), await _caller.EndOf(choice));
        Assert.Equal(["0 play welcome.wav", "1 stopped", "1 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_notice_is_heard_to_its_end_and_keys_are_kept()
    {
        _caller.Press("1");

        var choice = await _caller.RunAsync(async (call, ct) =>
        {
            Assert.Equal(PlayEnd.Finished, await call.PlayAsync("recorded.wav", bargeIn: false, ct));
            return await call.AskAsync("menu.wav", new("1"), ct);
        });

        Assert.Equal(new MenuChoice.Digit('1'), choice);
        Assert.Equal(["0 play recorded.wav", "2 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_prompt_the_catalog_does_not_have_names_itself_and_the_place()
    {
        var fault = await Assert.ThrowsAsync<FileNotFoundException>(() => _caller.RunAsync((call, ct) => call.PlayAsync("no-file.wav", ct)));

        Assert.Equal("Prompt 'no-file.wav' is not in the fake catalog.", fault.Message);
    }

    public void Dispose() => _caller.Dispose();
}

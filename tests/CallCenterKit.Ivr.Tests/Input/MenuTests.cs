using CallCenterKit.Ivr.Fakes;

namespace CallCenterKit.Ivr.Input;

public sealed class MenuTests : IDisposable
{
    private static readonly Menu Keys = new("12*");

    private readonly Caller _caller = new();

    [Fact]
    public async Task A_key_after_the_prompt_is_the_choice()
    {
        var choice = await BeginAsync(Keys);
        await _caller.AfterAsync(6.9);
        _caller.Press("2");

        Assert.Equal(new MenuChoice.Digit('2'), await _caller.EndOf(choice));
        Assert.Equal(["0 play menu.wav", "6.9 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_key_stops_the_prompt_at_once_and_is_the_choice()
    {
        var choice = await BeginAsync(Keys);
        await _caller.AfterAsync(0.5);
        _caller.Press("*");

        Assert.Equal(new MenuChoice.Digit('*'), await _caller.EndOf(choice));
        Assert.Equal(["0 play menu.wav", "0.5 stopped", "0.5 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_driver_that_throws_when_stopped_makes_no_difference()
    {
        _caller.Call.ThrowsWhenStopped = true;
        var choice = await BeginAsync(Keys);
        _caller.Press("1");

        Assert.Equal(new MenuChoice.Digit('1'), await _caller.EndOf(choice));
        Assert.Equal(["0 play menu.wav", "0 stopped", "0 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_key_typed_ahead_leaves_the_prompt_out()
    {
        _caller.Press("1");

        Assert.Equal(new MenuChoice.Digit('1'), await RunAsync(Keys));
        Assert.Equal(["0 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_key_typed_ahead_is_dropped_where_a_mistake_would_cost()
    {
        _caller.Press("1");
        var choice = await BeginAsync(Keys with { TypeAhead = false });
        _caller.Press("2");

        Assert.Equal(new MenuChoice.Digit('2'), await _caller.EndOf(choice));
    }

    [Fact]
    public async Task No_key_repeats_the_prompt_three_times_five_seconds_after_each()
    {
        Assert.Equal(new MenuChoice.NoInput(), await RunAsync(Keys));
        Assert.Equal(["0 play menu.wav", "7 play menu.wav", "14 play menu.wav", "21 play menu.wav", "28 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task Timeout_and_retries_are_the_menus_own()
    {
        var impatient = Keys with { Timeout = TimeSpan.FromSeconds(1.5), Retries = 1 };

        Assert.Equal(new MenuChoice.NoInput(), await RunAsync(impatient));
        Assert.Equal(["0 play menu.wav", "3.5 play menu.wav", "7 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_wrong_key_is_told_and_asked_again_until_retries_are_used_up()
    {
        var choice = await BeginAsync(Keys with { Retries = 1, InvalidPrompt = "sorry.wav" });
        await _caller.AfterAsync(3);
        _caller.Press("7");
        await _caller.AfterAsync(5);
        _caller.Press("8");

        Assert.Equal(new MenuChoice.Invalid('8'), await _caller.EndOf(choice));
        Assert.Equal(["0 play menu.wav", "3 play sorry.wav", "5 play menu.wav", "8 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_right_key_after_a_wrong_one_is_the_choice()
    {
        var choice = await BeginAsync(Keys with { InvalidPrompt = "sorry.wav" });
        _caller.Press("7");
        await _caller.AfterAsync(1);
        _caller.Press("1");

        Assert.Equal(new MenuChoice.Digit('1'), await _caller.EndOf(choice));
        Assert.Equal(["0 play menu.wav", "0 stopped", "0 play sorry.wav", "1 stopped", "1 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task What_was_typed_after_a_wrong_key_is_dropped()
    {
        _caller.Press("71");

        var then = await _caller.RunAsync(async (call, ct) =>
        {
            Assert.Equal(new MenuChoice.Invalid('7'), await call.AskAsync("menu.wav", Keys with { Retries = 0 }, ct));
            return await call.AskAsync("menu.wav", Keys, ct);
        });

        Assert.Equal(new MenuChoice.NoInput(), then);
    }

    [Theory]
    [InlineData("", 5, 3, "the menu has no key")]
    [InlineData("1x", 5, 3, "key 'x' is not on a telephone")]
    [InlineData("11", 5, 3, "key '1' is used twice")]
    [InlineData("1", 0, 3, "timeout 00:00:00 must be over zero and at most 00:01:00")]
    [InlineData("1", 61, 3, "timeout 00:01:01 must be over zero and at most 00:01:00")]
    [InlineData("1", 5, 11, "retries 11 must be 0 to 10")]
    public async Task A_menu_that_cannot_be_used_is_the_flows_mistake(string keys, int seconds, int retries, string message)
    {
        var menu = new Menu(keys) { Timeout = TimeSpan.FromSeconds(seconds), Retries = retries };

        var fault = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(menu));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _caller.Dispose();

    private Task<Task<MenuChoice>> BeginAsync(Menu menu) => _caller.BeginAsync((call, ct) => call.AskAsync("menu.wav", menu, ct));

    private Task<MenuChoice> RunAsync(Menu menu) => _caller.RunAsync((call, ct) => call.AskAsync("menu.wav", menu, ct));
}

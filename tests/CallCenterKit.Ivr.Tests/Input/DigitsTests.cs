using CallCenterKit.Ivr.Fakes;

namespace CallCenterKit.Ivr.Input;

public sealed class DigitsTests : IDisposable
{
    private static readonly DigitsRequest TwoToFour = new(2, 4);

    private readonly Caller _caller = new();

    [Fact]
    public async Task The_most_digits_end_the_input_at_once()
    {
        var result = await BeginAsync(TwoToFour);
        await _caller.AfterAsync(1);
        _caller.Press("1234");

        Assert.Equal(new DigitsResult.Collected("1234"), await _caller.EndOf(result));
        Assert.Equal(["0 play number.wav", "1 stopped", "1 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task The_terminator_ends_the_input_early_and_is_no_part_of_it()
    {
        var result = await BeginAsync(TwoToFour);
        _caller.Press("12#");

        Assert.Equal(new DigitsResult.Collected("12"), await _caller.EndOf(result));
        Assert.Equal("0 hang up Normal", _caller.Transcript[^1]);
    }

    [Fact]
    public async Task Three_seconds_without_a_further_digit_end_the_input()
    {
        var result = await BeginAsync(TwoToFour);
        await _caller.AfterAsync(4);
        _caller.Press("1");
        await _caller.AfterAsync(2.9);
        _caller.Press("2");

        Assert.Equal(new DigitsResult.Collected("12"), await _caller.EndOf(result));
        Assert.Equal(["0 play number.wav", "9.9 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task Five_seconds_without_a_first_digit_repeat_the_prompt_three_times()
    {
        Assert.Equal(new DigitsResult.NoInput(), await RunAsync(TwoToFour));
        Assert.Equal(["0 play number.wav", "7 play number.wav", "14 play number.wav", "21 play number.wav", "28 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task Timeouts_and_retries_are_the_requests_own()
    {
        var result = await BeginAsync(TwoToFour with { FirstDigitTimeout = TimeSpan.FromSeconds(1), InterDigitTimeout = TimeSpan.FromSeconds(0.5), Retries = 1 });
        await _caller.AfterAsync(5.5);
        _caller.Press("12");

        Assert.Equal(new DigitsResult.Collected("12"), await _caller.EndOf(result));
        Assert.Equal(["0 play number.wav", "3 play number.wav", "6 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task Too_few_digits_are_told_and_asked_for_again()
    {
        var result = await BeginAsync(TwoToFour with { InvalidPrompt = "sorry.wav" });
        await _caller.AfterAsync(2);
        _caller.Press("1#");
        await _caller.AfterAsync(4);
        _caller.Press("12#");

        Assert.Equal(new DigitsResult.Collected("12"), await _caller.EndOf(result));
        Assert.Equal(["0 play number.wav", "2 play sorry.wav", "4 play number.wav", "6 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task Too_few_digits_in_time_are_invalid()
    {
        var result = await BeginAsync(TwoToFour with { Retries = 0 });
        await _caller.AfterAsync(2);
        _caller.Press("1");

        Assert.Equal(new DigitsResult.Invalid("1"), await _caller.EndOf(result));
        Assert.Equal("5 hang up Normal", _caller.Transcript[^1]);
    }

    [Fact]
    public async Task A_key_that_is_no_digit_is_invalid_and_drops_the_rest()
    {
        _caller.Press("1*23");
        var result = await BeginAsync(TwoToFour with { Retries = 1 });

        Assert.Equal(new DigitsResult.NoInput(), await _caller.EndOf(result));
    }

    [Fact]
    public async Task Without_a_terminator_the_hash_is_no_digit()
    {
        _caller.Press("12#");

        Assert.Equal(new DigitsResult.Invalid("12"), await RunAsync(TwoToFour with { Terminator = null, Retries = 0 }));
    }

    [Fact]
    public async Task No_digit_is_enough_where_none_is_asked_for()
    {
        _caller.Press("#");

        Assert.Equal(new DigitsResult.Collected(""), await RunAsync(new(0, 4)));
    }

    [Fact]
    public async Task A_terminator_after_the_last_digit_is_not_left_for_the_next_question()
    {
        _caller.Press("1234#1");

        var then = await _caller.RunAsync(async (call, ct) =>
        {
            await call.CollectAsync("number.wav", TwoToFour, ct);
            return await call.AskAsync("menu.wav", new("1#"), ct);
        });

        Assert.Equal(new MenuChoice.Digit('1'), then);
    }

    [Fact]
    public async Task Digits_typed_ahead_are_dropped_where_a_mistake_would_cost()
    {
        _caller.Press("1234");

        Assert.Equal(new DigitsResult.NoInput(), await RunAsync(TwoToFour with { TypeAhead = false }));
    }

    [Fact]
    public async Task More_than_32_keys_ahead_are_lost()
    {
        _caller.Press(string.Concat(Enumerable.Repeat("1234567890", 4)));

        Assert.Equal(new DigitsResult.Collected("12345678901234567890123456789012"), await RunAsync(new(1, 64)));
        Assert.Equal(8, _caller.Log.Entries.Count(entry => entry.Id == 4003));
    }

    [Fact]
    public async Task What_is_no_key_is_ignored()
    {
        _caller.Press("1 a2\n#");

        Assert.Equal(new DigitsResult.Collected("12"), await RunAsync(TwoToFour));
    }

    [Theory]
    [InlineData(2, 0, '#', "max 0 must be 1 to 64")]
    [InlineData(2, 65, '#', "max 65 must be 1 to 64")]
    [InlineData(5, 4, '#', "min 5 must be 0 to max 4")]
    [InlineData(-1, 4, '#', "min -1 must be 0 to max 4")]
    [InlineData(2, 4, '1', "terminator '1' must be * or #")]
    public async Task A_request_that_cannot_be_used_is_the_flows_mistake(int min, int max, char terminator, string message)
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(new(min, max) { Terminator = terminator }));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _caller.Dispose();

    private Task<Task<DigitsResult>> BeginAsync(DigitsRequest request) => _caller.BeginAsync((call, ct) => call.CollectAsync("number.wav", request, ct));

    private Task<DigitsResult> RunAsync(DigitsRequest request) => _caller.RunAsync((call, ct) => call.CollectAsync("number.wav", request, ct));
}

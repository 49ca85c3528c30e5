using CallCenterKit.Ivr.Building;
using CallCenterKit.Ivr.Fakes;
using CallCenterKit.Queues;
using CallCenterKit.Voice;

namespace CallCenterKit.Ivr.Documents;

public sealed class IvrFlowTests : IDisposable
{
    private readonly Caller _caller = new();

    [Fact]
    public async Task An_answer_without_a_node_goes_on_with_the_next_step()
    {
        await RunAsync(flow => flow
            .Menu("menu.wav", menu => menu.On('1', "one").Retries(0))
            .Play("nobody.wav")
            .HangUp()
            .Node("one", node => node.HangUp()));

        Assert.Equal(["0 play menu.wav", "7 play nobody.wav", "9 hang up Normal"], _caller.Transcript);
    }

    [Theory]
    [InlineData("1", "one.wav")]
    [InlineData("7", "wrong.wav")]
    [InlineData("", "silent.wav")]
    public async Task Each_answer_to_a_menu_leads_to_its_node(string keys, string prompt)
    {
        _caller.Press(keys);

        await RunAsync(flow => flow
            .Menu("menu.wav", menu => menu.On('1', "one").OnNoInput("silent").OnInvalid("wrong").Retries(0).Timeout(TimeSpan.FromSeconds(1)))
            .Node("one", node => node.Play("one.wav").HangUp())
            .Node("silent", node => node.Play("silent.wav").HangUp())
            .Node("wrong", node => node.Play("wrong.wav").HangUp()));

        Assert.EndsWith($"play {prompt}", _caller.Transcript[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_told_by_the_menus_own_prompt()
    {
        _caller.Press("7");

        await RunAsync(flow => flow
            .Menu("menu.wav", menu => menu.On('1', "one").OnInvalid("one", "sorry.wav").Retries(1).Timeout(TimeSpan.FromSeconds(1)))
            .HangUp()
            .Node("one", node => node.HangUp()));

        Assert.Equal(["0 play sorry.wav", "2 play menu.wav", "5 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_menu_can_refuse_keys_typed_ahead()
    {
        _caller.Press("1");

        await RunAsync(flow => flow
            .Menu("menu.wav", menu => menu.On('1', "one").Retries(0).NoTypeAhead())
            .HangUp()
            .Node("one", node => node.Play("one.wav").HangUp()));

        Assert.Equal(["0 play menu.wav", "7 hang up Normal"], _caller.Transcript);
    }

    [Theory]
    [InlineData("4711*", "collected.wav", "4711")]
    [InlineData("1*", "wrong.wav", null)]
    [InlineData("", "silent.wav", null)]
    public async Task Digits_go_into_a_variable_and_each_outcome_to_its_node(string keys, string prompt, string? account)
    {
        _caller.Press(keys);

        await RunAsync(flow => flow
            .Collect("account", "account.wav", (2, 8), collect => collect
                .OnCollected("collected").OnNoInput("silent").OnInvalid("wrong").Terminator('*').Retries(0)
                .FirstDigitTimeout(TimeSpan.FromSeconds(1)).InterDigitTimeout(TimeSpan.FromSeconds(1)))
            .Node("collected", node => node.Play("collected.wav").HangUp())
            .Node("silent", node => node.Play("silent.wav").HangUp())
            .Node("wrong", node => node.Play("wrong.wav").HangUp()));

        Assert.EndsWith($"play {prompt}", _caller.Transcript[^2], StringComparison.Ordinal);
        Assert.Equal(account, _caller.Session.GetVariable("account"));
    }

    [Fact]
    public async Task Digits_can_do_without_a_terminator_and_without_typing_ahead()
    {
        _caller.Press("99");
        var running = await BeginAsync(flow => flow
            .Collect("account", "account.wav", (2, 4), collect => collect.Terminator(null).NoTypeAhead().InvalidPrompt("sorry.wav").Retries(1))
            .HangUp());

        _caller.Press("12#");
        await _caller.AfterAsync(3);
        _caller.Press("34");

        await _caller.EndOf(running);
        Assert.Equal("34", _caller.Session.GetVariable("account"));
        Assert.Equal(["0 play account.wav", "0 stopped", "0 play sorry.wav", "2 play account.wav", "3 stopped", "6 hang up Normal"], _caller.Transcript);
    }

    [Theory]
    [InlineData("lt", "labas.wav")]
    [InlineData("fa", "hello.wav")]
    [InlineData("", "which.wav")]
    public async Task The_value_of_a_variable_leads_to_its_node(string language, string prompt)
    {
        await RunAsync(flow => flow
            .Set("language", language)
            .When("language", when => when.Is("lt", "lithuanian").Is("", "unknown").Otherwise("english"))
            .Node("lithuanian", node => node.Play("labas.wav").HangUp())
            .Node("english", node => node.Play("hello.wav").HangUp())
            .Node("unknown", node => node.Play("which.wav").HangUp()));

        Assert.Equal([$"0 play {prompt}", "2 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_variable_that_was_never_set_is_empty()
    {
        await RunAsync(flow => flow
            .When("language", when => when.Is("", "unknown"))
            .HangUp()
            .Node("unknown", node => node.Play("which.wav").HangUp()));

        Assert.Equal("0 play which.wav", _caller.Transcript[0]);
    }

    [Theory]
    [InlineData("answered", "survey.wav")]
    [InlineData("timed out", "sorry.wav")]
    [InlineData("full", "full.wav")]
    public async Task Each_outcome_of_a_queue_leads_to_its_node_before_its_own_overflow_target(string outcome, string prompt)
    {
        var elsewhere = new Overflow(OverflowKind.HangUp, "");
        _caller.Session.Queues["sales"] = outcome switch
        {
            "answered" => new QueueOutcome.Answered(new("alice"), TimeSpan.Zero),
            "timed out" => new QueueOutcome.TimedOut(TimeSpan.Zero, elsewhere),
            _ => new QueueOutcome.Full(elsewhere),
        };

        await RunAsync(flow => flow
            .Queue("sales", queue => queue.OnAnswered("survey").OnTimedOut("sorry").OnFull("full"))
            .Node("survey", node => node.Play("survey.wav").HangUp())
            .Node("sorry", node => node.Play("sorry.wav").HangUp())
            .Node("full", node => node.Play("full.wav").HangUp()));

        Assert.Equal(["0 queue sales", $"10 play {prompt}", "12 hang up Normal"], _caller.Transcript);
    }

    [Theory]
    [InlineData("empty", true, "empty.wav")]
    [InlineData("empty", false, "full.wav")]
    [InlineData("closed", true, "closed.wav")]
    [InlineData("closed", false, "full.wav")]
    public async Task A_queue_that_is_empty_or_closed_leads_to_its_node_or_that_of_a_full_one(string outcome, bool named, string prompt)
    {
        var elsewhere = new Overflow(OverflowKind.Flow, "nowhere");
        _caller.Session.Queues["sales"] = outcome == "empty" ? new QueueOutcome.Empty(TimeSpan.Zero, elsewhere) : new QueueOutcome.Closed(TimeSpan.Zero, elsewhere);

        if (named)
        {
            await RunAsync(flow => flow
                .Queue("sales", queue => queue.OnFull("full").OnEmpty("empty").OnClosed("closed")).HangUp()
                .Node("empty", node => node.Play("empty.wav").HangUp())
                .Node("closed", node => node.Play("closed.wav").HangUp())
                .Node("full", node => node.Play("full.wav").HangUp()));
        }
        else
        {
            await RunAsync(flow => flow
                .Queue("sales", queue => queue.OnFull("full")).HangUp()
                .Node("full", node => node.Play("full.wav").HangUp()));
        }

        Assert.Equal(["0 queue sales", $"10 play {prompt}", "12 hang up Normal"], _caller.Transcript);
    }

    [Theory]
    [InlineData(false, true, "play callback-booked.wav")]
    [InlineData(true, true, "play callback-already-booked.wav")]
    [InlineData(false, false, "hang up Normal")]
    public async Task A_callback_is_confirmed_once_it_is_written(bool already, bool written, string then)
    {
        _caller.Session.Queues["sales"] = new QueueOutcome.CallbackBooked(TimeSpan.Zero, already);
        _caller.Session.Writes = written;

        await RunAsync(flow => flow.Answer().Queue("sales").Play("not-heard.wav").HangUp());

        var spoken = _caller.Transcript
            .SkipWhile(line => !line.Contains("queue sales", StringComparison.Ordinal)).Skip(1)
            .Where(line => !line.EndsWith("answered", StringComparison.Ordinal)).ToList();
        Assert.Equal($"10 {then}", spoken[0]);
        Assert.EndsWith("hang up Normal", spoken[^1], StringComparison.Ordinal);
        Assert.Equal(written ? 2 : 1, spoken.Count);
    }

    [Fact]
    public async Task The_overflow_targets_of_queues_are_followed()
    {
        _caller.Session.Queues["sales"] = new QueueOutcome.Full(new(OverflowKind.Queue, "backup"));
        _caller.Session.Queues["backup"] = new QueueOutcome.TimedOut(TimeSpan.Zero, new(OverflowKind.Flow, "night"));
        _caller.Add(CallFlow.Create("night", async (call, ct) => await call.PlayAsync("closed.wav", ct)));

        await RunAsync(flow => flow.Queue("sales").Play("not-heard.wav").HangUp());

        Assert.Equal(["0 queue sales", "10 queue backup", "20 play closed.wav", "22 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task Queues_that_overflow_into_each_other_give_up_after_eight()
    {
        _caller.Session.QueueTime = TimeSpan.FromSeconds(1);
        _caller.Session.Queues["a"] = new QueueOutcome.Full(new(OverflowKind.Queue, "b"));
        _caller.Session.Queues["b"] = new QueueOutcome.Full(new(OverflowKind.Queue, "a"));

        await RunAsync(flow => flow.Queue("a").Play("sorry.wav").HangUp());

        Assert.Equal(8 + 1, _caller.Transcript.Count(line => line.Contains("queue", StringComparison.Ordinal)));
        Assert.Equal("9 play sorry.wav", _caller.Transcript[^2]);
    }

    [Fact]
    public async Task A_caller_who_leaves_the_queue_hears_nothing_more()
    {
        _caller.Session.Queues["sales"] = new QueueOutcome.Full(null);
        var running = await BeginAsync(flow => flow.Queue("sales").Play("not-heard.wav").HangUp());

        _caller.Call.LeftByCaller();

        await _caller.EndOf(running);
        Assert.Equal(["0 queue sales"], _caller.Transcript);
    }

    [Fact]
    public async Task A_node_leads_on_to_another_flow()
    {
        _caller.Add(IvrFlow.Create("night", flow => flow.Play("closed.wav").HangUp(HangUpCause.Rejected)));

        var end = await RunAsync(flow => flow.Play("hello.wav").GoToFlow("night"));

        Assert.Equal(FlowEnd.Returned, end);
        Assert.Equal(["0 play hello.wav", "2 play closed.wav", "4 hang up Rejected"], _caller.Transcript);
    }

    [Fact]
    public async Task A_node_may_lead_back()
    {
        var running = await BeginAsync(flow => flow
            .Menu("menu.wav", menu => menu.On('*', "start").On('0', "end"))
            .HangUp()
            .Node("end", node => node.HangUp()));
        _caller.Press("**0");

        await _caller.EndOf(running);
        Assert.Equal(["0 play menu.wav", "0 stopped", "0 hang up Normal"], _caller.Transcript);
    }

    public void Dispose() => _caller.Dispose();

    private Task<Task<FlowEnd>> BeginAsync(Action<IvrFlowBuilder> build) => _caller.BeginAsync(IvrFlow.Create("main", build));

    private Task<FlowEnd> RunAsync(Action<IvrFlowBuilder> build) => _caller.RunAsync(IvrFlow.Create("main", build));
}

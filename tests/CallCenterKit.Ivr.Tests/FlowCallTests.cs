using CallCenterKit.Ivr.Fakes;
using CallCenterKit.Queues;
using CallCenterKit.Voice;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Ivr;

public sealed class FlowCallTests : IDisposable
{
    private readonly Caller _caller = new();

    public static TheoryData<string> Verbs => ["answer", "play", "ask", "collect"];

    [Fact]
    public async Task A_flow_that_returns_ends_the_call()
    {
        var end = await _caller.RunAsync(CallFlow.Create("main", async (call, ct) => await call.AnswerAsync(ct)));

        Assert.Equal(FlowEnd.Returned, end);
        Assert.Equal(["0 answered", "0 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_flow_that_hangs_up_says_why_once()
    {
        var end = await _caller.RunAsync(CallFlow.Create("main", (call, _) =>
        {
            call.HangUp(HangUpCause.Rejected);
            return Task.CompletedTask;
        }));

        Assert.Equal(FlowEnd.Returned, end);
        Assert.Equal(["0 hang up Rejected"], _caller.Transcript);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_after_hanging_up_throws(string verb)
    {
        var end = await _caller.RunAsync(CallFlow.Create("main", async (call, ct) =>
        {
            call.HangUp();
            await Assert.ThrowsAsync<CallEndedException>(() => SpeakAsync(call, verb, ct));
        }));

        Assert.Equal(FlowEnd.Returned, end);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_caller_who_hangs_up_in_a_verb_ends_the_flow_by_cancellation(string verb)
    {
        _caller.Call.AnswerTime = TimeSpan.FromSeconds(2);
        Exception? seen = null;
        var running = await _caller.BeginAsync(CallFlow.Create("main", async (call, ct) =>
        {
            seen = await Record.ExceptionAsync(() => SpeakAsync(call, verb, ct));
            Assert.True(ct.IsCancellationRequested);
            ct.ThrowIfCancellationRequested();
        }));
        await _caller.AfterAsync(1);

        _caller.Call.LeftByCaller();

        Assert.Equal(FlowEnd.CallEnded, await _caller.EndOf(running));
        Assert.Equal(CallEndedBy.Party, Assert.IsType<CallEndedException>(seen).Ending?.By);
        Assert.Equal(0, _caller.Time.ArmedTimers);
    }

    [Theory]
    [InlineData("ask", 4)]
    [InlineData("collect", 4)]
    public async Task A_caller_who_hangs_up_while_a_key_is_waited_for_ends_the_flow_too(string verb, int seconds)
    {
        var running = await _caller.BeginAsync(CallFlow.Create("main", (call, ct) => SpeakAsync(call, verb, ct)));
        await _caller.AfterAsync(seconds);

        _caller.Call.LeftByCaller();

        Assert.Equal(FlowEnd.CallEnded, await _caller.EndOf(running));
        Assert.Equal(0, _caller.Time.ArmedTimers);
    }

    [Fact]
    public async Task A_leg_that_ended_before_its_token_says_so_ends_the_flow_too()
    {
        var running = await _caller.BeginAsync(CallFlow.Create("main", (call, ct) => SpeakAsync(call, "play", ct)));

        _caller.Call.EndQuietly();

        Assert.Equal(FlowEnd.CallEnded, await _caller.EndOf(running));
    }

    [Fact]
    public async Task A_caller_who_leaves_the_queue_is_an_outcome_and_the_next_verb_throws()
    {
        _caller.Session.Queues["sales"] = new QueueOutcome.TimedOut(TimeSpan.FromSeconds(10), null);
        QueueOutcome? outcome = null;
        var running = await _caller.BeginAsync(CallFlow.Create("main", async (call, ct) =>
        {
            outcome = await call.QueueAsync("sales", ct);
            await call.PlayAsync("later.wav", ct);
        }));
        await _caller.AfterAsync(3);

        _caller.Call.LeftByCaller();

        Assert.Equal(FlowEnd.CallEnded, await _caller.EndOf(running));
        Assert.IsType<QueueOutcome.Abandoned>(outcome);
        Assert.False(_caller.Session.QueueToken.IsCancellationRequested, "A hang-up is the session's outcome, not a race with its token.");
        Assert.Equal(["0 queue sales"], _caller.Transcript);
    }

    [Fact]
    public async Task A_queue_brings_the_caller_back_for_the_next_line()
    {
        _caller.Session.Queues["sales"] = new QueueOutcome.Answered(new("alice"), TimeSpan.FromSeconds(4));

        var end = await _caller.RunAsync(CallFlow.Create("main", async (call, ct) =>
        {
            if (await call.QueueAsync("sales", ct) is QueueOutcome.Answered)
                await call.PlayAsync("survey.wav", ct);
        }));

        Assert.Equal(FlowEnd.Returned, end);
        Assert.Equal(["0 queue sales", "10 play survey.wav", "12 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task Shutting_down_ends_a_flow_and_its_call()
    {
        _caller.Session.Queues["sales"] = new QueueOutcome.Full(null);
        using var shutDown = new CancellationTokenSource();
        var running = await _caller.BeginAsync(CallFlow.Create("main", async (call, ct) => await call.QueueAsync("sales", ct)), shutDown.Token);

        await shutDown.CancelAsync();

        Assert.Equal(FlowEnd.Cancelled, await _caller.EndOf(running));
        Assert.Equal(["0 queue sales", "0 hang up ShuttingDown"], _caller.Transcript);
    }

    [Fact]
    public async Task A_flow_that_throws_ends_its_call_and_is_logged()
    {
        var end = await _caller.RunAsync(CallFlow.Create("main", (_, _) => throw new InvalidOperationException("out of order")));

        Assert.Equal(FlowEnd.Failed, end);
        Assert.Equal(["0 hang up Failed"], _caller.Transcript);
        var entry = Assert.Single(_caller.Log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Equal("out of order", entry.Fault?.Message);
        Assert.Equal(4002, entry.Id);
    }

    [Fact]
    public async Task A_cancellation_of_the_flows_own_is_a_fault()
    {
        var end = await _caller.RunAsync(CallFlow.Create("main", (_, _) => throw new TaskCanceledException("the web service was too slow")));

        Assert.Equal(FlowEnd.Failed, end);
    }

    [Fact]
    public async Task A_verbs_own_token_ends_the_verb_and_not_the_call()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), _caller.Time);

        var end = await _caller.RunAsync(CallFlow.Create("main", async (call, ct) =>
        {
            var fault = await Assert.ThrowsAsync<OperationCanceledException>(async () => await call.PlayAsync("long.wav", patience.Token));
            Assert.Equal(patience.Token, fault.CancellationToken);
            await call.PlayAsync("short.wav", ct);
        }));

        Assert.Equal(FlowEnd.Returned, end);
        Assert.Equal(["0 play long.wav", "1 stopped", "1 play short.wav", "3 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task Two_verbs_at_once_are_the_flows_mistake()
    {
        var running = await _caller.BeginAsync(CallFlow.Create("main", async (call, ct) => await call.PlayAsync("one.wav", ct)));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _caller.Flow.PlayAsync("two.wav"));

        Assert.Equal(FlowEnd.Returned, await _caller.EndOf(running));
        Assert.Equal(["0 play one.wav", "2 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_flow_goes_on_to_another_when_it_returns()
    {
        _caller.Add(CallFlow.Create("night", async (call, ct) => await call.PlayAsync("closed.wav", ct)));

        var end = await _caller.RunAsync(CallFlow.Create("main", async (call, ct) =>
        {
            call.GoTo("night");
            await call.PlayAsync("hello.wav", ct);
        }));

        Assert.Equal(FlowEnd.Returned, end);
        Assert.Equal(["0 play hello.wav", "2 play closed.wav", "4 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_flow_that_does_not_exist_is_the_flows_mistake()
    {
        await _caller.RunAsync(CallFlow.Create("main", (call, _) =>
        {
            Assert.Contains("'night'", Assert.Throws<ArgumentException>(() => call.GoTo("night")).Message, StringComparison.Ordinal);
            return Task.CompletedTask;
        }));
    }

    [Fact]
    public async Task Flows_that_send_a_caller_in_a_circle_without_waiting_end_the_call()
    {
        var ping = CallFlow.Create("ping", (call, _) => Task.FromResult(call).ContinueWith(_ => call.GoTo("pong"), TaskScheduler.Default));
        _caller.Add(ping);
        _caller.Add(CallFlow.Create("pong", (call, _) => Task.FromResult(call).ContinueWith(_ => call.GoTo("ping"), TaskScheduler.Default)));

        Assert.Equal(FlowEnd.Failed, await _caller.RunAsync(ping));
        Assert.Equal(["0 hang up Failed"], _caller.Transcript);
    }

    [Fact]
    public async Task Flows_may_send_a_caller_in_a_circle_as_long_as_they_talk()
    {
        var rounds = 0;
        _caller.Add(CallFlow.Create("again", async (call, ct) =>
        {
            await call.PlayAsync("again.wav", ct);
            if (++rounds < 40)
                call.GoTo("again");
        }));

        Assert.Equal(FlowEnd.Returned, await _caller.RunAsync(_caller.Find("again")!));
        Assert.Equal("80 hang up Normal", _caller.Transcript[^1]);
    }

    [Fact]
    public async Task An_overflow_is_carried_out()
    {
        _caller.Session.Queues["second"] = new QueueOutcome.Full(null);
        _caller.Add(CallFlow.Create("night", (_, _) => Task.CompletedTask));

        await _caller.RunAsync(CallFlow.Create("main", async (call, ct) =>
        {
            Assert.IsType<QueueOutcome.Full>(await call.FollowAsync(new(OverflowKind.Queue, "second"), ct));
            Assert.Null(await call.FollowAsync(new(OverflowKind.Flow, "night"), ct));
            Assert.Null(await call.FollowAsync(new(OverflowKind.HangUp, ""), ct));
        }));

        Assert.Equal(["0 queue second", "10 hang up Normal"], _caller.Transcript);
    }

    [Fact]
    public async Task A_message_is_said_to_its_end_and_a_number_leads_where_the_host_says()
    {
        _caller.Session.Numbers["77"] = CallFlow.Create("there", async (call, ct) => await call.PlayAsync("there.wav", ct));
        await _caller.RunAsync(CallFlow.Create("main", async (call, ct) =>
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await call.FollowAsync(new(OverflowKind.Number, "78"), ct));
            Assert.Null(await call.FollowAsync(new(OverflowKind.Number, "77"), ct));
        }));

        Assert.Equal("0 play there.wav", _caller.Transcript[0]);
    }

    [Fact]
    public async Task What_a_flow_knows_of_the_caller_goes_to_the_queue()
    {
        _caller.Session.Queues["sales"] = new QueueOutcome.Answered(new("alice"), TimeSpan.Zero);
        var request = new QueueRequest { Priority = TimeSpan.FromMinutes(1), Vip = true, Owner = new AgentId("bob") };

        await _caller.RunAsync(CallFlow.Create("main", async (call, ct) => await call.QueueAsync(new QueueId("sales"), request, ct)));

        Assert.Same(request, _caller.Session.Request);
    }

    [Fact]
    public async Task Variables_stay_with_the_interaction()
    {
        await _caller.RunAsync(CallFlow.Create("main", (call, _) =>
        {
            Assert.Null(call.GetVariable("account"));
            call.SetVariable("account", "4711");
            return Task.CompletedTask;
        }));

        Assert.Equal("4711", _caller.Session.GetVariable("account"));
        Assert.Equal(_caller.Session.InteractionId, _caller.Flow.InteractionId);
    }

    [Fact]
    public async Task A_flow_counts_as_running_except_while_it_waits_in_a_verb()
    {
        var webService = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = await _caller.BeginAsync(CallFlow.Create("main", async (call, ct) =>
        {
            await call.PlayAsync("one.wav", ct);
            await webService.Task.WaitAsync(ct);
        }));
        Assert.Equal(0, _caller.Time.Work.Count);

        var advancing = _caller.AfterAsync(5);
        Assert.Equal(1, _caller.Time.Work.Count);
        Assert.False(advancing.IsCompleted);
        webService.SetResult();
        await advancing;

        Assert.Equal(FlowEnd.Returned, await running);
        Assert.Equal(["0 play one.wav", "2 hang up Normal"], _caller.Transcript);
        Assert.Equal(0, _caller.Time.Work.Count);
    }

    public void Dispose() => _caller.Dispose();

    private static async Task SpeakAsync(FlowCall call, string verb, CancellationToken ct)
    {
        switch (verb)
        {
            case "answer":
                await call.AnswerAsync(ct);
                break;
            case "play":
                await call.PlayAsync("prompt.wav", ct);
                break;
            case "ask":
                await call.AskAsync("prompt.wav", new("1"), ct);
                break;
            default:
                await call.CollectAsync("prompt.wav", new(1, 4), ct);
                break;
        }
    }
}

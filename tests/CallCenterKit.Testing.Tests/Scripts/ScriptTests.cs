using CallCenterKit.Testing.Phones;

namespace CallCenterKit.Testing.Scripts;

public sealed class ScriptTests : IAsyncDisposable
{
    private readonly TwoPhones _phones = new();

    [Fact]
    public async Task A_caller_keys_digits_talks_and_hangs_up()
    {
        await using var agent = await AgentAsync(new() { RingTime = TimeSpan.FromSeconds(3) });
        var caller = new ScriptedCaller(_phones.Alice, new()
        {
            Target = _phones.Bob.Contact,
            Keys = [new(TimeSpan.FromSeconds(1), "1"), new(TimeSpan.FromSeconds(2), "42")],
            Talk = TimeSpan.FromSeconds(10),
        });

        var result = await _phones.UntilAsync(caller.RunAsync());

        Assert.Equal(CallerEnding.HungUpByCaller, result.Ending);
        Assert.Equal(200, result.Status);
        Assert.Equal(3, result.Answered!.Value.TotalSeconds, tolerance: 0.1);
        Assert.Equal(7, result.Connected!.Value.TotalSeconds, tolerance: 0.5);
        Assert.Equal(17, result.Total.TotalSeconds, tolerance: 0.5);
        await _phones.PassAsync(1);
        Assert.Equal("142", agent.Calls[0].Heard.Digits);
        Assert.Equal(1, agent.Counts.Answered);
        Assert.Equal(14, agent.Counts.TalkTime.TotalSeconds, tolerance: 0.5);
    }

    [Fact]
    public async Task An_agent_talks_for_its_time_and_hangs_up()
    {
        await using var agent = await AgentAsync(new() { Talk = TimeSpan.FromSeconds(8) });

        var result = await _phones.UntilAsync(new ScriptedCaller(_phones.Alice, new() { Target = _phones.Bob.Contact }).RunAsync());

        Assert.Equal(CallerEnding.HungUpByFarEnd, result.Ending);
        Assert.Equal(10, result.Total.TotalSeconds, tolerance: 0.1);
    }

    [Fact]
    public async Task A_caller_gives_up_while_it_rings()
    {
        await using var agent = await AgentAsync(new() { NeverAnswers = true });
        var caller = new ScriptedCaller(_phones.Alice, new() { Target = _phones.Bob.Contact, Patience = TimeSpan.FromSeconds(6) });

        var result = await _phones.UntilAsync(caller.RunAsync());
        await _phones.PassAsync(1);

        Assert.Equal(CallerEnding.GaveUp, result.Ending);
        Assert.Null(result.Answered);
        Assert.Equal(6, result.Total.TotalSeconds, tolerance: 0.1);
        Assert.Equal(new AgentCounts(1, 0, 0, 1, TimeSpan.Zero), agent.Counts);
    }

    [Fact]
    public async Task A_caller_gives_up_when_answered_by_nobody_it_wants_to_hear()
    {
        await using var agent = await AgentAsync(new() { Voice = PhoneVoice.Tone(300) });
        var caller = new ScriptedCaller(_phones.Alice, new()
        {
            Target = _phones.Bob.Contact,
            WaitForAgent = (call, stop) => call.Heard.WaitForToneAsync(1000, cancellationToken: stop),
            Patience = TimeSpan.FromSeconds(20),
        });

        var result = await _phones.UntilAsync(caller.RunAsync());

        Assert.Equal(CallerEnding.GaveUp, result.Ending);
        Assert.Equal(2, result.Answered!.Value.TotalSeconds, tolerance: 0.1);
        Assert.Null(result.Connected);
        Assert.Equal(20, result.Total.TotalSeconds, tolerance: 0.1);
    }

    [Fact]
    public async Task A_caller_knows_by_the_tone_when_an_agent_is_there()
    {
        await using var agent = await AgentAsync(new() { Voice = PhoneVoice.Silence });
        var calling = new ScriptedCaller(_phones.Alice, new()
        {
            Target = _phones.Bob.Contact,
            WaitForAgent = (call, stop) => call.Heard.WaitForToneAsync(1000, cancellationToken: stop),
            Talk = TimeSpan.FromSeconds(5),
        }).RunAsync();
        await _phones.PassAsync(10);
        agent.Calls[0].Say(PhoneVoice.Tone(1000));

        var result = await _phones.UntilAsync(calling);

        Assert.Equal(CallerEnding.HungUpByCaller, result.Ending);
        Assert.Equal(10.3, result.Connected!.Value.TotalSeconds, tolerance: 0.2);
        Assert.Equal(15.3, result.Total.TotalSeconds, tolerance: 0.2);
    }

    [Fact]
    public async Task A_caller_is_sent_away_when_the_far_end_hangs_up_before_anybody_is_there()
    {
        await using var agent = await AgentAsync(new() { Talk = TimeSpan.FromSeconds(4) });
        var caller = new ScriptedCaller(_phones.Alice, new()
        {
            Target = _phones.Bob.Contact,
            WaitForAgent = (_, stop) => _phones.Alice.PauseAsync(Timeout.InfiniteTimeSpan, stop),
        });

        Assert.Equal(CallerEnding.SentAway, (await _phones.UntilAsync(caller.RunAsync())).Ending);
    }

    [Fact]
    public async Task An_agent_refuses_by_script()
    {
        await using var agent = await AgentAsync(new() { RejectStatus = 486 });

        var result = await _phones.UntilAsync(new ScriptedCaller(_phones.Alice, new() { Target = _phones.Bob.Contact }).RunAsync());

        Assert.Equal(CallerEnding.Refused, result.Ending);
        Assert.Equal(486, result.Status);
        Assert.Equal(new AgentCounts(1, 0, 1, 0, TimeSpan.Zero), agent.Counts);
    }

    [Fact]
    public async Task A_second_call_finds_the_agent_busy()
    {
        await using var agent = await AgentAsync(new());
        var script = new CallerScript { Target = _phones.Bob.Contact, Talk = TimeSpan.FromSeconds(5) };
        var first = new ScriptedCaller(_phones.Alice, script).RunAsync();
        await _phones.PassAsync(1);

        var second = await _phones.UntilAsync(new ScriptedCaller(_phones.Alice, script).RunAsync());

        Assert.Equal(486, second.Status);
        Assert.Equal(CallerEnding.HungUpByCaller, (await _phones.UntilAsync(first)).Ending);
        Assert.Equal((2, 1, 1), (agent.Counts.Offered, agent.Counts.Answered, agent.Counts.Rejected));
    }

    [Fact]
    public async Task A_cancelled_caller_hangs_up_before_it_throws()
    {
        await using var agent = await AgentAsync(new());
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(5), _phones.Time);
        var caller = new ScriptedCaller(_phones.Alice, new() { Target = _phones.Bob.Contact });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _phones.UntilAsync(caller.RunAsync(stop.Token)));

        Assert.Empty(_phones.Alice.Calls);
        await _phones.PassAsync(1);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await agent.Calls[0].Ended);
    }

    [Fact]
    public async Task A_stopped_agent_hangs_up_and_takes_no_more()
    {
        await using var agent = await AgentAsync(new());
        var calling = new ScriptedCaller(_phones.Alice, new() { Target = _phones.Bob.Contact }).RunAsync();
        await _phones.PassAsync(5);

        await _phones.Time.AdvanceUntilAsync(agent.StopAsync(), TimeSpan.FromMinutes(1));

        Assert.Equal(CallerEnding.HungUpByFarEnd, (await _phones.UntilAsync(calling)).Ending);
        await Assert.ThrowsAsync<InvalidOperationException>(agent.StartAsync);
    }

    public ValueTask DisposeAsync() => _phones.DisposeAsync();

    private async Task<ScriptedAgent> AgentAsync(AgentScript script)
    {
        var agent = new ScriptedAgent(_phones.Bob, script with { Registers = false });
        Assert.Null(await _phones.UntilAsync(agent.StartAsync()));
        return agent;
    }
}

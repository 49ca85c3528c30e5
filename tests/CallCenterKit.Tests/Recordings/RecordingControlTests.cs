using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.Hosting;
using CallCenterKit.Recordings;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Calls;
using CallCenterKit.Tests.Hosting;

namespace CallCenterKit.Tests.Recordings;

/// <summary>What agents, hosts and flows do with a recording.</summary>
public sealed class RecordingControlTests
{
    private static readonly ActorId Host = new("crm");

    [Fact]
    public async Task A_pause_at_the_desk_leaves_silence_and_its_place_in_the_record()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Record = true));
        var (caller, _) = await center.TalkWithAliceAsync();
        double Now() => (center.Time.GetUtcNow() - center.TimeOf<RecordingStarted>()).TotalSeconds;

        var paused = Now();
        Assert.Equal(DeskOutcome.Asked, center.Center.PauseRecording(center.Matter(), Talks.Alice, Talks.ByAlice));
        await center.AdvanceAsync(4);
        var resumed = Now();
        Assert.Equal(DeskOutcome.Asked, center.Center.ResumeRecording(center.Matter(), null, Host));
        await center.AdvanceAsync(4);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        var tape = new Tape(center, Assert.Single(record.Recordings));
        tape.Holds(Tape.Heard, Sounds.Alice, not: Sounds.Hold, 0.5, paused - 0.05);
        tape.IsSilent(paused + 0.05, resumed - 0.05);
        tape.Holds(Tape.Heard, Sounds.Alice, not: Sounds.Hold, resumed + 0.3, tape.Length.TotalSeconds);
        Assert.Equal(["0 Talk alice", $"{Math.Round(paused)} Paused by agent:alice", $"{Math.Round(resumed)} Talk alice"], tape.Segments);
        Assert.Equal((Talks.ByAlice, Host), (Assert.Single(center.Events<RecordingPaused>()).By, Assert.Single(center.Events<RecordingResumed>()).By));
        Assert.InRange((record.EndedAt!.Value - record.Recordings[0].StartedAt - tape.Length).TotalMilliseconds, -60, 60);
    }

    [Fact]
    public async Task A_pause_outlives_a_transfer()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Record = true));
        var (caller, _) = await center.TalkWithAliceAsync();
        await center.ColleagueAsync(new());
        center.Center.PauseRecording(center.Matter(), Talks.Alice, Talks.ByAlice);
        await center.AdvanceAsync(1);
        center.Center.Transfer(center.Matter(), Talks.Alice, "201", Talks.ByAlice);
        await center.AdvanceAsync(8);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        var tape = new Tape(center, Assert.Single(record.Recordings));
        tape.IsSilent((center.TimeOf<RecordingPaused>() - record.Recordings[0].StartedAt).TotalSeconds + 0.05, tape.Length.TotalSeconds);
    }

    [Fact]
    public async Task On_demand_an_agent_begins_and_ends_it_as_often_as_wanted()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Recording = RecordingMode.OnDemand));
        var (caller, _) = await center.TalkWithAliceAsync();
        Assert.Empty(center.Events<RecordingStarted>());

        center.Center.StartRecording(center.Matter(), Talks.Alice, Talks.ByAlice);
        await center.AdvanceAsync(4);
        center.Center.StopRecording(center.Matter(), Talks.Alice, Talks.ByAlice);
        await center.AdvanceAsync(4);
        center.Center.StartRecording(center.Matter(), null, Host);
        await center.AdvanceAsync(3);
        await center.RunAsync(caller.HangUpAsync);
        var record = await center.SettleOneAsync();

        Assert.Equal([4, 3], record.Recordings.Select(recording => (int)Math.Round(recording.Length!.Value.TotalSeconds)));
        Assert.Equal([Talks.ByAlice, Host], record.Recordings.Select(recording => recording.By!.Value));
        Assert.Equal([Talks.ByAlice, null], record.Recordings.Select(recording => recording.StoppedBy));
        new Tape(center, record.Recordings[0]).Holds(Tape.Heard, Sounds.Alice, not: Sounds.Music, 0.5, 3.5);
    }

    [Fact]
    public async Task Where_no_rule_lets_it_be_asked_for_nothing_is_recorded()
    {
        await using var center = await TestCenter.StartAsync();
        var (caller, _) = await center.TalkWithAliceAsync();

        center.Center.StartRecording(center.Matter(), Talks.Alice, Talks.ByAlice);
        await center.AdvanceAsync(2);
        await center.RunAsync(caller.HangUpAsync);

        Assert.Empty((await center.SettleOneAsync()).Recordings);
    }

    [Fact]
    public async Task Who_is_not_in_the_call_has_no_say()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Record = true));
        var (caller, _) = await center.TalkWithAliceAsync();

        Assert.Equal(DeskOutcome.NotInCall, center.Center.PauseRecording(center.Matter(), Talks.Bob, new("agent:bob")));
        Assert.Equal(DeskOutcome.NotInCall, center.Center.PauseRecording(new InteractionId(new Guid("00000000000000000000000000000009")), null, Host));
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleOneAsync();
        Assert.Empty(center.Events<RecordingPaused>());
    }

    [Fact]
    public async Task A_flow_pauses_before_it_asks_for_what_must_not_be_kept()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .MapFlow("600", async (call, ct) =>
            {
                await call.AnswerAsync(ct);
                await call.PlayAsync("menu.wav", ct);
                await call.PauseRecordingAsync(ct);
                await call.PlayAsync("menu.wav", ct);
                await call.PlayAsync("menu.wav", ct);
                await call.ResumeRecordingAsync(ct);
                await call.PlayAsync("menu.wav", ct);
            })
            .Configure(options => options.DialPlan["600"] += ";recording=FromIvr"));

        await center.CallAsync(new() { Target = "600" });
        var record = await center.SettleOneAsync();

        var tape = new Tape(center, Assert.Single(record.Recordings));
        tape.Holds(Tape.Heard, Sounds.Menu, not: Sounds.Music, 0.2, 0.9);
        tape.IsSilent(1.1, 2.9);
        tape.Holds(Tape.Heard, Sounds.Menu, not: Sounds.Music, 3.2, 3.9);
        Assert.Equal(["0 Ivr", "1 Paused by flow", "3 Ivr"], tape.Segments);
    }

    [Fact]
    public async Task A_flow_that_pauses_where_nothing_is_recorded_goes_on()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.MapFlow("600", async (call, ct) =>
        {
            await call.AnswerAsync(ct);
            await call.PauseRecordingAsync(ct);
            await call.PlayAsync("menu.wav", ct);
            await call.ResumeRecordingAsync(ct);
        }));

        var result = await center.CallAsync(new() { Target = "600" });

        Assert.Equal(CallerEnding.HungUpByFarEnd, result.Ending);
        Assert.Empty((await center.SettleOneAsync()).Recordings);
    }
}

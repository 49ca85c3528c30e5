using CallCenterKit.Contacts;
using CallCenterKit.Journal;
using CallCenterKit.Media.Wav;
using CallCenterKit.Records;
using CallCenterKit.Testing;
using CallCenterKit.Voice;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Hosting;

/// <summary>The host stops while calls are open.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task A_call_that_ends_within_the_drain_time_ends_as_it_would_have()
    {
        await using var center = await TestCenter.StartAsync();
        await center.AliceAsync(new() { Talk = TimeSpan.FromSeconds(6) });
        var caller = center.Dial("500");
        await center.AdvanceAsync(4);
        var asked = center.Time.GetUtcNow();

        await center.StopAsync();
        var record = Assert.Single(await center.AfterwardsAsync());

        Assert.InRange((center.TimeOf<CenterStopped>() - asked).TotalSeconds, 4, 4.1);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await caller.Ended);
        Assert.Equal((CallRecordEnding.Completed, HangUpCause.Normal), (record.Ending, record.Cause));
        Assert.Equal(TimeSpan.FromSeconds(6), Round(record.Talk));
    }

    [Fact]
    public async Task A_call_that_does_not_is_ended_and_its_recording_closed()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.Record = true));
        center.Log.Expect(7301);
        var alice = await center.AliceAsync();
        var caller = center.Dial("500");
        await center.AdvanceAsync(4);
        var asked = center.Time.GetUtcNow();

        await center.StopAsync();
        var record = Assert.Single(await center.AfterwardsAsync());

        Assert.InRange((center.TimeOf<CenterStopped>() - asked).TotalSeconds, 5, 5.3);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await caller.Ended);
        Assert.Equal(ScriptedCallEnd.HungUpThere, await alice.Calls[0].Ended);
        Assert.Equal((CallRecordEnding.Completed, HangUpCause.ShuttingDown, CallEndedBy.Center), (record.Ending, record.Cause, record.EndedBy));
        Assert.Equal(TimeSpan.FromSeconds(7), Round(Assert.Single(record.Recordings).Length!.Value));
        Assert.Equal(TimeSpan.FromSeconds(7), Round(WavReader.Load(Path.Combine(center.RecordingFolder, record.Recordings[0].File)).Duration));
    }

    [Fact]
    public async Task No_new_call_is_taken_meanwhile()
    {
        await using var center = await TestCenter.StartAsync();
        center.Log.Expect(7301);
        await center.AliceAsync();
        center.Dial("500");
        var late = center.World.Customer();
        await center.AdvanceAsync(4);

        var outcome = center.Time.RunAsync(async () =>
        {
            var stopping = center.StopHostAsync();
            var refused = await late.CallAsync("500");
            await stopping;
            return refused;
        }, TimeSpan.FromHours(1));

        Assert.Equal(503, Assert.IsType<ScriptedCallOutcome.Failed>(await outcome).Status);
        await center.StopAsync();
        Assert.Single(await center.AfterwardsAsync());
    }

    [Fact]
    public async Task A_caller_who_waits_is_served_also_while_the_center_drains()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.AddQueue("support", queue => queue.WrapUp = TimeSpan.FromSeconds(2)));
        await center.AliceAsync(new() { RingTime = TimeSpan.FromSeconds(1), Talk = TimeSpan.FromSeconds(3) });
        center.Dial("500");
        await center.AdvanceAsync(0.1); // Of two that come in one instant, either may be the first.
        var second = center.Dial("500");
        await center.AdvanceAsync(6);
        Assert.Null(second.EndedAt);

        await center.StopAsync();
        var records = await center.AfterwardsAsync();

        Assert.All(records, record => Assert.Equal((CallRecordEnding.Completed, HangUpCause.Normal), (record.Ending, record.Cause)));
    }

    [Theory]
    [InlineData("500")]
    [InlineData("600")]
    [InlineData("201")]
    public async Task Whoever_waits_listens_or_rings_is_told_goodbye(string number)
    {
        await using var center = await TestCenter.StartAsync(cc => cc.MapFlow("600", async (call, ct) =>
        {
            await call.AnswerAsync(ct);
            while (true)
                await call.PlayAsync("menu.wav", ct);
        }));
        center.Log.Expect(7301);
        await center.World.AgentAsync("201", new() { NeverAnswers = true });
        var caller = center.Dial(number);
        await center.AdvanceAsync(4);

        await center.StopAsync();
        var record = Assert.Single(await center.AfterwardsAsync());

        Assert.Equal(HangUpCause.ShuttingDown, record.Cause);
        Assert.Equal(number == "201" ? 503 : 200, caller.LastStatus);
    }

    [Fact]
    public async Task A_caller_who_arrives_in_the_moment_of_the_stop_is_not_forgotten()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.Services.AddSingleton<IContactStore>(new SilentContacts()));
        center.Log.Expect(7008, 7301);
        var caller = center.Dial("500");
        await center.Time.AdvanceAsync(TimeSpan.FromMilliseconds(10));
        Assert.Equal(1, center.Telephony.LiveCalls);

        await center.StopAsync();
        var record = Assert.Single(await center.AfterwardsAsync());

        Assert.Equal(HangUpCause.ShuttingDown, record.Cause);
        Assert.True(caller.Ended.IsCompleted);
        Assert.IsType<CenterStopped>(center.Memory.Journal.Entries[^1].Event);
    }

    private static TimeSpan Round(TimeSpan span) => TimeSpan.FromSeconds(Math.Round(span.TotalSeconds));
}

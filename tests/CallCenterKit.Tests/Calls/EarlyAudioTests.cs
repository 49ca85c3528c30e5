using CallCenterKit.Records;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Calls;

/// <summary>What an agent hears before the number answers: the network's own announcement, if there is one.</summary>
public sealed class EarlyAudioTests
{
    [Fact]
    public async Task What_the_trunk_lets_be_heard_is_heard_and_the_answer_takes_its_place()
    {
        var driver = new FakeTelephony();
        await using var center = await StartAsync(driver);
        var caller = driver.Incoming("101", "030123");
        await center.AdvanceAsync(1);

        driver.Dialled.Signal(new CallSignal.Ringing());
        await center.AdvanceAsync(1);
        driver.Dialled.Signal(new CallSignal.EarlyAudio());
        driver.Dialled.Signal(new CallSignal.EarlyAudio());
        await center.AdvanceAsync(1);
        Assert.Equal(["dial", "caller rings", "caller hears early audio", "bridge takes party", "bridge takes caller"], driver.Told);

        driver.Answer();
        await center.AdvanceAsync(1);
        Assert.Equal(["bridge closes", "caller is answered", "bridge takes party", "bridge takes caller"], driver.Told.Skip(5));

        caller.End(CallEndedBy.Party, HangUpCause.Normal);
        await center.AdvanceAsync(1);
        Assert.Contains("party is hung up: Normal", driver.Told);
        Assert.Equal(CallRecordEnding.Completed, Assert.Single(await center.Memory.AllRecordsAsync(center.Time.GetUtcNow())).Ending);
    }

    [Fact]
    public async Task An_announcement_that_ends_in_a_refusal_is_heard_before_the_refusal()
    {
        var driver = new FakeTelephony();
        await using var center = await StartAsync(driver);
        driver.Incoming("101", "030123");
        await center.AdvanceAsync(1);
        driver.Dialled.Signal(new CallSignal.EarlyAudio());
        await center.AdvanceAsync(3);

        driver.End(new DialOutcome.Rejected(404));
        await center.AdvanceAsync(1);

        Assert.Equal(["dial", "caller hears early audio", "bridge takes party", "bridge takes caller", "bridge closes", "caller is hung up: NotFound"], driver.Told);
    }

    [Fact]
    public async Task A_driver_without_early_audio_only_rings()
    {
        var driver = new FakeTelephony { Capabilities = VoiceCapabilities.None };
        await using var center = await StartAsync(driver);
        driver.Incoming("101", "030123");
        await center.AdvanceAsync(1);

        driver.Dialled.Signal(new CallSignal.EarlyAudio());
        driver.Dialled.Signal(new CallSignal.Ringing());
        await center.AdvanceAsync(1);
        Assert.Equal(["dial", "caller rings"], driver.Told);

        driver.End(new DialOutcome.NoAnswer());
        await center.AdvanceAsync(1);
        Assert.Equal("caller is hung up: NoAnswer", driver.Told[^1]);
    }

    [Fact]
    public async Task An_emergency_is_taken_while_the_center_stops()
    {
        var driver = new FakeTelephony();
        await using var center = await StartAsync(driver);
        driver.Incoming("101", "030123");
        await center.AdvanceAsync(1);
        driver.Answer();
        await center.AdvanceAsync(1);
        center.Log.Expect(7301);
        var (refused, taken) = await center.RunAsync(async () =>
        {
            var stopping = center.StopHostAsync();
            await center.World.Customer().PauseAsync(TimeSpan.FromSeconds(1));
            var calls = (driver.Incoming("102", "030123"), driver.Incoming("102", "112"));
            await stopping;
            return calls;
        });

        Assert.Equal(HangUpCause.ShuttingDown, refused.Ending!.Cause);
        Assert.Equal(2, driver.Told.Count(told => told == "dial"));
        Assert.Equal(CallState.Ended, taken.State);
    }

    private static Task<TestCenter> StartAsync(FakeTelephony driver) => TestCenter.StartAsync(cc =>
    {
        cc.Services.AddSingleton<ITelephony>(driver);
        cc.Configure(options =>
        {
            options.DialPlan["0*"] = "outside";
            options.EmergencyNumbers.Add("112");
        });
    });
}

using CallCenterKit.Ivr;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Calls;

/// <summary>Calls that go through a queue to an agent, from INVITE to record.</summary>
public sealed class QueueCallTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_caller_keys_1_waits_talks_and_hangs_up()
    {
        await using var center = await TestCenter.StartAsync(cc => cc.MapFlow("600", IvrFlow.Create("welcome", flow => flow
            .Answer()
            .Menu("menu.wav", menu => menu.On('1', "support"))
            .HangUp()
            .Node("support", node => node.Queue("support").HangUp()))));
        await center.World.AgentAsync("101", new() { RingTime = TimeSpan.FromSeconds(3), Voice = PhoneVoice.Tone(Sounds.Alice) });

        var result = await center.CallAsync(new()
        {
            Target = "600",
            Keys = [new(TimeSpan.FromSeconds(2), "1")],
            WaitForAgent = (call, ct) => call.Heard.WaitForToneAsync(Sounds.Alice, cancellationToken: ct),
            Talk = TimeSpan.FromSeconds(20),
        });
        var record = await center.SettleOneAsync();

        Assert.Equal(CallerEnding.HungUpByCaller, result.Ending);
        Assert.Equal(CallRecordEnding.Completed, record.Ending);
        Assert.Equal((CallEndedBy.Party, HangUpCause.Normal), (record.EndedBy, record.Cause));
        Assert.Equal(("welcome", new QueueId("support"), new AgentId("alice")), (record.Flow, record.Queue, record.Agent));
        Assert.Equal((QueueExit.Answered, 1), (record.QueueExit, record.Offers));
        Assert.InRange(record.Waited!.Value.TotalSeconds, 3, 3.1);
        Assert.InRange(record.Talk.TotalSeconds, 20, 20.5);
        Assert.Equal(TimeSpan.FromSeconds(10), record.WrapUp);
    }
}

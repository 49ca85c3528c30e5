using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Interop;

/// <summary>Two real softphones and the whole house in between.</summary>
[Collection(InteropCollection.Name)]
public class PhoneCallTests
{
    private const int CallerHz = 437;
    private const int AgentHz = 1033;

    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Caller_and_agent_hear_each_other_and_so_does_the_recording(bool callerHangsUp)
    {
        await WarmProcess.AfterFirstCallAsync();
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);

        pbx.Sip.StartTrace(new());
        await ConnectAsync(pbx, caller, agent);
        await Task.Delay(Talk, TimeProvider.System);
        await (callerHangsUp ? caller : agent).HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), agent.WaitClosedAsync());

        var record = await pbx.SingleRecordAsync();
        AssertCompleted(record, callerHangsUp);
        AssertRecorded(pbx, record, Talk);
        await AssertHeardAsync(caller, AgentHz, CallerHz, Talk);
        await AssertHeardAsync(agent, CallerHz, AgentHz, Talk);
        RecordedLength.AssertFills(pbx.Listen(record), 0, CallerHz);
        RecordedLength.AssertHoldsAllHeard(pbx.Listen(record), AgentHz, Assert.Single(await caller.StopAndListenAsync()));
        Assert.Equal("", pbx.Log);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_put_on_hold_hears_music_and_then_the_other_again(bool callerHolds)
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);
        var (holder, held) = callerHolds ? (caller, agent) : (agent, caller);

        await ConnectAsync(pbx, caller, agent);
        await Task.Delay(Talk, TimeProvider.System);
        await holder.HoldAsync();
        await Task.Delay(Talk, TimeProvider.System);
        await holder.ResumeAsync();
        await Task.Delay(Talk, TimeProvider.System);
        await caller.HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), agent.WaitClosedAsync());

        var record = await pbx.SingleRecordAsync();
        Assert.Equal(CallRecordEnding.Completed, record.Ending);
        Near.AssertNear(Talk, record.Hold, TimeSpan.FromSeconds(0.5));
        Near.AssertNear(2 * Talk, record.Talk, TimeSpan.FromSeconds(0.7));
        var (holderHz, heldHz) = callerHolds ? (CallerHz, AgentHz) : (AgentHz, CallerHz);
        AssertHold(WavSamples.Join(await held.StopAndListenAsync()), 0, holderHz, heldHz, PbxFixture.PromptHz);
        Tones.AssertHolds(WavSamples.Join(await holder.StopAndListenAsync()), 0, heldHz, holderHz, Talk - TimeSpan.FromSeconds(0.3));
        AssertHoldRecorded(pbx.Listen(record), callerHolds);
    }

    [Fact]
    public async Task An_agent_who_refuses_leaves_the_caller_to_the_next()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var alice = await pbx.StartPhoneAsync("200", AgentHz);
        await using var bob = await pbx.StartPhoneAsync("201", AgentHz);

        await caller.DialAsync(pbx.UriOf(PbxFixture.Queue));
        await alice.WaitIncomingAsync();
        await alice.HangUpAsync();
        await bob.WaitIncomingAsync();
        await bob.AcceptAsync();
        await bob.WaitEstablishedAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        await caller.HangUpAsync();
        await bob.WaitClosedAsync();

        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.Completed, new AgentId("bob"), 2), (record.Ending, record.Agent, record.Offers));
    }

    [Fact]
    public async Task One_phone_calls_the_other()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var callee = await pbx.StartPhoneAsync("201", AgentHz);

        await caller.DialAsync(pbx.UriOf("201"));
        await callee.WaitIncomingAsync();
        await caller.WaitRingingAsync();
        await callee.AcceptAsync();
        await Task.WhenAll(caller.WaitEstablishedAsync(), callee.WaitEstablishedAsync());
        await Task.Delay(Talk, TimeProvider.System);
        await callee.HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), callee.WaitClosedAsync());

        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.Completed, CallEndedBy.Center, new AgentId("bob")), (record.Ending, record.EndedBy, record.Agent));
        Near.AssertNear(Talk, record.Talk, TimeSpan.FromSeconds(0.5));
        await AssertHeardAsync(caller, AgentHz, CallerHz, Talk);
        await AssertHeardAsync(callee, CallerHz, AgentHz, Talk);
    }

    [Fact]
    public async Task A_phone_that_is_busy_refuses_the_caller_as_busy()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var callee = await pbx.StartPhoneAsync("201", AgentHz);

        await caller.DialAsync(pbx.UriOf("201"));
        await callee.WaitIncomingAsync();
        await callee.HangUpAsync();

        Assert.StartsWith("486", (await caller.WaitClosedAsync()).Param, StringComparison.Ordinal);
        Assert.Equal(HangUpCause.Busy, (await pbx.SingleRecordAsync()).Cause);
    }

    private static async Task ConnectAsync(PbxFixture pbx, BaresipPhone caller, BaresipPhone agent)
    {
        await caller.DialAsync(pbx.UriOf(PbxFixture.Menu));
        await caller.WaitEstablishedAsync();
        await caller.SendDigitAsync('1');
        await agent.WaitIncomingAsync();
        await agent.AcceptAsync();
        await agent.WaitEstablishedAsync();
    }

    private static void AssertCompleted(CallRecord record, bool callerHungUp)
    {
        Assert.Equal((CallRecordEnding.Completed, QueueExit.Answered, 1), (record.Ending, record.QueueExit, record.Offers));
        Assert.Equal((new AgentId("alice"), new QueueId("support"), "main"), (record.Agent, record.Queue, record.Flow));
        Assert.Equal((callerHungUp ? CallEndedBy.Party : CallEndedBy.Center, HangUpCause.Normal), (record.EndedBy, record.Cause));
        Near.AssertNear(Talk, record.Talk, TimeSpan.FromSeconds(0.5));
        Assert.Equal(TimeSpan.Zero, record.Hold);
        Near.AssertNear(TimeSpan.FromSeconds(1), record.WrapUp, TimeSpan.FromMilliseconds(250));
    }

    private static void AssertRecorded(PbxFixture pbx, CallRecord record, TimeSpan talk)
    {
        var recorded = pbx.Listen(record);
        Assert.Equal((8000, 2), (recorded.SampleRateHz, recorded.Channels.Count));
        RecordedLength.AssertIsTalkTime(recorded, pbx.Sip.ReadTrace());
        Near.AssertNear(recorded.Length, record.Recordings[0].Length!.Value, TimeSpan.FromMilliseconds(1));
        Tones.AssertHolds(recorded, 0, CallerHz, AgentHz, talk - TimeSpan.FromSeconds(0.3));
        Tones.AssertHolds(recorded, 1, AgentHz, CallerHz, talk - TimeSpan.FromSeconds(0.3));
    }

    private static async Task AssertHeardAsync(BaresipPhone phone, int otherHz, int ownHz, TimeSpan talk)
    {
        var heard = Tones.AssertHolds(Assert.Single(await phone.StopAndListenAsync()), 0, otherHz, ownHz, talk - TimeSpan.FromSeconds(0.3));
        Assert.Equal(0, heard.Splices);
    }

    /// <summary>The customer's side of it: who is put on hold goes on to say something, and hears music; who holds says and hears nothing.</summary>
    private static void AssertHoldRecorded(WavSamples recorded, bool callerHolds)
    {
        if (callerHolds)
        {
            AssertHold(recorded, 0, CallerHz, AgentHz, insteadHz: null);
            AssertHold(recorded, 1, AgentHz, CallerHz, insteadHz: null);
        }
        else
        {
            Tones.AssertHolds(recorded, 0, CallerHz, AgentHz, (3 * Talk) - TimeSpan.FromSeconds(0.5));
            AssertHold(recorded, 1, AgentHz, CallerHz, PbxFixture.PromptHz);
        }
    }

    /// <summary>The tone, for as long as the hold was something else in its place or nothing, and the tone again.</summary>
    private static void AssertHold(WavSamples wav, int channel, int hz, int ownHz, int? insteadHz)
    {
        var (before, hold, after) = Tones.SplitAtGap(wav, channel, hz);
        Near.AssertNear(Talk, hold.Length, TimeSpan.FromSeconds(0.6));
        Tones.AssertHolds(before, 0, hz, ownHz, Talk - TimeSpan.FromSeconds(0.5));
        Tones.AssertHolds(after, 0, hz, ownHz, Talk - TimeSpan.FromSeconds(0.5));
        if (insteadHz is { } instead)
            Tones.AssertHolds(hold, 0, instead, hz, Talk - TimeSpan.FromSeconds(0.7));
        else
            Assert.All((int[])[hz, ownHz, PbxFixture.PromptHz], one => Assert.InRange(Tones.LevelDb(hold.Channels[0], hold.SampleRateHz, one), double.MinValue, -40));
    }
}

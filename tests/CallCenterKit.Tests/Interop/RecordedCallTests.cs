namespace CallCenterKit.Tests.Interop;

/// <summary>Real phones of which one speaks G.722 only and the other G.711 only; and what is kept of a call while its recording is paused.</summary>
[Collection(InteropCollection.Name)]
public class RecordedCallTests
{
    private const int CallerHz = 437;
    private const int AgentHz = 1033;
    private const string Wideband = "G722/16000/1";

    private static readonly AgentId Alice = new("alice");
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Least = Talk - TimeSpan.FromSeconds(0.3);

    [Theory]
    [InlineData(Wideband, "PCMU")]
    [InlineData("PCMA", Wideband)]
    public async Task Two_phones_without_a_common_format_hear_each_other_and_are_recorded_apart(string callers, string agents)
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await PbxFixture.StartPhoneAsync(pbx.Phone("100", CallerHz) with { Codecs = callers });
        await using var agent = await PbxFixture.StartPhoneAsync(pbx.Phone("200", AgentHz) with { Codecs = agents });

        await ConnectAsync(pbx, caller, agent);
        await Task.Delay(Talk, TimeProvider.System);
        await HangUpAsync(caller, agent);

        var record = await pbx.SingleRecordAsync();
        Tones.AssertHolds(Assert.Single(await caller.StopAndListenAsync()), 0, AgentHz, CallerHz, Least);
        Tones.AssertHolds(Assert.Single(await agent.StopAndListenAsync()), 0, CallerHz, AgentHz, Least);
        var recorded = pbx.Listen(record);
        Tones.AssertHolds(recorded, 0, CallerHz, AgentHz, Least);
        Tones.AssertHolds(recorded, 1, AgentHz, CallerHz, Least);
        Tones.AssertFills(recorded, 0, CallerHz);
        Tones.AssertFills(recorded, 1, AgentHz);
        Near.AssertNear(record.Talk, recorded.Length, TimeSpan.FromMilliseconds(100));
        Assert.Equal("", pbx.Log);
    }

    [Fact]
    public async Task A_paused_stretch_holds_nothing_not_even_a_key()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);
        var by = new ActorId("agent:alice");

        var interaction = await ConnectAsync(pbx, caller, agent);
        await Task.Delay(Talk, TimeProvider.System);
        pbx.Center.PauseRecording(interaction, Alice, by);
        await Task.Delay(Talk / 2, TimeProvider.System);
        await caller.SendDigitAsync('5');
        await Task.Delay(Talk / 2, TimeProvider.System);
        pbx.Center.ResumeRecording(interaction, Alice, by);
        await Task.Delay(Talk, TimeProvider.System);
        await HangUpAsync(caller, agent);

        var record = await pbx.SingleRecordAsync();
        var recorded = pbx.Listen(record);
        Near.AssertNear(record.Talk, recorded.Length, TimeSpan.FromMilliseconds(100));
        for (var channel = 0; channel < 2; channel++)
        {
            var hz = channel == 0 ? CallerHz : AgentHz;
            var gap = Tones.Measure(recorded, channel, hz).LongestGap;
            Near.AssertNear(Talk, gap, TimeSpan.FromSeconds(0.4));
            // Whatever is there, of any frequency: the tone is at -7 dB.
            var paused = recorded.Between(channel, Talk + TimeSpan.FromSeconds(0.5), (2 * Talk) - TimeSpan.FromSeconds(0.5)).ToArray();
            Assert.True(paused.Max(sample => Math.Abs((int)sample)) <= short.MaxValue * Math.Pow(10, -67 / 20.0), $"The loudest sample of the pause is {paused.Max(sample => Math.Abs((int)sample))}.");
            Tones.AssertHolds(new(recorded.SampleRateHz, [recorded.Between(channel, TimeSpan.Zero, Talk - TimeSpan.FromSeconds(0.4)).ToArray()]), 0, hz, CallerHz + AgentHz - hz, Talk - TimeSpan.FromSeconds(0.6));
        }
        Assert.Equal("", pbx.Log);
    }

    private static async Task<InteractionId> ConnectAsync(PbxFixture pbx, BaresipPhone caller, BaresipPhone agent)
    {
        await caller.DialAsync(pbx.UriOf(PbxFixture.RingingQueue));
        await agent.WaitIncomingAsync();
        await agent.AcceptAsync();
        await Task.WhenAll(caller.WaitEstablishedAsync(), agent.WaitEstablishedAsync());
        return pbx.Center.Board.Agents.Single(one => one.Id == Alice).Interaction!.Value;
    }

    private static async Task HangUpAsync(BaresipPhone caller, BaresipPhone agent)
    {
        await caller.HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), agent.WaitClosedAsync());
    }
}

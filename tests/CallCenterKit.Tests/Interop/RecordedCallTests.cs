namespace CallCenterKit.Tests.Interop;

/// <summary>Real phones of which one speaks G.722 only and the other G.711 only; and what is kept of a call while its recording is paused.</summary>
[Collection(InteropCollection.Name)]
public class RecordedCallTests
{
    private const int CallerHz = 437;
    private const int AgentHz = 1033;
    private const string Wideband = "G722/16000/1";

    private const double AtMostDb = -60;

    private static readonly AgentId Alice = new("alice");
    private static readonly ActorId Pauser = new("agent:alice");
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Least = Talk - TimeSpan.FromSeconds(0.3);

    /// <summary>A gap is found to half of this.</summary>
    private static readonly TimeSpan Edge = TimeSpan.FromMilliseconds(10);

    [Theory]
    [InlineData(Wideband, "PCMU")]
    [InlineData("PCMA", Wideband)]
    public async Task Two_phones_without_a_common_format_hear_each_other_and_are_recorded_apart(string callers, string agents)
    {
        await WarmProcess.AfterFirstCallAsync();
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await PbxFixture.StartPhoneAsync(pbx.Phone("100", CallerHz) with { Codecs = callers });
        await using var agent = await PbxFixture.StartPhoneAsync(pbx.Phone("200", AgentHz) with { Codecs = agents });

        pbx.Sip.StartTrace(new());

        await ConnectAsync(pbx, caller, agent);
        await Task.Delay(Talk, TimeProvider.System);
        await HangUpAsync(caller, agent);

        var record = await pbx.SingleRecordAsync();
        var heard = Assert.Single(await caller.StopAndListenAsync());
        Tones.AssertHolds(heard, 0, AgentHz, CallerHz, Least);
        Tones.AssertHolds(Assert.Single(await agent.StopAndListenAsync()), 0, CallerHz, AgentHz, Least);
        var recorded = pbx.Listen(record);
        Tones.AssertHolds(recorded, 0, CallerHz, AgentHz, Least);
        Tones.AssertHolds(recorded, 1, AgentHz, CallerHz, Least);
        RecordedLength.AssertIsTalkTime(recorded, pbx.Sip.ReadTrace());
        RecordedLength.AssertIsAllSaid(recorded, Assert.Single(await caller.StopAndReadSaidAsync()));
        RecordedLength.AssertFills(recorded, 0, CallerHz);
        RecordedLength.AssertHoldsAllHeard(recorded, AgentHz, heard);
        Assert.Equal("", pbx.Log);
    }

    [Fact]
    public async Task A_paused_stretch_holds_nothing_not_even_a_key()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);

        var interaction = await ConnectAsync(pbx, caller, agent);
        await Task.Delay(Talk, TimeProvider.System);
        var since = TimeProvider.System.GetTimestamp();
        pbx.Center.PauseRecording(interaction, Alice, Pauser);
        await PressKeysAsync(caller, agent);
        pbx.Center.ResumeRecording(interaction, Alice, Pauser);
        var paused = TimeProvider.System.GetElapsedTime(since);
        await Task.Delay(Talk, TimeProvider.System);
        await HangUpAsync(caller, agent);

        var recorded = pbx.Listen(await pbx.SingleRecordAsync());
        AssertPaused(recorded, 0, CallerHz, AgentHz, paused);
        AssertPaused(recorded, 1, AgentHz, CallerHz, paused);
        var heard = Assert.Single(await agent.StopAndListenAsync());
        foreach (var hz in KeyTones.Hz)
        {
            Assert.True(Tones.PeakDb(heard.Channels[0], heard.SampleRateHz, hz) >= -25, $"The agent has not heard the key's {hz} Hz.");
        }
        Assert.Equal("", pbx.Log);
    }

    /// <summary>A key as a telephone event, and the same as sound, while the caller's tone goes on before and after.</summary>
    private static async Task PressKeysAsync(BaresipPhone caller, BaresipPhone agent)
    {
        using var folder = new ScratchFolder();
        KeyTones.Write(folder.File("keys.wav"));
        await Task.Delay(Talk / 3, TimeProvider.System);
        await caller.SendDigitAsync('5');
        Assert.Equal('5', await agent.WaitDigitAsync());
        await caller.SayAsync(folder.File("keys.wav"));
        await Task.Delay(Talk / 2, TimeProvider.System);
        await caller.SayToneAsync();
        await Task.Delay(Talk / 3, TimeProvider.System);
    }

    /// <summary>Silence for as long as the pause was, of whatever frequency: the tone is at -7 dB. Before it and after it the tone, whole.</summary>
    private static void AssertPaused(WavSamples recorded, int channel, int hz, int otherHz, TimeSpan paused)
    {
        var (before, gap, after) = Tones.SplitAtGap(recorded, channel, hz);
        Near.AssertNear(paused, gap.Length, TimeSpan.FromSeconds(0.1));
        var loudest = gap.Between(0, Edge, gap.Length - Edge).ToArray().Max(sample => Math.Abs((int)sample));
        Assert.True(loudest <= short.MaxValue * Math.Pow(10, (AtMostDb - 7) / 20.0), $"The loudest sample of the pause is {loudest}.");
        foreach (var talk in new[] { before, after })
        {
            var tone = Tones.AssertHolds(talk, 0, hz, otherHz, Least);
            var inner = talk.Between(0, tone.First + (5 * Edge), tone.Last - (5 * Edge)).ToArray();
            Assert.All(KeyTones.Hz, key => Assert.InRange(Tones.PeakDb(inner, talk.SampleRateHz, key), double.MinValue, AtMostDb));
        }
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

using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.Records;
using CallCenterKit.Supervisors;

namespace CallCenterKit.Tests.Interop;

/// <summary>A caller, an agent and a supervisor at real softphones, each with a tone of their own.</summary>
[Collection(InteropCollection.Name)]
public class SupervisionCallTests
{
    private const int CallerHz = 437;
    private const int AgentHz = 1033;
    private const int BossHz = 2213;
    private const double UnheardDb = -60;
    private const double HeardDb = -20;
    private const string BossPhone = "202";

    private static readonly AgentId Alice = new("alice");
    private static readonly ActorId Boss = new("host:boss");
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_whisper_is_heard_by_the_agent_and_neither_by_the_caller_nor_in_the_recording()
    {
        await using var pbx = await StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);
        await using var boss = await pbx.StartPhoneAsync(BossPhone, BossHz, autoAnswer: true);

        await SuperviseAsync(pbx, caller, agent, boss, SupervisionRole.Whisper);
        await Task.Delay(Talk, TimeProvider.System);
        await HangUpAsync(caller, agent, boss);

        var record = await pbx.SingleRecordAsync();
        AssertSupervised(record, SupervisionRole.Whisper);
        var recorded = pbx.Listen(record);
        AssertUnheard(recorded, BossHz);
        Tones.AssertHolds(recorded, 0, CallerHz, AgentHz, 2 * Talk);
        Tones.AssertHolds(recorded, 1, AgentHz, CallerHz, 2 * Talk);
        AssertUnheard(Assert.Single(await caller.StopAndListenAsync()), BossHz);
        AssertEnd(Assert.Single(await agent.StopAndListenAsync()), 0, CallerHz, BossHz);
        AssertEnd(Assert.Single(await boss.StopAndListenAsync()), 0, CallerHz, AgentHz);
        Assert.Equal("", pbx.Log);
    }

    [Fact]
    public async Task Who_listens_is_heard_by_nobody_and_nobody_misses_anything()
    {
        await using var pbx = await StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);
        await using var boss = await pbx.StartPhoneAsync(BossPhone, BossHz, autoAnswer: true);

        await SuperviseAsync(pbx, caller, agent, boss, SupervisionRole.Listen);
        await Task.Delay(Talk, TimeProvider.System);
        await boss.HangUpAsync();
        await boss.WaitClosedAsync();
        await Task.Delay(Talk, TimeProvider.System);
        await caller.HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), agent.WaitClosedAsync());

        AssertSupervised(await pbx.SingleRecordAsync(), SupervisionRole.Listen);
        foreach (var (phone, otherHz, ownHz) in new[] { (caller, AgentHz, CallerHz), (agent, CallerHz, AgentHz) })
        {
            var heard = Assert.Single(await phone.StopAndListenAsync());
            Tones.AssertHolds(heard, 0, otherHz, ownHz, (3 * Talk) - TimeSpan.FromSeconds(0.3));
            AssertUnheard(heard, BossHz);
        }
        AssertEnd(Assert.Single(await boss.StopAndListenAsync()), 0, CallerHz, AgentHz);
    }

    [Fact]
    public async Task Who_barges_in_is_heard_by_both_and_in_the_recording()
    {
        await using var pbx = await StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);
        await using var boss = await pbx.StartPhoneAsync(BossPhone, BossHz, autoAnswer: true);

        var interaction = await SuperviseAsync(pbx, caller, agent, boss, SupervisionRole.Whisper);
        Assert.Equal(DeskOutcome.Asked, pbx.Center.ChangeSupervision(interaction, SupervisionRole.Barge, Boss));
        await Task.Delay(Talk, TimeProvider.System);
        await HangUpAsync(caller, agent, boss);

        var record = await pbx.SingleRecordAsync();
        AssertSupervised(record, SupervisionRole.Whisper, SupervisionRole.Barge);
        AssertEnd(pbx.Listen(record), 1, AgentHz, BossHz);
        AssertEnd(Assert.Single(await caller.StopAndListenAsync()), 0, AgentHz, BossHz);
        AssertEnd(Assert.Single(await agent.StopAndListenAsync()), 0, CallerHz, BossHz);
        AssertEnd(Assert.Single(await boss.StopAndListenAsync()), 0, CallerHz, AgentHz);
    }

    private static Task<PbxFixture> StartAsync() => PbxFixture.StartAsync(options =>
    {
        options.Extensions[BossPhone] = new() { Password = PbxFixture.PasswordOf(BossPhone) };
        options.Supervisors.Add(new() { Who = Boss.Value, Queues = { "support" }, Role = SupervisionRole.Barge });
    });

    /// <summary>Caller and agent talk; after a while the supervisor is there too.</summary>
    private static async Task<InteractionId> SuperviseAsync(PbxFixture pbx, BaresipPhone caller, BaresipPhone agent, BaresipPhone boss, SupervisionRole role)
    {
        await caller.DialAsync(pbx.UriOf(PbxFixture.Queue));
        await agent.WaitIncomingAsync();
        await agent.AcceptAsync();
        await Task.WhenAll(caller.WaitEstablishedAsync(), agent.WaitEstablishedAsync());
        await Task.Delay(Talk, TimeProvider.System);
        var interaction = pbx.Center.Board.Agents.Single(one => one.Id == Alice).Interaction!.Value;
        var result = await pbx.Center.SuperviseAsync(interaction, new(Alice, role, new(BossPhone)), Boss, TestContext.Current.CancellationToken);
        Assert.IsType<SupervisionResult.Joined>(result);
        await boss.WaitEstablishedAsync();
        return interaction;
    }

    private static async Task HangUpAsync(BaresipPhone caller, BaresipPhone agent, BaresipPhone boss)
    {
        await caller.HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), agent.WaitClosedAsync(), boss.WaitClosedAsync());
    }

    private static void AssertSupervised(CallRecord record, params SupervisionRole[] roles)
    {
        Assert.Equal((CallRecordEnding.Completed, Alice, 1), (record.Ending, record.Agent!.Value, record.Legs.Count));
        var supervision = Assert.Single(record.Supervisions);
        Assert.Equal(roles, supervision.Steps.Select(step => step.Role));
        Assert.NotNull(supervision.EndedAt);
    }

    private static void AssertUnheard(WavSamples heard, int hz) => Assert.All(heard.Channels, channel =>
    {
        var level = Tones.PeakDb(channel, heard.SampleRateHz, hz);
        Assert.True(level <= UnheardDb, $"{hz} Hz is heard at {level:F1} dB.");
    });

    /// <summary>In the last two seconds, the very end left out, each of the tones is there without a gap, and hardly anything else.</summary>
    private static void AssertEnd(WavSamples heard, int channel, params int[] tones)
    {
        var end = heard.Between(channel, heard.Length - TimeSpan.FromSeconds(2.2), heard.Length - TimeSpan.FromSeconds(0.2)).ToArray();
        var share = tones.Sum(hz => Tones.Share(end, heard.SampleRateHz, hz));
        Assert.True(share >= Tones.LeastShare, $"{string.Join(" and ", tones)} Hz are only {share:P1} of what is heard.");
        foreach (var hz in tones)
        {
            var report = Tones.Measure(end, heard.SampleRateHz, hz);
            Assert.True(report.LevelDb >= HeardDb, $"{hz} Hz is heard at {report.LevelDb:F1} dB only.");
            Assert.True(report.LongestGap <= TimeSpan.FromMilliseconds(50), $"{hz} Hz is missing for {report.LongestGap}.");
        }
    }
}

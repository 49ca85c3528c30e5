using CallCenterKit.Conversations;
using CallCenterKit.Desks;
using CallCenterKit.Records;
using CallCenterKit.Routing;

namespace CallCenterKit.Tests.Interop;

/// <summary>A caller and two agents at real softphones: passed on, asked about, taken back.</summary>
[Collection(InteropCollection.Name)]
public class TransferCallTests
{
    private const int CallerHz = 437;
    private const int AliceHz = 1033;
    private const int BobHz = 1627;

    private static readonly AgentId Alice = new("alice");
    private static readonly AgentId Bob = new("bob");
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(0.6);

    /// <summary>Who asks before the hold is answered asks as somebody who holds nobody.</summary>
    private static readonly TimeSpan HoldTakes = TimeSpan.FromSeconds(0.2);

    [Fact]
    public async Task Two_agents_who_call_each_other_are_both_busy()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var alice = await pbx.StartPhoneAsync("200", AliceHz);
        await using var bob = await pbx.StartPhoneAsync("201", BobHz, autoAnswer: true);

        await alice.DialAsync(pbx.UriOf("201"));
        await Task.WhenAll(alice.WaitEstablishedAsync(), bob.WaitEstablishedAsync());
        await Task.Delay(Talk, TimeProvider.System);
        Assert.Equal((AgentState.Talking, AgentState.Talking), (pbx.StateOf("alice"), pbx.StateOf("bob")));
        await alice.HangUpAsync();
        await Task.WhenAll(alice.WaitClosedAsync(), bob.WaitClosedAsync());

        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.Completed, "endpoint:200", "201", Bob), (record.Ending, record.Origin, record.Dialled, record.Agent!.Value));
        Assert.Equal((Bob, new("201")), (Assert.Single(record.Legs).Agent!.Value, record.Legs[0].Endpoint));
        Assert.Null(record.Queue);
        Near.AssertNear(Talk, record.Talk, Tolerance);
        Assert.Equal((AgentState.Available, AgentState.Available), (pbx.StateOf("alice"), pbx.StateOf("bob")));
        await AssertHeardAsync(alice, AliceHz, BobHz);
        await AssertHeardAsync(bob, BobHz, AliceHz);
    }

    [Fact]
    public async Task A_caller_who_is_passed_on_blindly_talks_with_the_colleague()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var alice = await pbx.StartPhoneAsync("200", AliceHz);
        await using var bob = await pbx.StartPhoneAsync("201", BobHz, autoAnswer: true);

        await ConnectAsync(pbx, caller, alice);
        await Task.Delay(Talk, TimeProvider.System);
        await alice.TransferAsync(pbx.UriOf("201"));
        await Task.WhenAll(alice.WaitClosedAsync(), bob.WaitEstablishedAsync());
        await Task.Delay(Talk, TimeProvider.System);
        await caller.HangUpAsync();
        await bob.WaitClosedAsync();

        var record = await pbx.SingleRecordAsync();
        AssertPassedOn(record, TransferKind.Blind);
        Near.AssertNear(2 * Talk, record.Talk, Tolerance);
        AssertRecorded(pbx.Listen(record), 2 * Talk, AliceHz, BobHz);
        await AssertHeardAsync(caller, CallerHz, AliceHz, BobHz);
        await AssertHeardAsync(bob, BobHz, CallerHz);
        Assert.Equal("", pbx.Log);
    }

    [Fact]
    public async Task An_agent_who_asks_a_colleague_at_the_desk_passes_the_caller_on_by_hanging_up()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var alice = await pbx.StartPhoneAsync("200", AliceHz);
        await using var bob = await pbx.StartPhoneAsync("201", BobHz, autoAnswer: true);

        await ConnectAsync(pbx, caller, alice);
        await Task.Delay(Talk, TimeProvider.System);
        var interaction = pbx.Center.Board.Agents.Single(agent => agent.Id == Alice).Interaction!.Value;
        Assert.Equal(DeskOutcome.Asked, pbx.Center.Consult(interaction, Alice, "201", new("desk")));
        await bob.WaitEstablishedAsync();
        await Task.Delay(Talk, TimeProvider.System);
        await alice.HangUpAsync();
        await alice.WaitClosedAsync();
        await Task.Delay(Talk, TimeProvider.System);
        await caller.HangUpAsync();
        await bob.WaitClosedAsync();

        await AssertConsultedAndPassedOnAsync(pbx, caller, alice, bob);
    }

    [Fact]
    public async Task An_agent_who_asks_a_colleague_by_a_second_call_passes_the_caller_on_by_phone()
    {
        await using var pbx = await PbxFixture.StartAsync();
        pbx.Sip.StartTrace(new() { Endpoint = new("200") });
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var alice = await pbx.StartPhoneAsync("200", AliceHz);
        await using var bob = await pbx.StartPhoneAsync("201", BobHz, autoAnswer: true);

        await ConnectAsync(pbx, caller, alice);
        await Task.Delay(Talk, TimeProvider.System);
        await AskBySecondCallAsync(pbx, alice, bob);
        await Task.Delay(Talk, TimeProvider.System);
        await alice.TransferAsync($"<{pbx.UriOf("100")}?Replaces={Uri.EscapeDataString(TracedDialog.ReplacesFirst(pbx.Sip.ReadTrace()))}>");
        await Task.WhenAll(alice.WaitClosedAsync(), alice.WaitClosedAsync());
        await Task.Delay(Talk, TimeProvider.System);
        await caller.HangUpAsync();
        await bob.WaitClosedAsync();

        await AssertConsultedAndPassedOnAsync(pbx, caller, alice, bob);
    }

    [Fact]
    public async Task An_agent_who_asks_a_colleague_by_a_second_call_can_take_the_caller_back()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await pbx.StartPhoneAsync("100", CallerHz);
        await using var alice = await pbx.StartPhoneAsync("200", AliceHz);
        await using var bob = await pbx.StartPhoneAsync("201", BobHz, autoAnswer: true);

        await ConnectAsync(pbx, caller, alice);
        await Task.Delay(Talk, TimeProvider.System);
        await AskBySecondCallAsync(pbx, alice, bob);
        await Task.Delay(Talk, TimeProvider.System);
        await alice.HangUpAsync();
        await Task.WhenAll(alice.WaitClosedAsync(), bob.WaitClosedAsync());
        await alice.ResumeAsync();
        await Task.Delay(Talk, TimeProvider.System);
        await caller.HangUpAsync();
        await alice.WaitClosedAsync();

        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.Completed, Alice), (record.Ending, record.Agent!.Value));
        Assert.Empty(record.Transfers);
        Near.AssertNear(2 * Talk, record.Talk, Tolerance);
        Near.AssertNear(Talk, record.Hold, Tolerance);
        var heard = WavSamples.Join(await caller.StopAndListenAsync());
        var end = heard.Part(0, heard.Length - (Talk * 0.8), heard.Length);
        Tones.AssertHolds(end, 0, AliceHz, CallerHz, Talk * 0.6);
        AssertTakenBack(pbx.Listen(record));
        await AssertHeardAsync(bob, BobHz, AliceHz);
    }

    private static async Task ConnectAsync(PbxFixture pbx, BaresipPhone caller, BaresipPhone alice)
    {
        await caller.DialAsync(pbx.UriOf(PbxFixture.Queue));
        await alice.WaitIncomingAsync();
        await alice.AcceptAsync();
        await Task.WhenAll(caller.WaitEstablishedAsync(), alice.WaitEstablishedAsync());
    }

    private static async Task AskBySecondCallAsync(PbxFixture pbx, BaresipPhone alice, BaresipPhone bob)
    {
        await alice.HoldAsync();
        await Task.Delay(HoldTakes, TimeProvider.System);
        await alice.DialAsync(pbx.UriOf("201"));
        await Task.WhenAll(alice.WaitEstablishedAsync(), bob.WaitEstablishedAsync());
    }

    private static async Task AssertConsultedAndPassedOnAsync(PbxFixture pbx, BaresipPhone caller, BaresipPhone alice, BaresipPhone bob)
    {
        var record = await pbx.SingleRecordAsync();
        AssertPassedOn(record, TransferKind.Attended);
        Near.AssertNear(2 * Talk, record.Talk, Tolerance);
        Near.AssertNear(Talk, record.Hold, Tolerance);
        Near.AssertNear(Talk, Sum(record, Alice, leg => leg.Talk), Tolerance);
        Near.AssertNear(Talk, Sum(record, Alice, leg => leg.Consult), Tolerance);
        Near.AssertNear(Talk, Sum(record, Bob, leg => leg.Consult), Tolerance);
        Near.AssertNear(Talk, Sum(record, Bob, leg => leg.Talk), Tolerance);
        AssertRecorded(pbx.Listen(record), 3 * Talk, AliceHz, PbxFixture.PromptHz, BobHz);
        await AssertHeardAsync(caller, CallerHz, AliceHz, PbxFixture.PromptHz, BobHz);
        await AssertHeardAsync(alice, AliceHz, CallerHz, BobHz);
        await AssertHeardAsync(bob, BobHz, AliceHz, CallerHz);
        Assert.Equal("", pbx.Log);
    }

    private static void AssertPassedOn(CallRecord record, TransferKind kind)
    {
        Assert.Equal((CallRecordEnding.Completed, Bob, new QueueId("support"), 1), (record.Ending, record.Agent!.Value, record.Queue!.Value, record.Offers));
        var transfer = Assert.Single(record.Transfers);
        Assert.Equal((kind, Alice, "extension:201", TransferEnd.Completed), (transfer.Kind, transfer.By!.Value, transfer.To, transfer.End!.Value));
        Assert.Equal([Alice, Bob], record.Legs.Select(leg => leg.Agent!.Value).Distinct());
        Near.AssertNear(Talk, Sum(record, Alice, leg => leg.Talk), Tolerance);
        Near.AssertNear(Talk, Sum(record, Bob, leg => leg.Talk), Tolerance);
    }

    private static TimeSpan Sum(CallRecord record, AgentId agent, Func<CallLegRecord, TimeSpan> part) =>
        record.Legs.Where(leg => leg.Agent == agent).Aggregate(TimeSpan.Zero, (sum, leg) => sum + part(leg));

    /// <summary>Each tone in turn for as long as somebody talked, none of the phone's own, and nothing else at the same time.</summary>
    private static async Task AssertHeardAsync(BaresipPhone phone, int ownHz, params int[] othersHz) =>
        AssertInTurn(WavSamples.Join(await phone.StopAndListenAsync()), 0, ownHz, othersHz);

    /// <summary>What the customer says all the time is on the left, what they hear in turn on the right; what others say in a consultation is on neither.</summary>
    private static void AssertRecorded(WavSamples recorded, TimeSpan talk, params int[] heardHz)
    {
        Tones.AssertHolds(recorded, 0, CallerHz, AliceHz, talk - TimeSpan.FromSeconds(0.5));
        AssertInTurn(recorded, 1, CallerHz, heardHz);
    }

    private static void AssertTakenBack(WavSamples recorded)
    {
        var (before, hold, after) = Tones.SplitAtGap(recorded, 1, AliceHz);
        Tones.AssertHolds(before, 0, AliceHz, CallerHz, Talk - TimeSpan.FromSeconds(0.4));
        Tones.AssertHolds(hold, 0, PbxFixture.PromptHz, BobHz, Talk - TimeSpan.FromSeconds(0.4));
        Tones.AssertHolds(after, 0, AliceHz, CallerHz, Talk - TimeSpan.FromSeconds(0.4));
        Tones.AssertHolds(recorded, 0, CallerHz, BobHz, (3 * Talk) - TimeSpan.FromSeconds(0.5));
    }

    private static void AssertInTurn(WavSamples heard, int channel, int ownHz, int[] othersHz)
    {
        var end = TimeSpan.Zero;
        foreach (var hz in othersHz)
            end += Tones.AssertHolds(heard.Part(channel, end, heard.Length), 0, hz, ownHz, Talk - TimeSpan.FromSeconds(0.4)).Last;
    }
}

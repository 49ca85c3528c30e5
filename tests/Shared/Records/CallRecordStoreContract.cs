using System.Text.Json;
using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Voice;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Shared.Records;

/// <summary>What every store of call records promises.</summary>
public abstract class CallRecordStoreContract
{
    /// <summary>An empty store.</summary>
    protected abstract ICallRecordStore Store { get; }

    [Fact]
    public async Task An_empty_store_stands_at_zero_and_finds_nothing()
    {
        Assert.Equal(0, await Store.GetPositionAsync(default));
        Assert.Null(await Store.FindAsync(Interaction(1), default));
        Assert.Empty(await Store.ListOpenAsync(default));
    }

    [Fact]
    public async Task A_record_comes_back_whole_and_the_position_with_it()
    {
        var record = Full(1);

        await Store.CommitAsync([record], 42, default);

        Assert.Equal(42, await Store.GetPositionAsync(default));
        Assert.Equal(Json(record), Json(await Store.FindAsync(record.Interaction, default)));
    }

    [Fact]
    public async Task A_later_record_takes_the_place_of_the_earlier()
    {
        await Store.CommitAsync([Begun(1, Noon)], 1, default);

        await Store.CommitAsync([Begun(1, Noon) with { Ending = CallRecordEnding.Refused, EndedAt = Noon.AddSeconds(1) }], 2, default);

        Assert.Empty(await Store.ListOpenAsync(default));
        Assert.Equal(CallRecordEnding.Refused, (await Store.FindAsync(Interaction(1), default))!.Ending);
    }

    [Fact]
    public async Task Open_records_are_those_to_which_more_can_follow()
    {
        var lives = Begun(1, Noon);
        var over = Begun(2, Noon) with { Ending = CallRecordEnding.Completed };
        var wrappingUp = Begun(3, Noon) with { Ending = CallRecordEnding.Completed, Assignments = [new(new("alice"), Noon)] };

        await Store.CommitAsync([lives, over, wrappingUp], 3, default);

        Assert.Equal(
            [lives.Interaction, wrappingUp.Interaction],
            (await Store.ListOpenAsync(default)).Select(record => record.Interaction).OrderBy(id => id.Text, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_span_takes_its_first_instant_and_leaves_its_last()
    {
        await Store.CommitAsync([Begun(1, Noon), Begun(2, Noon.AddSeconds(1)), Begun(3, Noon.AddSeconds(2))], 3, default);

        Assert.Equal([Interaction(2), Interaction(1)], await ListAsync(Noon, Noon.AddSeconds(2), 10));
        Assert.Equal([Interaction(2)], await ListAsync(Noon.AddTicks(1), Noon.AddSeconds(2), 10));
        Assert.Equal([Interaction(3), Interaction(2), Interaction(1)], await ListAsync(Noon, Noon.AddSeconds(2).AddTicks(1), 10));
    }

    [Fact]
    public async Task The_newest_come_first_up_to_the_limit()
    {
        await Store.CommitAsync([Begun(1, Noon), Begun(3, Noon.AddMicroseconds(2)), Begun(2, Noon.AddMicroseconds(1))], 3, default);

        Assert.Equal([Interaction(3), Interaction(2)], await ListAsync(Noon, Noon.AddSeconds(1), 2));
    }

    [Fact]
    public async Task The_records_of_a_party_come_newest_first()
    {
        var (ours, others) = (Party(9), Party(8));
        await Store.CommitAsync(
            [Of(1, ours, 0), Of(2, others, 1), Of(3, ours, 3), Of(4, ours, 2)], 4, default);

        Assert.Equal([Interaction(3), Interaction(4), Interaction(1)], (await Store.ListOfPartyAsync(ours, 10, default)).Select(record => record.Interaction));
        Assert.Equal([Interaction(3)], (await Store.ListOfPartyAsync(ours, 1, default)).Select(record => record.Interaction));
        Assert.Empty(await Store.ListOfPartyAsync(Party(7), 10, default));
    }

    [Fact]
    public async Task A_party_who_turns_out_to_be_another_is_found_as_that()
    {
        await Store.CommitAsync([Of(1, Party(8), 0)], 1, default);

        await Store.CommitAsync([Of(1, Party(9), 0)], 2, default);

        Assert.Empty(await Store.ListOfPartyAsync(Party(8), 10, default));
        Assert.Single(await Store.ListOfPartyAsync(Party(9), 10, default));
    }

    [Fact]
    public async Task The_last_agent_is_who_spoke_with_the_party_last()
    {
        var party = Party(9);
        await Store.CommitAsync(
            [
                Of(1, party, 0) with { Agent = new("alice") },
                Of(2, party, 1) with { Agent = new("bob") },
                Of(3, party, 2),
                Of(4, Party(8), 3) with { Agent = new("carol") },
            ],
            4,
            default);

        Assert.Equal(new AgentId("bob"), await Store.FindLastAgentAsync(party, default));
        Assert.Null(await Store.FindLastAgentAsync(Party(7), default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task A_limit_out_of_range_is_refused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(nameof(limit), async () => await Store.ListAsync(Noon, Noon, limit, default));

    protected static CallRecord Begun(int number, DateTimeOffset at) => new() { Interaction = Interaction(number), Party = Party(number), StartedAt = at };

    private static CallRecord Of(int number, PartyId party, int second) => Begun(number, Noon.AddSeconds(second)) with { Party = party };

    protected static string Json(CallRecord? record) => JsonSerializer.Serialize(record, EventCatalog.JsonOptions);

    private static CallRecord Full(int number) => Begun(number, Noon) with
    {
        Number = "+37060000001",
        Name = "Ona",
        Direction = CallDirection.Outbound,
        Origin = "trunk:main",
        Dialled = "5000",
        AnsweredAt = Noon.AddMicroseconds(3),
        Flow = "welcome",
        Queue = new("support"),
        EnqueuedAt = Noon.AddSeconds(1),
        Waited = TimeSpan.FromSeconds(2.25),
        QueueExit = QueueExit.Answered,
        Offers = 2,
        Agent = new("alice"),
        Legs = [new(Call(1), new("alice"), new("1001"), Noon.AddSeconds(4), Noon.AddSeconds(9)) { Talk = TimeSpan.FromSeconds(3), Consult = TimeSpan.FromSeconds(2), IsOutside = true }],
        Transfers = [new(2, TransferKind.Attended, new("alice"), Call(1), "extension:1002", Noon.AddSeconds(6)) { End = TransferEnd.NoAnswer, Returned = true }],
        Supervisions = [new(new("agent:carol"), Call(2), new("1003"), [new(Noon.AddSeconds(5), new("alice"), SupervisionRole.Whisper)], Noon.AddSeconds(8)) { End = SupervisionEnd.SupervisorLeft }],
        MergedInto = Interaction(9),
        Talk = TimeSpan.FromSeconds(4),
        Hold = TimeSpan.FromSeconds(1),
        WrapUp = TimeSpan.FromSeconds(10),
        Disposition = "resolved",
        Recordings = [new(Recording(1), "a.wav", Noon.AddSeconds(4), TimeSpan.FromSeconds(5), null)],
        EndedAt = Noon.AddSeconds(9),
        Ending = CallRecordEnding.Completed,
        EndedBy = CallEndedBy.Party,
        Cause = HangUpCause.Normal,
    };

    private async Task<IEnumerable<InteractionId>> ListAsync(DateTimeOffset from, DateTimeOffset to, int limit) =>
        (await Store.ListAsync(from, to, limit, default)).Select(record => record.Interaction);
}

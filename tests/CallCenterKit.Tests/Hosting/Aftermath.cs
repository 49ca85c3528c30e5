using System.Text.Json;
using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Live;
using CallCenterKit.Records;
using CallCenterKit.Routing;

namespace CallCenterKit.Tests.Hosting;

/// <summary>What must be so when all calls are over, whatever happened before.</summary>
internal static class Aftermath
{
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(40); // RFC 3261: a transaction lives 64 T1 = 32 s at most

    /// <summary>Lets everything come to rest, checks that nothing is left, and returns the records, oldest first.</summary>
    public static async Task<IReadOnlyList<CallRecord>> SettleAsync(this TestCenter center)
    {
        await center.Time.AdvanceAsync(SettlingTime);
        Assert.Equal((0, 0), (center.Center.OpenInteractions, center.Center.OpenLegs));
        BoardIsEmpty(center.Center.Board);
        return await center.AfterwardsAsync();
    }

    /// <summary>As <see cref="SettleAsync"/>, once the center has stopped.</summary>
    public static async Task<IReadOnlyList<CallRecord>> AfterwardsAsync(this TestCenter center)
    {
        NothingIsLeft(center);
        EverythingEnded(center.Memory.Journal.Entries);
        await FoldsAgreeAsync(center);
        return await center.Memory.AllRecordsAsync(center.Time.GetUtcNow());
    }

    /// <summary>As <see cref="SettleAsync"/>, after one call.</summary>
    public static async Task<CallRecord> SettleOneAsync(this TestCenter center) => Assert.Single(await center.SettleAsync());

    private static void NothingIsLeft(TestCenter center)
    {
        Assert.Empty(center.Log.Unexpected);
        Assert.Equal(0, center.Telephony.LiveCalls);
        Assert.Equal(0, center.Media.Legs);
        Assert.Equal(center.AllPorts, center.Media.FreePorts);
        Assert.Equal(0, center.Time.Work.Count);
        Assert.All(center.World.Phones, phone => Assert.Empty(phone.Calls));
    }

    private static void BoardIsEmpty(LiveView board)
    {
        Assert.Empty(board.Waiting);
        Assert.All(board.Agents, agent => Assert.Null(agent.Interaction));
        Assert.All(board.Agents, agent => Assert.DoesNotContain(agent.State, new[] { AgentState.Ringing, AgentState.Talking, AgentState.WrappingUp }));
    }

    private static void EverythingEnded(IReadOnlyList<JournalEntry> entries)
    {
        var events = entries.Select(entry => entry.Event).ToList();
        Same([.. Of<InteractionStarted>(e => e.Interaction), .. Of<InteractionCalledBack>(e => e.Interaction)], [.. Of<InteractionEnded>(e => e.Interaction), .. Of<InteractionInterrupted>(e => e.Interaction)]);
        Same(Of<QueueEntered>(e => e.Entry), Of<QueueLeft>(e => e.Entry));
        Same(Of<OfferMade>(e => e.Offer), Of<OfferEnded>(e => e.Offer));
        Same([.. Of<AssignmentStarted>(e => (e.Agent, e.Interaction)), .. Of<AssignmentTaken>(e => (e.Agent, e.Interaction))], Of<AssignmentOver>(e => (e.Agent, e.Interaction)));

        List<object> Of<T>(Func<T, object> id) => [.. events.OfType<T>().Select(id)];

        void Same(List<object> begun, List<object> ended) =>
            Assert.Equal(begun.Order(Comparer<object>.Create(ByText)), ended.Order(Comparer<object>.Create(ByText)));
    }

    private static async Task FoldsAgreeAsync(TestCenter center)
    {
        var records = new Dictionary<InteractionId, CallRecord>();
        var board = new LiveBoard();
        foreach (var entry in center.Memory.Journal.Entries)
        {
            board.Apply(entry);
            if (CallRecordFold.InteractionOf(entry.Event) is { } interaction
                && CallRecordFold.Apply(records.GetValueOrDefault(interaction), entry) is { } record)
                records[interaction] = record;
        }
        var live = await center.Memory.AllRecordsAsync(center.Time.GetUtcNow());
        Assert.Equal(records.Values.OrderBy(record => record.Interaction.ToString()).Select(Text), live.OrderBy(record => record.Interaction.ToString()).Select(Text));
        Assert.All(live, record => Assert.False(record.IsRunning, Text(record)));
        if (!center.Center.IsRunning)
            return; // after-call work outlives a stop
        Assert.All(live, record => Assert.False(record.IsOpen, Text(record)));
        Assert.Equal(Text(board.Current), Text(center.Center.Board));
    }

    private static int ByText(object one, object other) => string.CompareOrdinal(one.ToString(), other.ToString());

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, EventCatalog.JsonOptions);
}

using CallCenterKit.Conversations;
using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Voice;
using static CallCenterKit.Shared.SampleIds;

namespace CallCenterKit.Records;

/// <summary>What happens to one interaction, second by second, as journal entries.</summary>
internal sealed class Story(int number = 1)
{
    private static readonly QueueId Support = new("support");

    private readonly List<JournalEntry> _entries = [];

    public InteractionId Matter { get; } = Interaction(number);

    public IReadOnlyList<JournalEntry> Entries => _entries;

    public static Story Arrived(int number = 1) => new Story(number).ArrivesAt(0);

    public static CallRecord? Fold(IEnumerable<JournalEntry> entries) =>
        entries.Aggregate((CallRecord?)null, CallRecordFold.Apply);

    public CallRecord Record => Fold(_entries)!;

    public Story At(double seconds, params CenterEvent[] events)
    {
        foreach (var happened in events)
            _entries.Add(new("test", 1, _entries.Count + 1, Noon.AddSeconds(seconds), happened) { Position = _entries.Count + 1 });
        return this;
    }

    public Story ArrivesAt(double seconds) => At(seconds,
        new InteractionStarted(Matter, Party(number), Call(number), CallDirection.Inbound, "trunk:main", "5000"),
        new PartyIdentified(Party(number), Matter, "+37060000001", "Ona"));

    /// <summary>Somebody of ours calls out.</summary>
    public static Story IsMade(int number = 1)
    {
        var story = new Story(number);
        return story.At(
            0,
            new InteractionStarted(story.Matter, Party(number), Call(number), CallDirection.Outbound, "endpoint:1001", "5000"),
            new PartyIdentified(Party(number), story.Matter, "+37060000001", "Ona"));
    }

    public Story EntersFlowAt(double seconds) => At(seconds, new InteractionAnswered(Matter, Call(number)), new FlowEntered(Matter, "welcome"));

    public Story QueuesAt(double seconds) => At(seconds,
        new QueueEntered(new(1, number), Matter, Support, Channels.Voice, 1, PartyReach.Present, Noon.AddSeconds(seconds)));

    public Story LeavesQueueAt(double seconds, QueueExit exit, double waited) =>
        At(seconds, new QueueLeft(new(1, number), Matter, Support, exit, TimeSpan.FromSeconds(waited)));

    public Story IsOfferedAt(double seconds, string agent = "alice") =>
        At(seconds, new OfferMade(new(1, number), new(1, number), Matter, Support, new(agent), new("1001"), Noon.AddSeconds(seconds + 20)));

    public Story IsTakenAt(double seconds, double waited, string agent = "alice", int leg = 10) =>
        LeavesQueueAt(seconds, QueueExit.Answered, waited).At(seconds,
            new AssignmentStarted(new(agent), Matter, Support, Channels.Voice, 1, TimeSpan.FromSeconds(waited)),
            new ConversationJoined(Matter, Call(leg), new(agent), new("1001"), Support));

    public Story IsHeldAt(double seconds) => At(seconds, new ConversationHeld(Matter, Call(10)));

    public Story ResumesAt(double seconds) => At(seconds, new ConversationResumed(Matter, Call(10)));

    public Story AgentLeavesAt(double seconds, string agent = "alice", int leg = 10, double? wrapUpUntil = null) => At(seconds,
        new ConversationParted(Matter, Call(leg), new(agent), HangUpCause.Normal, CallEndedBy.Party),
        new AssignmentOver(new(agent), Matter, Support, wrapUpUntil is { } until ? Noon.AddSeconds(until) : null));

    public Story WrapsUpAt(double seconds, string? disposition, string agent = "alice") =>
        At(seconds, new WrapUpEnded(new(agent), Matter, disposition, TimedOut: disposition is null));

    public Story EndsAt(double seconds, CallEndedBy by = CallEndedBy.Party) => At(seconds, new InteractionEnded(Matter, HangUpCause.Normal, by));
}

using System.Text.Json.Serialization;
using CallCenterKit.Conversations;
using CallCenterKit.Recordings;
using CallCenterKit.Routing;
using CallCenterKit.Voice;

namespace CallCenterKit.Records;

/// <summary>What is remembered of one interaction: a fold over its events, open until it has ended.</summary>
public sealed record CallRecord
{
    /// <summary>Which.</summary>
    public required InteractionId Interaction { get; init; }

    /// <summary>Who the customer is.</summary>
    public required PartyId Party { get; init; }

    /// <summary>The customer's number as signalled; empty when withheld or erased.</summary>
    public string Number { get; init; } = "";

    /// <summary>The customer's name as signalled.</summary>
    public string? Name { get; init; }

    /// <summary>Who began.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CallDirection Direction { get; init; }

    /// <summary>The endpoint or trunk it came from; of a call that was asked for at a desk the agent.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The number of ours that was dialled; of a call we made the one that was shown.</summary>
    public string Dialled { get; init; } = "";

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the customer's leg was answered, by a machine or a person.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The flow that took it first; null when it was refused before.</summary>
    public string? Flow { get; init; }

    /// <summary>The queue it waited in last; of a call we made the one it counts for.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>When it first began to wait.</summary>
    public DateTimeOffset? EnqueuedAt { get; init; }

    /// <summary>How long it waited until it was answered or left.</summary>
    public TimeSpan? Waited { get; init; }

    /// <summary>Whether it was served as a VIP's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Vip { get; init; }

    /// <summary>How a callback in place of waiting stands; null when none was asked for.</summary>
    public CallbackState? Callback { get; init; }

    /// <summary>How often the customer was called back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CallbackAttempts { get; init; }

    /// <summary>From arrival to the first of ours who spoke with the customer; null when nobody did.</summary>
    [JsonIgnore]
    public TimeSpan? DialToAgent => Legs.Count > 0 ? Legs[0].JoinedAt - StartedAt : null;

    /// <summary>The stay in a queue that routing has not closed yet: it waits, is to be called back, or an agent has just taken it.</summary>
    public EntryId? Entry { get; init; }

    /// <summary>How it left the queue; null while it waits, when it never did, or when the process died meanwhile.</summary>
    public QueueExit? QueueExit { get; init; }

    /// <summary>How many times a phone was rung for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Offers { get; init; }

    /// <summary>The agent who spoke with the customer last, or tried to.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>Everybody besides the customer, in the order they came; one agent may have had several.</summary>
    public IReadOnlyList<CallLegRecord> Legs { get; init; } = [];

    /// <summary>How the customer was passed on, in order.</summary>
    public IReadOnlyList<CallTransferRecord> Transfers { get; init; } = [];

    /// <summary>Who heard along, in the order they came.</summary>
    public IReadOnlyList<SupervisionRecord> Supervisions { get; init; } = [];

    /// <summary>The interaction in which those who talked here went on; null when that is this one.</summary>
    public InteractionId? MergedInto { get; init; }

    /// <summary>Whether the customer holds the others now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CustomerHolds { get; init; }

    /// <summary>The customer's leg now.</summary>
    public CallId? CustomerLeg { get; init; }

    /// <summary>How long the customer and one of ours were joined, holds left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan Talk { get; init; }

    /// <summary>Since when they talk; null while they don't.</summary>
    public DateTimeOffset? TalkingSince { get; init; }

    /// <summary>How long they were on hold, consultations during which the customer waited included.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan Hold { get; init; }

    /// <summary>Since when the customer, or the only other party, waits for the other; null while nobody does.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>After-call work that is done, of all agents together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan WrapUp { get; init; }

    /// <summary>The agents who have it, or do after-call work for it.</summary>
    public IReadOnlyList<AssignmentRecord> Assignments { get; init; } = [];

    /// <summary>What came of it.</summary>
    public string? Disposition { get; init; }

    /// <summary>Its recordings, in order: one of each leg the customer had, each that was asked for, and each message they left.</summary>
    public IReadOnlyList<RecordingRecord> Recordings { get; init; } = [];

    /// <summary>What the customer said last to being recorded; null when they were not asked.</summary>
    public RecordingConsent? RecordingConsent { get; init; }

    /// <summary>When it ended; null while it lives.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended.</summary>
    public CallRecordEnding Ending { get; init; }

    /// <summary>Who hung up.</summary>
    public CallEndedBy? EndedBy { get; init; }

    /// <summary>Why the customer's leg ended.</summary>
    public HangUpCause? Cause { get; init; }

    /// <summary>Whether something of it still runs that ends with the process: the interaction, a leg, a supervision, a recording.</summary>
    [JsonIgnore]
    public bool IsRunning => Ending == CallRecordEnding.Open
        || Legs.Any(leg => leg.LeftAt is null)
        || Supervisions.Any(supervision => supervision.EndedAt is null)
        || RecordingConsent == CallCenterKit.Recordings.RecordingConsent.Asked
        || Recordings.Any(recording => recording is { Length: null, Fault: null } || IsToBeDiscarded(recording));

    /// <summary>Whether the file of one of its recordings, no message, is still to be deleted because the customer did not want it.</summary>
    private bool IsToBeDiscarded(RecordingRecord recording) => RecordingConsent == CallCenterKit.Recordings.RecordingConsent.Refused
        && Ending != CallRecordEnding.Interrupted && recording is { Mailbox: null, IsDiscarded: false, DiscardFault: null };

    /// <summary>Whether more can follow: it runs, has a place in a queue, or an agent has not finished with it.</summary>
    [JsonIgnore]
    public bool IsOpen => IsRunning || Entry is not null || Assignments.Count > 0;
}

/// <summary>One leg in a call besides the customer's.</summary>
/// <param name="Leg">Which.</param>
/// <param name="Agent">Who; null when it was no agent.</param>
/// <param name="Endpoint">On which phone.</param>
/// <param name="JoinedAt">When it came into the call.</param>
/// <param name="LeftAt">When it left; null while it is there.</param>
public sealed record CallLegRecord(CallId Leg, AgentId? Agent, EndpointId Endpoint, DateTimeOffset JoinedAt, DateTimeOffset? LeftAt)
{
    /// <summary>Whether it was a party outside.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOutside { get; init; }

    /// <summary>How long it spoke with the customer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan Talk { get; init; }

    /// <summary>How long it held the customer, or was held.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan Hold { get; init; }

    /// <summary>How long it was in a consultation, from the first ring.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan Consult { get; init; }

    /// <summary>What it does now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CallLegActivity Activity { get; init; }

    /// <summary>Since when; null when it does nothing that is counted.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The consultation it is in; null with the customer.</summary>
    public int? Consultation { get; init; }

    /// <summary>Whether it has put the others on hold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Holds { get; init; }
}

/// <summary>What one leg of a call does.</summary>
public enum CallLegActivity
{
    /// <summary>Nothing: the customer has left, or it has.</summary>
    None,

    /// <summary>Speaks with the customer.</summary>
    Talking,

    /// <summary>Holds, or is held.</summary>
    Holding,

    /// <summary>Speaks, or is about to, with somebody while the customer waits.</summary>
    Consulting,
}

/// <summary>How the customer was passed on once.</summary>
/// <param name="Transfer">Counts within the call.</param>
/// <param name="Kind">How.</param>
/// <param name="By">The agent who did; null when it was none.</param>
/// <param name="ByLeg">On which leg.</param>
/// <param name="To">Whom to: "extension:201", "queue:support", "outside".</param>
/// <param name="At">When.</param>
public sealed record CallTransferRecord(int Transfer, TransferKind Kind, AgentId? By, CallId ByLeg, string To, DateTimeOffset At)
{
    /// <summary>How it ended; null while that is not known.</summary>
    public TransferEnd? End { get; init; }

    /// <summary>Whether whoever passed the customer on took it back when nobody else did; null when that was not asked.</summary>
    public bool? Returned { get; init; }
}

/// <summary>One supervisor of a call.</summary>
/// <param name="By">Who.</param>
/// <param name="Leg">On which leg.</param>
/// <param name="Endpoint">On which phone.</param>
/// <param name="Steps">What they did, in order; the last holds until the end.</param>
/// <param name="EndedAt">When they left; null while they are there.</param>
public sealed record SupervisionRecord(ActorId By, CallId Leg, EndpointId Endpoint, IReadOnlyList<SupervisionStep> Steps, DateTimeOffset? EndedAt)
{
    /// <summary>Why it ended; null while it goes on, or when the process died.</summary>
    public SupervisionEnd? End { get; init; }
}

/// <summary>One role of a supervisor, with one agent.</summary>
/// <param name="At">Since when.</param>
/// <param name="Agent">Who was supervised.</param>
/// <param name="Role">How.</param>
public sealed record SupervisionStep(DateTimeOffset At, AgentId Agent, SupervisionRole Role);

/// <summary>An agent who has not finished with a call.</summary>
/// <param name="Agent">Who.</param>
/// <param name="WrappingUpSince">Since when the agent does after-call work; null before.</param>
public sealed record AssignmentRecord(AgentId Agent, DateTimeOffset? WrappingUpSince);

/// <summary>One recording of a call.</summary>
/// <param name="Recording">Which.</param>
/// <param name="File">Its file, relative to the recording folder.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Length">How much audio it holds; null while it runs or when the process died.</param>
/// <param name="Fault">Why it stopped early; null when it did not.</param>
public sealed record RecordingRecord(RecordingId Recording, string File, DateTimeOffset StartedAt, TimeSpan? Length, string? Fault)
{
    /// <summary>Whose message it is; null of a conversation.</summary>
    public MailboxId? Mailbox { get; init; }

    /// <summary>The customer's leg that was recorded; null of a message.</summary>
    public CallId? Leg { get; init; }

    /// <summary>Who asked for it; null when a rule did.</summary>
    public ActorId? By { get; init; }

    /// <summary>Who has paused it; null while it is not.</summary>
    public ActorId? PausedBy { get; init; }

    /// <summary>Who ended it before the leg did; null when nobody did.</summary>
    public ActorId? StoppedBy { get; init; }

    /// <summary>What is on it, each part up to the offset of the next.</summary>
    public IReadOnlyList<RecordingSegment> Segments { get; init; } = [];

    /// <summary>SHA-256 of the finished file in lower-case hex; null while it runs, after a fault that left none, or when it is not kept.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The size of the finished file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Bytes { get; init; }

    /// <summary>When its file was deleted because the customer did not want it, or a message said nothing; null when it was not.</summary>
    public DateTimeOffset? DiscardedAt { get; init; }

    /// <summary>Whether its file was deleted, as <see cref="DiscardedAt"/> tells.</summary>
    [JsonIgnore]
    public bool IsDiscarded => DiscardedAt is not null;

    /// <summary>Why it should have been deleted and is still there; null when neither.</summary>
    public string? DiscardFault { get; init; }
}

/// <summary>A part of a recording.</summary>
/// <param name="Offset">Where it begins, from the start of the recording.</param>
/// <param name="Kind">What is heard.</param>
public sealed record RecordingSegment(TimeSpan Offset, RecordingSegmentKind Kind)
{
    /// <summary>With whom the customer talks; empty when that is no agent.</summary>
    public IReadOnlyList<AgentId> Agents { get; init; } = [];

    /// <summary>Who paused it; null when it is not paused.</summary>
    public ActorId? By { get; init; }
}

/// <summary>What is heard on a part of a recording.</summary>
public enum RecordingSegmentKind
{
    /// <summary>The customer with a machine.</summary>
    Ivr,

    /// <summary>The customer who waits in a queue, or for somebody who is being rung.</summary>
    Waiting,

    /// <summary>The customer with one of ours.</summary>
    Talk,

    /// <summary>One of them on hold.</summary>
    Hold,

    /// <summary>The customer who waits while somebody else is asked.</summary>
    Consultation,

    /// <summary>Silence: somebody, or a rule, has paused it.</summary>
    Paused,
}

/// <summary>How a callback in place of waiting stands.</summary>
public enum CallbackState
{
    /// <summary>Asked for; the place is kept.</summary>
    Booked,

    /// <summary>The customer was called and is, or was, there.</summary>
    Reached,

    /// <summary>Called in vain too often, or for too long.</summary>
    GivenUp,
}

/// <summary>How an interaction ended.</summary>
public enum CallRecordEnding
{
    /// <summary>It lives.</summary>
    Open,

    /// <summary>The customer spoke with one of ours.</summary>
    Completed,

    /// <summary>The customer left while waiting.</summary>
    Abandoned,

    /// <summary>The customer keeps the place and waits to be called back.</summary>
    Callback,

    /// <summary>It waited too long, or there was no place, and it was not taken elsewhere.</summary>
    Unserved,

    /// <summary>It ended in the flow, before any queue.</summary>
    EndedInFlow,

    /// <summary>It was refused before a flow.</summary>
    Refused,

    /// <summary>The process died while it was open.</summary>
    Interrupted,

    /// <summary>We called, and the party was busy, did not answer, refused, or could not be reached: see <see cref="CallRecord.Cause"/>.</summary>
    NotReached,
}

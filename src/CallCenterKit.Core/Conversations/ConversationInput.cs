using CallCenterKit.Recordings;
using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

/// <summary>What a conversation is told. A button, a feature code, a phone's signal and a flow's verb are the same input.</summary>
public abstract record ConversationInput
{
    private protected ConversationInput()
    {
    }
}

/// <summary>The customer's leg is there: it called us, or we called it back.</summary>
/// <param name="Leg">Its leg.</param>
/// <param name="Party">Who, without personal values.</param>
/// <param name="Direction">Who began.</param>
/// <param name="Origin">Endpoint or trunk it came from, as text; no personal value.</param>
/// <param name="Dialled">The number of ours that was dialled.</param>
public sealed record CustomerArrived(CallId Leg, PartyId Party, CallDirection Direction, string Origin, string Dialled) : ConversationInput;

/// <summary>The customer asked to be called back, was called, and is there.</summary>
public sealed record CustomerCalledBack(CallId Leg) : ConversationInput
{
    /// <summary>What is recorded by the rule of the center; <see cref="RecordingMode.Never"/> of a customer who has refused it.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>The customer who waits is to be told how things stand; music goes on afterwards where it was.</summary>
public sealed record AnnouncementDue(IReadOnlyList<PlaySource> Sources) : ConversationInput;

/// <summary>A flow has taken the customer.</summary>
public sealed record FlowStarted(string Flow) : ConversationInput
{
    /// <summary>What the rules of the number that led there and of the center say about recording; null says nothing.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>The flow has returned; whoever it still holds is hung up.</summary>
/// <param name="Flow">Which.</param>
/// <param name="Fault">What went wrong in it; null when nothing did.</param>
public sealed record FlowEnded(string Flow, string? Fault = null) : ConversationInput;

/// <summary>The customer waits in a queue.</summary>
/// <param name="Queue">Where.</param>
/// <param name="Music">Played meanwhile; null plays nothing.</param>
public sealed record WaitStarted(QueueId Queue, string? Music) : ConversationInput
{
    /// <summary>What the queue's rule says about recording; null says nothing.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>The customer waits no longer and is with the flow again.</summary>
public sealed record WaitEnded(QueueId Queue) : ConversationInput;

/// <summary>An agent has answered for this interaction: join them.</summary>
/// <param name="Leg">The agent's leg, answered.</param>
/// <param name="Agent">Who.</param>
/// <param name="Endpoint">On which phone.</param>
/// <param name="Queue">From which queue; null for a call without one.</param>
/// <param name="Recording">What the agent's rule says about recording; null says nothing.</param>
public sealed record AgentJoined(CallId Leg, AgentId Agent, EndpointId Endpoint, QueueId? Queue, RecordingMode? Recording) : ConversationInput
{
    /// <summary>What the queue's rule says about recording; null says nothing.</summary>
    public RecordingMode? QueueRecording { get; init; }
}

/// <summary>An extension without an agent has answered: an internal call, or a number of ours.</summary>
public sealed record ExtensionJoined(CallId Leg, EndpointId Endpoint, RecordingMode? Recording) : ConversationInput;

/// <summary>A leg was answered.</summary>
public sealed record LegAnswered(CallId Leg) : ConversationInput;

/// <summary>A leg is over.</summary>
public sealed record LegEnded(CallId Leg, CallEnding Ending) : ConversationInput;

/// <summary>A party puts the other side on hold.</summary>
public sealed record HoldAsked(CallId By) : ConversationInput;

/// <summary>A party takes the other side back.</summary>
public sealed record ResumeAsked(CallId By) : ConversationInput;

/// <summary>A leg has begun to sound poor, or sounds good again.</summary>
public sealed record QualityChanged(CallId Leg, CallQuality Quality) : ConversationInput;

/// <summary>End the interaction.</summary>
public sealed record HangUpAsked(HangUpCause Cause, ActorId By) : ConversationInput;

/// <summary>A party passes the other side on to somebody else, without asking them first.</summary>
/// <param name="By">The leg of the party that asks; it is released at once.</param>
/// <param name="Target">Whom to.</param>
/// <param name="Actor">Who asks.</param>
public sealed record TransferAsked(CallId By, TransferTarget Target, ActorId Actor) : ConversationInput;

/// <summary>A party wants to speak with somebody else while the other side waits.</summary>
public sealed record ConsultAsked(CallId By, TransferTarget Target, ActorId Actor) : ConversationInput;

/// <summary>The phone of a party has called somebody else on a second leg while it holds the first: a consultation.</summary>
/// <param name="Leg">The second leg, inbound and not answered.</param>
/// <param name="First">The leg that holds.</param>
/// <param name="Target">Whom it called.</param>
/// <param name="Actor">Who asks.</param>
public sealed record SecondCallCame(CallId Leg, CallId First, TransferTarget Target, ActorId Actor) : ConversationInput;

/// <summary>Whoever consults passes the other side on to the consulted party, also while that still rings.</summary>
public sealed record CompletionAsked(CallId By, ActorId Actor) : ConversationInput;

/// <summary>Whoever consults goes back to the other side; the consulted party is hung up.</summary>
public sealed record CancellationAsked(CallId By) : ConversationInput;

/// <summary>Whoever consults brings all together.</summary>
public sealed record ConferenceAsked(CallId By) : ConversationInput;

/// <summary>A party wants somebody else to join those who talk.</summary>
public sealed record PartyAsked(CallId By, TransferTarget Target) : ConversationInput;

/// <summary>A party is to leave; the others stay as long as they are two.</summary>
public sealed record RemovalAsked(CallId Leg) : ConversationInput;

/// <summary>A phone asks to join the far ends of two of its legs: RFC 3515 with Replaces of RFC 3891.</summary>
/// <param name="By">The leg on which it asks.</param>
/// <param name="Replaces">Its other leg, in this interaction or in another.</param>
/// <param name="Actor">Who asks.</param>
public sealed record AttendedTransferAsked(CallId By, CallId Replaces, ActorId Actor) : ConversationInput;

/// <summary>Another leg of ours takes the place of one that talks here.</summary>
/// <param name="Old">The leg whose place it takes.</param>
/// <param name="New">The new leg, inbound and not answered.</param>
/// <param name="Agent">Who works there; null when nobody does.</param>
/// <param name="Endpoint">On which phone.</param>
public sealed record LegTakenOver(CallId Old, CallId New, AgentId? Agent, EndpointId Endpoint) : ConversationInput
{
    /// <summary>What the agent's rule says about recording; null says nothing.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>Another interaction wants whoever talks with this leg. Answered by one <see cref="HandOver"/> or <see cref="RefuseHandOver"/>.</summary>
/// <param name="Leg">A leg here, whose party asks for it.</param>
/// <param name="To">The interaction that goes on.</param>
/// <param name="By">That party's leg there.</param>
/// <param name="Actor">Who asks.</param>
public sealed record HandOverAsked(CallId Leg, InteractionId To, CallId By, ActorId Actor) : ConversationInput;

/// <summary>Those who talked with the asking party in another interaction. A result of <see cref="AskForHandOver"/>.</summary>
public sealed record PartiesHandedOver(CallId By, IReadOnlyList<HandedParty> Parties, ActorId Actor) : ConversationInput;

/// <summary>Nobody there can be had. A result of <see cref="AskForHandOver"/>.</summary>
public sealed record HandOverRefused(CallId By) : ConversationInput;

/// <summary>A supervisor is there, allowed to hear a call of an agent.</summary>
/// <param name="Leg">The supervisor's leg, answered.</param>
/// <param name="Endpoint">On which phone.</param>
/// <param name="Agent">Who is supervised.</param>
/// <param name="Role">In which role to begin.</param>
/// <param name="Scope">Whom it goes on with when the agent leaves.</param>
/// <param name="Actor">Who it is; once in a conversation.</param>
public sealed record SupervisorJoined(CallId Leg, EndpointId Endpoint, AgentId Agent, SupervisionRole Role, SupervisionScope Scope, ActorId Actor) : ConversationInput;

/// <summary>A supervisor wants to go on in another role.</summary>
public sealed record SupervisionRoleAsked(CallId Leg, SupervisionRole Role, ActorId Actor) : ConversationInput;

/// <summary>A supervisor is to leave.</summary>
public sealed record SupervisionEndAsked(CallId Leg, ActorId Actor) : ConversationInput;

/// <summary>Whoever is dialled rings.</summary>
public sealed record DialRings(int Dial) : ConversationInput;

/// <summary>Whoever was dialled has answered. A result of <see cref="DialParty"/>.</summary>
/// <param name="Dial">Which attempt.</param>
/// <param name="Leg">The new leg.</param>
/// <param name="Agent">Who works there; null when nobody does.</param>
/// <param name="Endpoint">On which phone; null outside.</param>
/// <param name="Recording">What the rule of the number or of the agent there says about recording; null says nothing.</param>
public sealed record DialAnswered(int Dial, CallId Leg, AgentId? Agent, EndpointId? Endpoint, RecordingMode? Recording = null) : ConversationInput;

/// <summary>Whoever was dialled did not answer. A result of <see cref="DialParty"/>.</summary>
public sealed record DialFailed(int Dial, DialEnd End) : ConversationInput;

/// <summary>Somebody wants the conversation recorded. Heeded where a rule allows it and the customer has not refused.</summary>
public sealed record RecordingStartAsked(ActorId By) : ConversationInput;

/// <summary>Somebody wants a recording that a person started to end.</summary>
public sealed record RecordingStopAsked(ActorId By) : ConversationInput;

/// <summary>Somebody wants silence in place of the voices, until it is taken back.</summary>
public sealed record RecordingPauseAsked(ActorId By) : ConversationInput
{
    /// <summary>Whether a flow waits for it: then one <see cref="ConfirmRecording"/> follows, whatever was done.</summary>
    public bool IsAwaited { get; init; }
}

/// <summary>Somebody wants the voices on the recording again.</summary>
public sealed record RecordingResumeAsked(ActorId By) : ConversationInput
{
    /// <inheritdoc cref="RecordingPauseAsked.IsAwaited"/>
    public bool IsAwaited { get; init; }
}

/// <summary>The customer is asked whether they may be recorded, or has answered. The last answer counts.</summary>
public sealed record ConsentNoted(RecordingConsent Consent) : ConversationInput;

/// <summary>A recording's file is closed.</summary>
public sealed record RecordingClosed(RecordingId Recording, TimeSpan Length, long DroppedFrames, string? Fault) : ConversationInput
{
    /// <summary>SHA-256 of the finished file in lower-case hex; null after a fault that left none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The size of the file.</summary>
    public long Bytes { get; init; }
}

/// <summary>A recording's file is deleted. A result of <see cref="DeleteRecording"/>.</summary>
/// <param name="Recording">Which.</param>
/// <param name="Fault">Why it is still there; null when it is gone.</param>
public sealed record RecordingDeleted(RecordingId Recording, string? Fault) : ConversationInput;

/// <summary>A recording to make.</summary>
/// <param name="Id">The recording.</param>
/// <param name="File">Its file, relative to the recording folder.</param>
public sealed record RecordingOrder(RecordingId Id, string File)
{
    /// <summary>Whether it holds silence until it is resumed.</summary>
    public bool StartPaused { get; init; }
}

/// <summary>A party that comes from another interaction.</summary>
/// <param name="Leg">Its leg, answered.</param>
/// <param name="Agent">Who; null when it is no agent.</param>
/// <param name="Endpoint">On which phone; null outside.</param>
/// <param name="Queue">Whose after-call work applies to the agent; null when none does.</param>
public sealed record HandedParty(CallId Leg, AgentId? Agent, EndpointId? Endpoint, QueueId? Queue = null)
{
    /// <summary>What is to be recorded while it is there; null says nothing.</summary>
    public RecordingMode? Recording { get; init; }
}

using CallCenterKit.Journal;
using CallCenterKit.Recordings;
using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

/// <summary>What happened in one interaction.</summary>
public abstract record ConversationEvent : CenterEvent
{
    private protected ConversationEvent()
    {
    }
}

/// <summary>An interaction began.</summary>
[EventKind("interaction.started")]
public sealed record InteractionStarted(
    InteractionId Interaction,
    PartyId Party,
    CallId Leg,
    CallDirection Direction,
    string Origin,
    string Dialled) : ConversationEvent
{
    /// <summary>Who asked for it; null when it is whoever called.</summary>
    public ActorId? By { get; init; }

    /// <summary>What the rules of number and center say about recording; null when they say nothing, or a flow takes the call.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>The customer asked to be called back, was called, and is there: the interaction lives again.</summary>
[EventKind("interaction.called-back")]
public sealed record InteractionCalledBack(InteractionId Interaction, CallId Leg) : ConversationEvent
{
    /// <summary>What is recorded from now on, by the rule of the center; <see cref="RecordingMode.Never"/> of a customer who has refused it.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>A flow took the customer.</summary>
[EventKind("flow.entered")]
public sealed record FlowEntered(InteractionId Interaction, string Flow) : ConversationEvent
{
    /// <summary>What the rules of number and center say about recording; null when they say nothing.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>A flow is done with the customer.</summary>
[EventKind("flow.left")]
public sealed record FlowLeft(InteractionId Interaction, string Flow, string? Fault) : ConversationEvent;

/// <summary>The customer's leg was answered.</summary>
[EventKind("interaction.answered")]
public sealed record InteractionAnswered(InteractionId Interaction, CallId Leg) : ConversationEvent;

/// <summary>Somebody else than the customer has come into the conversation.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="Leg">Their leg.</param>
/// <param name="Agent">Who; null when it is an extension without an agent.</param>
/// <param name="Endpoint">On which phone.</param>
/// <param name="Queue">From which queue; null without one.</param>
[EventKind("conversation.joined")]
public sealed record ConversationJoined(
    InteractionId Interaction,
    CallId Leg,
    AgentId? Agent,
    EndpointId Endpoint,
    QueueId? Queue) : ConversationEvent
{
    /// <summary>The endpoint of a party outside.</summary>
    public static EndpointId Outside { get; } = new("outside");

    /// <summary>In which consultation, apart from the customer; null with the customer.</summary>
    public int? Consultation { get; init; }

    /// <summary>Whether it is a party outside, reached by a trunk.</summary>
    public bool IsOutside { get; init; }

    /// <summary>What their rule says about recording; null when it says nothing.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>Somebody else than the customer has left the conversation.</summary>
[EventKind("conversation.left")]
public sealed record ConversationParted(
    InteractionId Interaction,
    CallId Leg,
    AgentId? Agent,
    HangUpCause Cause,
    CallEndedBy By) : ConversationEvent;

/// <summary>The customer, or the agent, was put on hold by the other.</summary>
[EventKind("conversation.held")]
public sealed record ConversationHeld(InteractionId Interaction, CallId By) : ConversationEvent;

/// <summary>They speak again.</summary>
[EventKind("conversation.resumed")]
public sealed record ConversationResumed(InteractionId Interaction, CallId By) : ConversationEvent;

/// <summary>Somebody is rung for a conversation that goes on.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="Dial">Counts up within the conversation; names a consultation too.</param>
/// <param name="Purpose">What for.</param>
/// <param name="By">The leg of whoever wanted it.</param>
/// <param name="Target">Whom: "extension:201", "outside".</param>
[EventKind("conversation.dialled")]
public sealed record PartyDialled(InteractionId Interaction, int Dial, DialPurpose Purpose, CallId By, string Target) : ConversationEvent;

/// <summary>Ringing somebody is over.</summary>
[EventKind("conversation.dial-ended")]
public sealed record PartyDialEnded(InteractionId Interaction, int Dial, DialPurpose Purpose, DialEnd End) : ConversationEvent;

/// <summary>A party turned to somebody else while the customer waits.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="Consultation">The number of its dial.</param>
/// <param name="Asker">The party's leg with the customer.</param>
/// <param name="Via">The leg on which it consults: the same, or a second one.</param>
/// <param name="Target">Whom: "extension:201".</param>
/// <param name="Actor">Who asked for it.</param>
[EventKind("consultation.started")]
public sealed record ConsultationBegan(InteractionId Interaction, int Consultation, CallId Asker, CallId Via, string Target, ActorId Actor) : ConversationEvent;

/// <summary>A consultation is over; whoever was in it and is still there is with the customer now.</summary>
[EventKind("consultation.ended")]
public sealed record ConsultationOver(InteractionId Interaction, int Consultation, ConsultationEnd End) : ConversationEvent;

/// <summary>A party passes the customer on.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="Transfer">Counts up with the dials of the conversation.</param>
/// <param name="Kind">How.</param>
/// <param name="By">The party's leg.</param>
/// <param name="Agent">Who; null when it is no agent.</param>
/// <param name="Endpoint">The party's phone, which is rung when nobody takes the customer; null when there is none.</param>
/// <param name="Target">Whom to: "extension:201", "queue:support", "outside".</param>
/// <param name="Number">The number of ours that leads to a place; null for a person.</param>
/// <param name="Actor">Who asked for it.</param>
[EventKind("transfer.started")]
public sealed record TransferBegan(
    InteractionId Interaction,
    int Transfer,
    TransferKind Kind,
    CallId By,
    AgentId? Agent,
    EndpointId? Endpoint,
    string Target,
    string? Number,
    ActorId Actor) : ConversationEvent;

/// <summary>The new party has the customer, or could not be had.</summary>
[EventKind("transfer.ended")]
public sealed record TransferOver(InteractionId Interaction, int Transfer, TransferEnd End) : ConversationEvent;

/// <summary>A supervisor hears a call of an agent. Neither the agent nor the customer is told.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="Leg">The supervisor's leg.</param>
/// <param name="Endpoint">On which phone.</param>
/// <param name="Agent">Who is supervised.</param>
/// <param name="Role">In which role.</param>
/// <param name="Scope">Whom it goes on with when the agent leaves.</param>
/// <param name="By">The supervisor.</param>
[EventKind("supervision.started")]
public sealed record SupervisionBegan(
    InteractionId Interaction,
    CallId Leg,
    EndpointId Endpoint,
    AgentId Agent,
    SupervisionRole Role,
    SupervisionScope Scope,
    ActorId By) : ConversationEvent;

/// <summary>A supervisor goes on in another role, or with another agent.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="Leg">The supervisor's leg.</param>
/// <param name="Agent">Who is supervised from now on.</param>
/// <param name="Role">In which role from now on.</param>
/// <param name="By">Who asked for the role; null when the call went on with another agent.</param>
[EventKind("supervision.changed")]
public sealed record SupervisionChanged(InteractionId Interaction, CallId Leg, AgentId Agent, SupervisionRole Role, ActorId? By) : ConversationEvent;

/// <summary>A supervisor hears the call no more.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="Leg">The supervisor's leg.</param>
/// <param name="End">Why.</param>
/// <param name="By">Who ended it; null when it ended with the call or the agent.</param>
[EventKind("supervision.ended")]
public sealed record SupervisionEnded(InteractionId Interaction, CallId Leg, SupervisionEnd End, ActorId? By) : ConversationEvent;

/// <summary>Another leg has taken the place of one; whoever talked with it goes on.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="Old">The leg that is over.</param>
/// <param name="New">The leg in its place.</param>
/// <param name="Agent">Who; null when it is no agent.</param>
/// <param name="Endpoint">On which phone.</param>
[EventKind("conversation.leg-replaced")]
public sealed record LegReplaced(InteractionId Interaction, CallId Old, CallId New, AgentId? Agent, EndpointId Endpoint) : ConversationEvent
{
    /// <summary>What the rule of whoever is there says about recording; null when it says nothing.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>The party whose matter it was has passed the call on: the one it talked with is the customer now.</summary>
[EventKind("interaction.customer-changed")]
public sealed record CustomerChanged(InteractionId Interaction, CallId Leg) : ConversationEvent;

/// <summary>Those who talked here go on in another interaction.</summary>
/// <param name="Interaction">The one that ends.</param>
/// <param name="Into">The one that goes on.</param>
/// <param name="By">The leg here of the party that brought them together.</param>
[EventKind("interaction.merged")]
public sealed record InteractionMerged(InteractionId Interaction, InteractionId Into, CallId By) : ConversationEvent;

/// <summary>Another rule of a queue counts for what is recorded.</summary>
/// <param name="Interaction">Of which interaction.</param>
/// <param name="Queue">Which queue; null when the customer has left the one before.</param>
/// <param name="Mode">What it says; null says nothing.</param>
[EventKind("recording.ruled")]
public sealed record RecordingRuled(InteractionId Interaction, QueueId? Queue, RecordingMode? Mode) : ConversationEvent;

/// <summary>A recording began.</summary>
/// <param name="Interaction">Of which interaction.</param>
/// <param name="Recording">The recording.</param>
/// <param name="File">Its file, relative to the recording folder.</param>
[EventKind("recording.started")]
public sealed record RecordingStarted(InteractionId Interaction, RecordingId Recording, string File) : ConversationEvent
{
    /// <summary>The customer's leg that is recorded.</summary>
    public CallId? Leg { get; init; }

    /// <summary>Who asked for it; null when a rule did.</summary>
    public ActorId? By { get; init; }
}

/// <summary>From here on the recording holds silence.</summary>
/// <param name="Interaction">Of which interaction.</param>
/// <param name="Recording">The recording.</param>
/// <param name="By">Who asked for it: a person, a flow, or <see cref="RecordingPolicy.Actor"/>. May follow another pause: then somebody else wants it now.</param>
[EventKind("recording.paused")]
public sealed record RecordingPaused(InteractionId Interaction, RecordingId Recording, ActorId By) : ConversationEvent;

/// <summary>From here on the recording holds the voices again.</summary>
/// <param name="Interaction">Of which interaction.</param>
/// <param name="Recording">The recording.</param>
/// <param name="By">Who asked for it: a person, a flow, or <see cref="RecordingPolicy.Actor"/>.</param>
[EventKind("recording.resumed")]
public sealed record RecordingResumed(InteractionId Interaction, RecordingId Recording, ActorId By) : ConversationEvent;

/// <summary>Somebody stopped a recording; its file is closed with <see cref="RecordingEnded"/>.</summary>
[EventKind("recording.stopped")]
public sealed record RecordingStopped(InteractionId Interaction, RecordingId Recording, ActorId By) : ConversationEvent;

/// <summary>A recording's file is closed.</summary>
[EventKind("recording.ended")]
public sealed record RecordingEnded(
    InteractionId Interaction,
    RecordingId Recording,
    TimeSpan Length,
    long DroppedFrames,
    string? Fault) : ConversationEvent
{
    /// <summary>SHA-256 of the finished file in lower-case hex; null when a fault left none, or the file is not kept.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The size of the file; 0 when it is not kept.</summary>
    public long Bytes { get; init; }
}

/// <summary>The customer is asked whether they may be recorded.</summary>
[EventKind("recording.consent-asked")]
public sealed record RecordingConsentAsked(InteractionId Interaction) : ConversationEvent;

/// <summary>The customer agreed to be recorded.</summary>
[EventKind("recording.consent-given")]
public sealed record RecordingConsentGiven(InteractionId Interaction) : ConversationEvent;

/// <summary>The customer does not want to be recorded: nothing is from now on, and what was is deleted.</summary>
[EventKind("recording.consent-refused")]
public sealed record RecordingConsentRefused(InteractionId Interaction) : ConversationEvent;

/// <summary>The customer does not want to be recorded, and the file is gone.</summary>
[EventKind("recording.discarded")]
public sealed record RecordingDiscarded(InteractionId Interaction, RecordingId Recording) : ConversationEvent;

/// <summary>The customer does not want to be recorded, but the file could not be deleted: somebody has to.</summary>
[EventKind("recording.not-discarded")]
public sealed record RecordingNotDiscarded(InteractionId Interaction, RecordingId Recording, string Fault) : ConversationEvent;

/// <summary>A leg has begun to sound poor.</summary>
/// <param name="Interaction">Of which interaction.</param>
/// <param name="Leg">The leg.</param>
/// <param name="Mos">Estimated mean opinion score, 1 to 4.4.</param>
/// <param name="Loss">Share of the audio that was not heard, 0 to 1.</param>
/// <param name="Jitter">How unevenly packets arrive.</param>
/// <param name="RoundTrip">The way to the party and back; zero where it is not known.</param>
[EventKind("leg.quality-poor")]
public sealed record LegQualityPoor(InteractionId Interaction, CallId Leg, double Mos, double Loss, TimeSpan Jitter, TimeSpan RoundTrip) : ConversationEvent;

/// <summary>A leg that sounded poor sounds good again.</summary>
[EventKind("leg.quality-good")]
public sealed record LegQualityGood(InteractionId Interaction, CallId Leg, double Mos) : ConversationEvent;

/// <summary>An interaction is over.</summary>
[EventKind("interaction.ended")]
public sealed record InteractionEnded(InteractionId Interaction, HangUpCause Cause, CallEndedBy By) : ConversationEvent;

/// <summary>An interaction was open when the process died; written by the next life of the center.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="LastSeen">The last event or heartbeat before the end.</param>
[EventKind("interaction.interrupted")]
public sealed record InteractionInterrupted(InteractionId Interaction, DateTimeOffset LastSeen) : ConversationEvent;

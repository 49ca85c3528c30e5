using CallCenterKit.Journal;
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
}

/// <summary>The customer asked to be called back, was called, and is there: the interaction lives again.</summary>
[EventKind("interaction.called-back")]
public sealed record InteractionCalledBack(InteractionId Interaction, CallId Leg) : ConversationEvent;

/// <summary>A flow took the customer.</summary>
[EventKind("flow.entered")]
public sealed record FlowEntered(InteractionId Interaction, string Flow) : ConversationEvent;

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
public sealed record LegReplaced(InteractionId Interaction, CallId Old, CallId New, AgentId? Agent, EndpointId Endpoint) : ConversationEvent;

/// <summary>The party whose matter it was has passed the call on: the one it talked with is the customer now.</summary>
[EventKind("interaction.customer-changed")]
public sealed record CustomerChanged(InteractionId Interaction, CallId Leg) : ConversationEvent;

/// <summary>Those who talked here go on in another interaction.</summary>
/// <param name="Interaction">The one that ends.</param>
/// <param name="Into">The one that goes on.</param>
/// <param name="By">The leg here of the party that brought them together.</param>
[EventKind("interaction.merged")]
public sealed record InteractionMerged(InteractionId Interaction, InteractionId Into, CallId By) : ConversationEvent;

/// <summary>A recording began.</summary>
/// <param name="Interaction">Of which interaction.</param>
/// <param name="Recording">The recording.</param>
/// <param name="File">Its file, relative to the recording folder.</param>
[EventKind("recording.started")]
public sealed record RecordingStarted(InteractionId Interaction, RecordingId Recording, string File) : ConversationEvent;

/// <summary>A recording's file is closed.</summary>
[EventKind("recording.ended")]
public sealed record RecordingEnded(
    InteractionId Interaction,
    RecordingId Recording,
    TimeSpan Length,
    long DroppedFrames,
    string? Fault) : ConversationEvent;

/// <summary>An interaction is over.</summary>
[EventKind("interaction.ended")]
public sealed record InteractionEnded(InteractionId Interaction, HangUpCause Cause, CallEndedBy By) : ConversationEvent;

/// <summary>An interaction was open when the process died; written by the next life of the center.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="LastSeen">The last event or heartbeat before the end.</param>
[EventKind("interaction.interrupted")]
public sealed record InteractionInterrupted(InteractionId Interaction, DateTimeOffset LastSeen) : ConversationEvent;

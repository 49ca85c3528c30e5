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

/// <summary>Somebody of ours speaks with the customer.</summary>
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
    QueueId? Queue) : ConversationEvent;

/// <summary>Somebody of ours speaks with the customer no more.</summary>
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

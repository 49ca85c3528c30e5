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
public sealed record CustomerCalledBack(CallId Leg) : ConversationInput;

/// <summary>The customer who waits is to be told how things stand; music goes on afterwards where it was.</summary>
public sealed record AnnouncementDue(IReadOnlyList<PlaySource> Sources) : ConversationInput;

/// <summary>A flow has taken the customer.</summary>
public sealed record FlowStarted(string Flow) : ConversationInput;

/// <summary>The flow has returned; whoever it still holds is hung up.</summary>
/// <param name="Flow">Which.</param>
/// <param name="Fault">What went wrong in it; null when nothing did.</param>
public sealed record FlowEnded(string Flow, string? Fault = null) : ConversationInput;

/// <summary>The customer waits in a queue.</summary>
/// <param name="Queue">Where.</param>
/// <param name="Music">Played meanwhile; null plays nothing.</param>
public sealed record WaitStarted(QueueId Queue, string? Music) : ConversationInput;

/// <summary>The customer waits no longer and is with the flow again.</summary>
public sealed record WaitEnded(QueueId Queue) : ConversationInput;

/// <summary>An agent has answered for this interaction: join them.</summary>
/// <param name="Leg">The agent's leg, answered.</param>
/// <param name="Agent">Who.</param>
/// <param name="Endpoint">On which phone.</param>
/// <param name="Queue">From which queue; null for a call without one.</param>
/// <param name="Recording">Begin this recording of the customer's leg now; null does not.</param>
public sealed record AgentJoined(CallId Leg, AgentId Agent, EndpointId Endpoint, QueueId? Queue, RecordingOrder? Recording) : ConversationInput;

/// <summary>An extension without an agent has answered: an internal call, or a number of ours.</summary>
public sealed record ExtensionJoined(CallId Leg, EndpointId Endpoint, RecordingOrder? Recording) : ConversationInput;

/// <summary>A leg was answered.</summary>
public sealed record LegAnswered(CallId Leg) : ConversationInput;

/// <summary>A leg is over.</summary>
public sealed record LegEnded(CallId Leg, CallEnding Ending) : ConversationInput;

/// <summary>A party puts the other side on hold.</summary>
public sealed record HoldAsked(CallId By) : ConversationInput;

/// <summary>A party takes the other side back.</summary>
public sealed record ResumeAsked(CallId By) : ConversationInput;

/// <summary>End the interaction.</summary>
public sealed record HangUpAsked(HangUpCause Cause, ActorId By) : ConversationInput;

/// <summary>A recording's file is closed.</summary>
public sealed record RecordingClosed(RecordingId Recording, TimeSpan Length, long DroppedFrames, string? Fault) : ConversationInput;

/// <summary>A recording to make.</summary>
/// <param name="Id">The recording.</param>
/// <param name="File">Its file, relative to the recording folder.</param>
public sealed record RecordingOrder(RecordingId Id, string File);

using CallCenterKit.Voice;

namespace CallCenterKit.Conversations;

/// <summary>What a conversation wants done on its legs. Performed in order; matched whole.</summary>
public abstract record ConversationEffect
{
    private protected ConversationEffect()
    {
    }
}

/// <summary>Answer a leg that came in.</summary>
public sealed record AnswerLeg(CallId Leg) : ConversationEffect;

/// <summary>The leg enters the bridge of the interaction.</summary>
public sealed record JoinBridge(CallId Leg) : ConversationEffect;

/// <summary>The leg leaves the bridge.</summary>
public sealed record LeaveBridge(CallId Leg) : ConversationEffect;

/// <summary>Play on a leg, again and again; null is the center's music on hold.</summary>
public sealed record PlayMusic(CallId Leg, string? Music) : ConversationEffect;

/// <summary>Play once on a leg, in place of music that goes on afterwards where it was; null goes on with silence.</summary>
public sealed record PlayAnnouncement(CallId Leg, IReadOnlyList<PlaySource> Sources, string? Music) : ConversationEffect;

/// <summary>Stop what is played on a leg.</summary>
public sealed record StopMusic(CallId Leg) : ConversationEffect;

/// <summary>End a leg.</summary>
public sealed record EndLeg(CallId Leg, HangUpCause Cause) : ConversationEffect;

/// <summary>Record a leg. Ends with one <see cref="RecordingClosed"/>.</summary>
public sealed record StartRecording(RecordingOrder Recording, CallId Leg) : ConversationEffect;

/// <summary>Close the recording.</summary>
public sealed record StopRecording(RecordingId Recording) : ConversationEffect;

/// <summary>The agent is done with the interaction: tell routing.</summary>
public sealed record EndAssignment(AgentId Agent) : ConversationEffect;

/// <summary>The wait or the conversation is over and the customer is still there: the flow that queued goes on.</summary>
public sealed record ReturnToFlow : ConversationEffect;

/// <summary>The customer has left: the flow is cancelled, a wait is given up.</summary>
public sealed record CancelFlow : ConversationEffect;

/// <summary>Nothing will follow: the conversation can be let go.</summary>
public sealed record Finish : ConversationEffect;

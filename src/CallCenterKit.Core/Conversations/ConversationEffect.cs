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

/// <summary>Tell whoever calls on this leg that somebody is being rung.</summary>
public sealed record RingLeg(CallId Leg) : ConversationEffect;

/// <summary>The leg enters a bridge of the interaction.</summary>
/// <param name="Leg">Which leg.</param>
/// <param name="Bridge">0 is the customer's; a consultation has that of its number.</param>
public sealed record JoinBridge(CallId Leg, int Bridge = 0) : ConversationEffect;

/// <summary>The leg leaves the bridge.</summary>
/// <param name="Leg">Which leg.</param>
/// <param name="Bridge">The bridge it is in.</param>
public sealed record LeaveBridge(CallId Leg, int Bridge = 0) : ConversationEffect;

/// <summary>A supervisor's leg enters a bridge of the interaction; in there already, its role changes in place.</summary>
/// <param name="Leg">Which leg.</param>
/// <param name="Bridge">The bridge that the supervised agent is in.</param>
/// <param name="Role">What it hears and who hears it.</param>
public sealed record Supervise(CallId Leg, int Bridge, BridgeRole Role) : ConversationEffect;

/// <summary>Play on a leg, again and again; null is the center's music on hold.</summary>
public sealed record PlayMusic(CallId Leg, string? Music) : ConversationEffect;

/// <summary>Let a leg hear that somebody is being rung.</summary>
public sealed record PlayRinging(CallId Leg) : ConversationEffect;

/// <summary>Play once on a leg, in place of music that goes on afterwards where it was; null goes on with silence.</summary>
public sealed record PlayAnnouncement(CallId Leg, IReadOnlyList<PlaySource> Sources, string? Music) : ConversationEffect;

/// <summary>Stop what is played on a leg.</summary>
public sealed record StopMusic(CallId Leg) : ConversationEffect;

/// <summary>End a leg.</summary>
public sealed record EndLeg(CallId Leg, HangUpCause Cause) : ConversationEffect;

/// <summary>Record a leg. Ends with one <see cref="RecordingClosed"/>.</summary>
public sealed record StartRecording(RecordingOrder Recording, CallId Leg) : ConversationEffect;

/// <summary>Close the recording. It may be closed already.</summary>
public sealed record StopRecording(RecordingId Recording) : ConversationEffect;

/// <summary>Write silence in place of the voices from now on.</summary>
public sealed record PauseRecording(RecordingId Recording) : ConversationEffect;

/// <summary>Write the voices again.</summary>
public sealed record ResumeRecording(RecordingId Recording) : ConversationEffect;

/// <summary>Delete the closed file of a recording. Ends with one <see cref="RecordingDeleted"/>.</summary>
public sealed record DeleteRecording(RecordingId Recording, string File) : ConversationEffect;

/// <summary>Tell the flow that what it asked of the recording is done.</summary>
public sealed record ConfirmRecording : ConversationEffect;

/// <summary>The agent is done with the interaction: tell routing.</summary>
/// <param name="Agent">Who.</param>
/// <param name="InVain">Whether there is no after-call work: the agent was only consulted, or goes on with it in another interaction.</param>
public sealed record EndAssignment(AgentId Agent, bool InVain = false) : ConversationEffect;

/// <summary>The agent has the interaction, by no offer: tell routing.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Queue">Whose after-call work applies: where the customer came from; null when they never waited.</param>
public sealed record TakeAssignment(AgentId Agent, QueueId? Queue = null) : ConversationEffect;

/// <summary>Ring somebody. Ends with exactly one <see cref="DialAnswered"/> or <see cref="DialFailed"/>.</summary>
/// <param name="Dial">Names the attempt in its result.</param>
/// <param name="Target">Whom.</param>
/// <param name="Purpose">What for.</param>
/// <param name="By">The leg of whoever wants it, where that is still there; null otherwise.</param>
public sealed record DialParty(int Dial, TransferTarget Target, DialPurpose Purpose, CallId? By) : ConversationEffect;

/// <summary>Ring no more. The attempt still ends with its result.</summary>
public sealed record CancelDial(int Dial) : ConversationEffect;

/// <summary>Tell the party that asked for a transfer how it goes.</summary>
public sealed record ReportTransfer(CallId Leg, TransferProgress Progress) : ConversationEffect;

/// <summary>The flow has the customer no more, who goes on elsewhere: end the flow, keep the leg. Ends with <see cref="FlowEnded"/>.</summary>
public sealed record LeaveFlow : ConversationEffect;

/// <summary>Bring the customer to where a number of ours leads.</summary>
public sealed record EnterPlace(string Number) : ConversationEffect;

/// <summary>Another leg is the customer's from now on.</summary>
public sealed record CustomerIs(CallId Leg) : ConversationEffect;

/// <summary>Ask the interaction that this leg is in for whoever talks with it. Ends with one <see cref="PartiesHandedOver"/> or <see cref="HandOverRefused"/>.</summary>
public sealed record AskForHandOver(CallId Leg, CallId By, ActorId Actor) : ConversationEffect;

/// <summary>Give these legs to another interaction, and tell routing that the agents among them have that one.</summary>
public sealed record HandOver(InteractionId To, CallId By, IReadOnlyList<HandedParty> Parties, ActorId Actor) : ConversationEffect;

/// <summary>Tell another interaction that it gets nobody.</summary>
public sealed record RefuseHandOver(InteractionId To, CallId By) : ConversationEffect;

/// <summary>The wait or the conversation is over and the customer is still there: the flow that queued goes on.</summary>
public sealed record ReturnToFlow : ConversationEffect;

/// <summary>The customer has left: the flow is cancelled, a wait is given up.</summary>
public sealed record CancelFlow : ConversationEffect;

/// <summary>Nothing will follow: the conversation can be let go.</summary>
public sealed record Finish : ConversationEffect;

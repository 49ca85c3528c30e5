using System.Text.Json.Serialization;
using CallCenterKit.Model;
using CallCenterKit.Skills;
using CallCenterKit.Voice;

namespace CallCenterKit.Routing;

/// <summary>What the routing engine is told. Matched whole.</summary>
[JsonDerivedType(typeof(ApplyModel), "apply-model")]
[JsonDerivedType(typeof(LogIn), "log-in")]
[JsonDerivedType(typeof(LogOut), "log-out")]
[JsonDerivedType(typeof(Pause), "pause")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(ReachabilityChanged), "reachability-changed")]
[JsonDerivedType(typeof(Enqueue), "enqueue")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(RequestCallback), "request-callback")]
[JsonDerivedType(typeof(PartyReached), "party-reached")]
[JsonDerivedType(typeof(PartyNotReached), "party-not-reached")]
[JsonDerivedType(typeof(ScoresArrived), "scores-arrived")]
[JsonDerivedType(typeof(HoldAssignment), "hold-assignment")]
[JsonDerivedType(typeof(Escalate), "escalate")]
[JsonDerivedType(typeof(OfferAnswered), "offer-answered")]
[JsonDerivedType(typeof(OfferFailed), "offer-failed")]
[JsonDerivedType(typeof(OfferClosed), "offer-closed")]
[JsonDerivedType(typeof(CallTaken), "call-taken")]
[JsonDerivedType(typeof(AssignmentEnded), "assignment-ended")]
[JsonDerivedType(typeof(FinishWrapUp), "finish-wrap-up")]
[JsonDerivedType(typeof(BeginEpoch), "begin-epoch")]
[JsonDerivedType(typeof(AdvanceClock), "advance-clock")]
public abstract record RoutingCommand
{
    private protected RoutingCommand()
    {
    }
}

/// <summary>The configuration is now this one.</summary>
public sealed record ApplyModel(CallCenterModel Model) : RoutingCommand;

/// <summary>The agent works from this endpoint now; an earlier login moves here in one step.</summary>
public sealed record LogIn(AgentId Agent, EndpointId Endpoint, ActorId By) : RoutingCommand;

/// <summary>The agent stops working; a conversation in progress goes on.</summary>
/// <param name="Agent">Who.</param>
/// <param name="By">Who says so.</param>
/// <param name="WhenFree">Only once conversations and after-call work are over; until then nothing more is offered.</param>
public sealed record LogOut(AgentId Agent, ActorId By, bool WhenFree = false) : RoutingCommand;

/// <summary>The agent takes no offers until <see cref="Resume"/>. Whoever is busy is paused as soon as that is over.</summary>
public sealed record Pause(AgentId Agent, string Reason, ActorId By) : RoutingCommand;

/// <summary>The agent takes offers again. Ignored while a required disposition is missing.</summary>
public sealed record Resume(AgentId Agent, ActorId By) : RoutingCommand;

/// <summary>A phone came within reach or was lost. A phone nothing was ever said about counts as reachable; say it for every phone after a start.</summary>
public sealed record ReachabilityChanged(EndpointId Endpoint, bool Reachable) : RoutingCommand;

/// <summary>
/// The interaction waits for an agent. Answered by exactly one <see cref="Connect"/> or <see cref="Release"/>. An interaction that
/// waits already moves to this queue and keeps its time; it stays where it is when there is no place.
/// </summary>
/// <param name="Interaction">What waits.</param>
/// <param name="Queue">Where.</param>
/// <param name="Channel">How its party speaks with us: <see cref="Channels"/>.</param>
/// <param name="Cost">How much of an agent's capacity on that channel it takes; at least 1.</param>
/// <param name="Reach">How its party is reached once an agent is free.</param>
/// <param name="EnqueuedAt">When it first began to wait, kept through re-queue and transfer; null is now.</param>
public sealed record Enqueue(
    InteractionId Interaction,
    QueueId Queue,
    string Channel = Channels.Voice,
    int Cost = 1,
    PartyReach Reach = PartyReach.Present,
    DateTimeOffset? EnqueuedAt = null) : RoutingCommand
{
    /// <summary>What the agent must be able to do, on top of what the queue requires.</summary>
    public SkillExpression Requirement { get; init; } = SkillExpression.Any;

    /// <summary>Seconds of wait that are given to it, each with its name. They move its place, and never with time.</summary>
    public IReadOnlyList<Credit> Credits { get; init; } = [];

    /// <summary>Whether the queue's credit and strategy for VIPs apply.</summary>
    public bool Vip { get; init; }

    /// <summary>Who it is from; null when that does not matter. One party has one callback in a queue.</summary>
    public PartyId? Party { get; init; }

    /// <summary>The agent who knows it and is waited for up to <see cref="QueueModel.StickyWait"/>; null is nobody.</summary>
    public AgentId? Owner { get; init; }
}

/// <summary>Seconds of wait that are given to somebody.</summary>
/// <param name="Name">Why: "priority".</param>
/// <param name="Wait">How much; negative takes.</param>
public sealed record Credit(string Name, TimeSpan Wait);

/// <summary>The interaction no longer waits: the caller hung up or the flow took it back. Ignored when it does not wait.</summary>
public sealed record Leave(InteractionId Interaction, QueueExit Reason) : RoutingCommand;

/// <summary>
/// The party who waits will hang up and wants to be called back when its place comes up. Answered by a
/// <see cref="Release"/> with <see cref="Queues.QueueOutcome.CallbackBooked"/>; ignored when it does not wait.
/// </summary>
public sealed record RequestCallback(InteractionId Interaction) : RoutingCommand;

/// <summary>The party was called and is there. A result of <see cref="CallBack"/>.</summary>
public sealed record PartyReached(OfferId Offer) : RoutingCommand;

/// <summary>The party was called in vain, or the agent left meanwhile. A result of <see cref="CallBack"/>.</summary>
public sealed record PartyNotReached(OfferId Offer, CallbackFailure Reason) : RoutingCommand;

/// <summary>What a scorer says; agents it does not name are not chosen. None at all falls back to the queue's strategy. The one result of <see cref="ScoresWanted"/>.</summary>
public sealed record ScoresArrived(EntryId Entry, int Round, IReadOnlyList<AgentScore> Scores) : RoutingCommand;

/// <summary>The agent holds the interaction, or speaks with it again.</summary>
public sealed record HoldAssignment(AgentId Agent, InteractionId Interaction, bool Held) : RoutingCommand;

/// <summary>The agent holds the customer and wants somebody of this queue to help. Like <see cref="Enqueue"/>, but never offered to the agent.</summary>
public sealed record Escalate(AgentId Agent, InteractionId Interaction, QueueId Queue, ActorId By) : RoutingCommand
{
    /// <summary>What the helper must be able to do, on top of what the queue requires.</summary>
    public SkillExpression Requirement { get; init; } = SkillExpression.Any;
}

/// <summary>The agent took the offer. A result of <see cref="Offer"/>.</summary>
public sealed record OfferAnswered(OfferId Offer) : RoutingCommand;

/// <summary>The agent did not take the offer. A result of <see cref="Offer"/>.</summary>
public sealed record OfferFailed(OfferId Offer, OfferFailure Reason) : RoutingCommand;

/// <summary>The withdrawn offer rings no more. A result of <see cref="Offer"/> after <see cref="WithdrawOffer"/>.</summary>
public sealed record OfferClosed(OfferId Offer) : RoutingCommand;

/// <summary>
/// The agent is busy with a call that came by no offer: one they make, one to their extension, one handed over to them. It takes
/// capacity like any other, and what rings at the agent is withdrawn; after-call work for the same interaction stops. Ends with <see cref="AssignmentEnded"/>; ignored when the
/// agent has it already or is unknown.
/// </summary>
public sealed record CallTaken(AgentId Agent, InteractionId Interaction) : RoutingCommand
{
    /// <summary>The queue whose after-call work and dispositions apply; null: there is no after-call work.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>Who began it, as seen by the agent.</summary>
    public CallDirection Direction { get; init; }
}

/// <summary>The agent and the interaction have parted. The one result of <see cref="Connect"/> and <see cref="CallTaken"/>.</summary>
public sealed record AssignmentEnded(AgentId Agent, InteractionId Interaction) : RoutingCommand
{
    /// <summary>Whether nothing came of it, the party was never there: then there is no after-call work.</summary>
    public bool InVain { get; init; }
}

/// <summary>The agent has done the after-call work, or gives a disposition that was still missing.</summary>
public sealed record FinishWrapUp(AgentId Agent, InteractionId Interaction, string? Disposition, ActorId By) : RoutingCommand;

/// <summary>
/// The process that made the restored state is dead, and its phone calls with it: offers, conversations and entries whose
/// party was present are closed without an effect. Logins, pauses, after-call work and callbacks stay. Told once, before all else.
/// </summary>
public sealed record BeginEpoch : RoutingCommand;

/// <summary>Nothing but that time has passed.</summary>
public sealed record AdvanceClock : RoutingCommand;

/// <summary>How the party of an entry is reached.</summary>
public enum PartyReach
{
    /// <summary>Is there and waits.</summary>
    Present,

    /// <summary>Has to be called: a callback.</summary>
    ToBeCalled,

    /// <summary>Reads messages.</summary>
    ByMessage,
}

/// <summary>Why an agent did not take an offer.</summary>
public enum OfferFailure
{
    /// <summary>The phone is busy.</summary>
    Busy,

    /// <summary>Nobody answered; said by the phone's network, the ring time is the engine's own.</summary>
    NoAnswer,

    /// <summary>The agent refused.</summary>
    Rejected,

    /// <summary>The phone could not be reached or failed.</summary>
    Unreachable,
}

/// <summary>Why a callback came to nothing.</summary>
public enum CallbackFailure
{
    /// <summary>The party did not answer, was busy or refused.</summary>
    NoAnswer,

    /// <summary>The call could not be made.</summary>
    Failed,

    /// <summary>The agent hung up before the party answered: the party's place is kept.</summary>
    AgentLeft,
}

/// <summary>How an entry left its queue.</summary>
public enum QueueExit
{
    /// <summary>An agent took it.</summary>
    Answered,

    /// <summary>The party left.</summary>
    Abandoned,

    /// <summary>The longest wait passed.</summary>
    TimedOut,

    /// <summary>The flow took it back.</summary>
    Withdrawn,

    /// <summary>It went on to another queue.</summary>
    Moved,

    /// <summary>The queue was removed or the center stopped.</summary>
    Closed,

    /// <summary>Nobody was at work any more.</summary>
    Emptied,

    /// <summary>Closing time came.</summary>
    OutOfHours,

    /// <summary>The party was called back in vain too often, or it took too long.</summary>
    CallbackGivenUp,

    /// <summary>The party has a callback in this queue already; this entry adds nothing.</summary>
    CallbackMerged,
}

/// <summary>Why there was no place in a queue.</summary>
public enum QueueRefusal
{
    /// <summary>As many wait as may.</summary>
    Full,

    /// <summary>Nobody is at work.</summary>
    Empty,

    /// <summary>It is closed.</summary>
    OutOfHours,

    /// <summary>There is no such queue.</summary>
    Unknown,
}

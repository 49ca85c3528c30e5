using System.Text.Json.Serialization;
using CallCenterKit.Model;

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
[JsonDerivedType(typeof(OfferAnswered), "offer-answered")]
[JsonDerivedType(typeof(OfferFailed), "offer-failed")]
[JsonDerivedType(typeof(OfferClosed), "offer-closed")]
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
public sealed record LogOut(AgentId Agent, ActorId By) : RoutingCommand;

/// <summary>The agent takes no offers until <see cref="Resume"/>.</summary>
public sealed record Pause(AgentId Agent, string Reason, ActorId By) : RoutingCommand;

/// <summary>The agent takes offers again.</summary>
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
    DateTimeOffset? EnqueuedAt = null) : RoutingCommand;

/// <summary>The interaction no longer waits: the caller hung up or the flow took it back. Ignored when it does not wait.</summary>
public sealed record Leave(InteractionId Interaction, QueueExit Reason) : RoutingCommand;

/// <summary>The agent took the offer. A result of <see cref="Offer"/>.</summary>
public sealed record OfferAnswered(OfferId Offer) : RoutingCommand;

/// <summary>The agent did not take the offer. A result of <see cref="Offer"/>.</summary>
public sealed record OfferFailed(OfferId Offer, OfferFailure Reason) : RoutingCommand;

/// <summary>The withdrawn offer rings no more. A result of <see cref="Offer"/> after <see cref="WithdrawOffer"/>.</summary>
public sealed record OfferClosed(OfferId Offer) : RoutingCommand;

/// <summary>The agent and the interaction have parted. The one result of <see cref="Connect"/>.</summary>
public sealed record AssignmentEnded(AgentId Agent, InteractionId Interaction) : RoutingCommand;

/// <summary>The agent has done the after-call work.</summary>
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
}

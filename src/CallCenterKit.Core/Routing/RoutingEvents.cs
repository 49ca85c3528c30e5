using CallCenterKit.Journal;
using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>What the routing engine decided. Applying these, in order, is the only way its state changes.</summary>
public abstract record RoutingEvent : CenterEvent
{
    private protected RoutingEvent()
    {
    }
}

/// <summary>The configuration changed.</summary>
[EventKind("model.applied")]
public sealed record ModelApplied(CallCenterModel Model) : RoutingEvent;

/// <summary>A phone came within reach or was lost.</summary>
[EventKind("endpoint.reachability")]
public sealed record EndpointReachability(EndpointId Endpoint, bool Reachable) : RoutingEvent;

/// <summary>An agent works from an endpoint.</summary>
[EventKind("agent.logged-in")]
public sealed record AgentLoggedIn(AgentId Agent, EndpointId Endpoint, ActorId By) : RoutingEvent;

/// <summary>An agent stopped working.</summary>
[EventKind("agent.logged-out")]
public sealed record AgentLoggedOut(AgentId Agent, ActorId By) : RoutingEvent;

/// <summary>An agent takes no offers.</summary>
[EventKind("agent.paused")]
public sealed record AgentPaused(AgentId Agent, string Reason, ActorId By) : RoutingEvent;

/// <summary>An agent takes offers again.</summary>
[EventKind("agent.resumed")]
public sealed record AgentResumed(AgentId Agent, ActorId By) : RoutingEvent;

/// <summary>
/// A withdrawn offer was not confirmed closed within 5 s: no offers until the phone is reported reachable again, or the agent
/// resumes or logs in.
/// </summary>
[EventKind("agent.unreachable")]
public sealed record AgentUnreachable(AgentId Agent) : RoutingEvent;

/// <summary>An interaction began to wait.</summary>
[EventKind("queue.entered")]
public sealed record QueueEntered(
    EntryId Entry,
    InteractionId Interaction,
    QueueId Queue,
    string Channel,
    int Cost,
    PartyReach Reach,
    DateTimeOffset EnqueuedAt) : RoutingEvent;

/// <summary>An interaction found no place.</summary>
[EventKind("queue.refused")]
public sealed record QueueRefused(InteractionId Interaction, QueueId Queue) : RoutingEvent;

/// <summary>An interaction waits no longer.</summary>
/// <param name="Entry">Which stay.</param>
/// <param name="Interaction">What waited.</param>
/// <param name="Queue">Where.</param>
/// <param name="Exit">How it ended.</param>
/// <param name="Waited">Since it was first enqueued.</param>
[EventKind("queue.left")]
public sealed record QueueLeft(EntryId Entry, InteractionId Interaction, QueueId Queue, QueueExit Exit, TimeSpan Waited) : RoutingEvent;

/// <summary>An agent is being rung.</summary>
[EventKind("offer.made")]
public sealed record OfferMade(
    OfferId Offer,
    EntryId Entry,
    InteractionId Interaction,
    QueueId Queue,
    AgentId Agent,
    EndpointId Endpoint,
    DateTimeOffset ExpiresAt) : RoutingEvent;

/// <summary>An offer is decided. When it was withdrawn, the agent is kept until <see cref="OfferSettled"/>.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Agent">Who was rung.</param>
/// <param name="Interaction">What was offered.</param>
/// <param name="Queue">Where it waits.</param>
/// <param name="End">How it ended.</param>
/// <param name="RestUntil">The agent is left alone until then; when it was withdrawn, only while others are free. Null is not at all.</param>
/// <param name="SettleBy">By when the performer must have said <see cref="OfferClosed"/>; null when nothing rings any more.</param>
[EventKind("offer.ended")]
public sealed record OfferEnded(
    OfferId Offer,
    AgentId Agent,
    InteractionId Interaction,
    QueueId Queue,
    OfferEnd End,
    DateTimeOffset? RestUntil,
    DateTimeOffset? SettleBy) : RoutingEvent;

/// <summary>A withdrawn offer rings no more.</summary>
[EventKind("offer.settled")]
public sealed record OfferSettled(OfferId Offer, AgentId Agent) : RoutingEvent;

/// <summary>An agent and an interaction are joined.</summary>
[EventKind("assignment.started")]
public sealed record AssignmentStarted(
    AgentId Agent,
    InteractionId Interaction,
    QueueId Queue,
    string Channel,
    int Cost,
    TimeSpan Waited) : RoutingEvent;

/// <summary>An agent and an interaction have parted.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Interaction">What.</param>
/// <param name="Queue">Where it had waited.</param>
/// <param name="WrapUpUntil">When the after-call work ends at the latest; null when there is none.</param>
[EventKind("assignment.ended")]
public sealed record AssignmentOver(AgentId Agent, InteractionId Interaction, QueueId Queue, DateTimeOffset? WrapUpUntil) : RoutingEvent;

/// <summary>The after-call work is done.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Interaction">What it was about.</param>
/// <param name="Disposition">What came of it; null when nothing was said.</param>
/// <param name="TimedOut">Whether the deadline ended it.</param>
[EventKind("wrap-up.ended")]
public sealed record WrapUpEnded(AgentId Agent, InteractionId Interaction, string? Disposition, bool TimedOut) : RoutingEvent;

/// <summary>How an offer ended.</summary>
public enum OfferEnd
{
    /// <summary>The agent took it.</summary>
    Answered,

    /// <summary>The ring time passed.</summary>
    NoAnswer,

    /// <summary>The phone was busy.</summary>
    Busy,

    /// <summary>The agent refused.</summary>
    Rejected,

    /// <summary>The phone could not be reached.</summary>
    Unreachable,

    /// <summary>The party left, or the entry went elsewhere.</summary>
    CallerLeft,

    /// <summary>Another agent was faster.</summary>
    AnsweredElsewhere,

    /// <summary>The agent logged out or the model changed.</summary>
    Withdrawn,
}

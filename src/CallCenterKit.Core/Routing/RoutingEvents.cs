using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Skills;
using CallCenterKit.Voice;

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

/// <summary>An agent who is busy will be logged out once that is over.</summary>
[EventKind("agent.leaving")]
public sealed record AgentLeaving(AgentId Agent, ActorId By) : RoutingEvent;

/// <summary>
/// The phone failed, or a withdrawn offer was not confirmed closed within 5 s: no offers until the phone is reported reachable
/// again, or the agent resumes or logs in.
/// </summary>
/// <param name="Agent">Who.</param>
/// <param name="QualifyAt">When the phone is qualified again.</param>
[EventKind("agent.unreachable")]
public sealed record AgentUnreachable(AgentId Agent, DateTimeOffset QualifyAt) : RoutingEvent;

/// <summary>An interaction began to wait.</summary>
[EventKind("queue.entered")]
public sealed record QueueEntered(
    EntryId Entry,
    InteractionId Interaction,
    QueueId Queue,
    string Channel,
    int Cost,
    PartyReach Reach,
    DateTimeOffset EnqueuedAt) : RoutingEvent
{
    /// <summary>What the agent must be able to do, on top of what the queue requires.</summary>
    public SkillExpression Requirement { get; init; } = SkillExpression.Any;

    /// <summary>Seconds of wait that are given to it, those of the queue left out.</summary>
    public IReadOnlyList<Credit> Credits { get; init; } = [];

    /// <summary>Whether what the queue does for VIPs applies.</summary>
    public bool Vip { get; init; }

    /// <summary>Who it is from; null when that is not known.</summary>
    public PartyId? Party { get; init; }

    /// <summary>The agent who is waited for; null is nobody.</summary>
    public AgentId? Owner { get; init; }

    /// <summary>The agents it is not offered to, who carry it already, in order of their ids; null is nobody.</summary>
    public IReadOnlyList<AgentId>? Except { get; init; }
}

/// <summary>An interaction found no place.</summary>
[EventKind("queue.refused")]
public sealed record QueueRefused(InteractionId Interaction, QueueId Queue, QueueRefusal Reason = QueueRefusal.Full) : RoutingEvent;

/// <summary>More agents may take what waits; its place is kept.</summary>
/// <param name="Entry">Which stay.</param>
/// <param name="Interaction">What waits.</param>
/// <param name="Queue">Where.</param>
/// <param name="Kind">What was given up.</param>
/// <param name="Step">From 1: which of the steps of that kind; for a tier the tier that opened.</param>
/// <param name="Requirement">What is required now.</param>
[EventKind("queue.opened")]
public sealed record EntryOpened(EntryId Entry, InteractionId Interaction, QueueId Queue, OpeningKind Kind, int Step, SkillExpression Requirement) : RoutingEvent;

/// <summary>A step of a wait was tried and could not be taken.</summary>
/// <param name="Entry">Which stay.</param>
/// <param name="Interaction">What waits.</param>
/// <param name="Queue">Where.</param>
/// <param name="Step">From 1.</param>
[EventKind("queue.step-missed")]
public sealed record StepMissed(EntryId Entry, InteractionId Interaction, QueueId Queue, int Step) : RoutingEvent;

/// <summary>Somebody who waits was told how things stand.</summary>
[EventKind("queue.announced")]
public sealed record PlaceAnnounced(EntryId Entry, InteractionId Interaction, QueueId Queue, int? Place, TimeSpan? Wait) : RoutingEvent;

/// <summary>Somebody who waited wants to be called back and keeps the place.</summary>
[EventKind("callback.booked")]
public sealed record CallbackBooked(EntryId Entry, InteractionId Interaction, QueueId Queue) : RoutingEvent;

/// <summary>An agent has answered for a callback, and the party is being called.</summary>
[EventKind("callback.called")]
public sealed record CallbackCalled(OfferId Offer, EntryId Entry, InteractionId Interaction, QueueId Queue, AgentId Agent, int Attempt) : RoutingEvent;

/// <summary>The party was not reached; it is tried again then.</summary>
[EventKind("callback.missed")]
public sealed record CallbackMissed(OfferId Offer, EntryId Entry, InteractionId Interaction, QueueId Queue, CallbackFailure Reason, DateTimeOffset RetryAt) : RoutingEvent;

/// <summary>A scorer is asked who should take what waits.</summary>
[EventKind("scores.wanted")]
public sealed record ScoresAsked(EntryId Entry, InteractionId Interaction, QueueId Queue, int Round, DateTimeOffset ExpiresAt) : RoutingEvent;

/// <summary>A scorer has answered, or is waited for no longer.</summary>
/// <param name="Entry">Which stay.</param>
/// <param name="Round">Which question.</param>
/// <param name="Outcome">How it ended.</param>
[EventKind("scores.ended")]
public sealed record ScoresEnded(EntryId Entry, int Round, ScoringOutcome Outcome) : RoutingEvent;

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

/// <summary>An agent is busy with a call that came by no offer: see <see cref="CallTaken"/>.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Interaction">With what.</param>
/// <param name="Queue">Whose after-call work applies; null when none does.</param>
/// <param name="Channel">How its party speaks with us.</param>
/// <param name="Cost">How much of the agent's capacity it takes.</param>
/// <param name="Direction">Who began it, as seen by the agent.</param>
[EventKind("assignment.taken")]
public sealed record AssignmentTaken(
    AgentId Agent,
    InteractionId Interaction,
    QueueId? Queue,
    string Channel,
    int Cost,
    CallDirection Direction) : RoutingEvent;

/// <summary>An agent and an interaction have parted.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Interaction">What.</param>
/// <param name="Queue">Where it had waited, or whose after-call work applies; null for a call without a queue.</param>
/// <param name="WrapUpUntil">When the after-call work ends at the latest; null when there is none.</param>
[EventKind("assignment.ended")]
public sealed record AssignmentOver(AgentId Agent, InteractionId Interaction, QueueId? Queue, DateTimeOffset? WrapUpUntil) : RoutingEvent;

/// <summary>An agent holds an interaction, or speaks with it again.</summary>
[EventKind("assignment.held")]
public sealed record AssignmentHeld(AgentId Agent, InteractionId Interaction, bool Held) : RoutingEvent;

/// <summary>The after-call work ended without the disposition that was required. Followed by <see cref="AgentPaused"/> unless the agent is paused already.</summary>
[EventKind("disposition.missing")]
public sealed record DispositionMissing(AgentId Agent, InteractionId Interaction, QueueId Queue) : RoutingEvent;

/// <summary>A disposition that was missing, or one of after-call work that goes on, was given.</summary>
[EventKind("disposition.given")]
public sealed record DispositionGiven(AgentId Agent, InteractionId Interaction, string Disposition, ActorId By) : RoutingEvent;

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

/// <summary>What was given up so that more agents may take an entry.</summary>
public enum OpeningKind
{
    /// <summary>The agent who knows the party is waited for no longer.</summary>
    Owner,

    /// <summary>One more tier of members is asked.</summary>
    Tier,

    /// <summary>The requirement is lower.</summary>
    Requirement,
}

/// <summary>How a question to a scorer ended.</summary>
public enum ScoringOutcome
{
    /// <summary>The best of those still free is rung.</summary>
    Chosen,

    /// <summary>None of those it named is free any more; it waits again.</summary>
    NobodyFree,

    /// <summary>It named nobody, failed, was too late, or was asked again and named nobody who is free: the queue's strategy chooses.</summary>
    FellBack,
}

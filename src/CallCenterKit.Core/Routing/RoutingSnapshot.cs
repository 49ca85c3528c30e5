using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>The whole state of a <see cref="RoutingEngine"/> as plain data; survives JSON.</summary>
/// <param name="Epoch">The life of the engine it was taken in.</param>
/// <param name="LastEntry">The number of the last <see cref="EntryId"/> of that epoch.</param>
/// <param name="LastOffer">The number of the last <see cref="OfferId"/> of that epoch.</param>
/// <param name="Generator">The state of the engine's random generator.</param>
/// <param name="Model">The configuration in force.</param>
/// <param name="Agents">In order of their ids.</param>
/// <param name="Entries">Whoever waits or is being offered, in order of their ids.</param>
/// <param name="UnreachableEndpoints">Phones that were reported lost.</param>
public sealed record RoutingSnapshot(
    long Epoch,
    long LastEntry,
    long LastOffer,
    ulong Generator,
    CallCenterModel Model,
    IReadOnlyList<AgentSnapshot> Agents,
    IReadOnlyList<EntrySnapshot> Entries,
    IReadOnlyList<EndpointId> UnreachableEndpoints);

/// <summary>An agent: presence and assignments.</summary>
public sealed record AgentSnapshot
{
    /// <summary>Who.</summary>
    public required AgentId Agent { get; init; }

    /// <summary>Where the agent is logged in; null when not at work.</summary>
    public EndpointId? Endpoint { get; init; }

    /// <summary>Why the agent takes no offers; null when not paused.</summary>
    public string? PauseReason { get; init; }

    /// <summary>Whether the phone was marked by <see cref="AgentUnreachable"/>.</summary>
    public bool Marked { get; init; }

    /// <summary>Since when the agent is in the present state.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When the agent last became <see cref="AgentState.Available"/>.</summary>
    public DateTimeOffset AvailableSince { get; init; }

    /// <summary>When the last conversation ended; the login when there was none.</summary>
    public DateTimeOffset LastCallEndedAt { get; init; }

    /// <summary>Conversations taken since login.</summary>
    public int Calls { get; init; }

    /// <summary>No offers until then.</summary>
    public DateTimeOffset? RestUntil { get; init; }

    /// <summary>Whether the rest gives way when nobody else is free.</summary>
    public bool RestYields { get; init; }

    /// <summary>The offer that rings or has yet to be confirmed closed.</summary>
    public OfferSnapshot? Offer { get; init; }

    /// <summary>Conversations and after-call work, oldest first.</summary>
    public IReadOnlyList<AssignmentSnapshot> Assignments { get; init; } = [];
}

/// <summary>An offer at an agent.</summary>
/// <param name="Offer">Which.</param>
/// <param name="Entry">Which stay in the queue.</param>
/// <param name="Interaction">What is offered.</param>
/// <param name="Queue">Where it waits.</param>
/// <param name="Channel">How its party speaks with us.</param>
/// <param name="Cost">How much of the agent's capacity is kept for it.</param>
/// <param name="ExpiresAt">When the engine withdraws it.</param>
/// <param name="SettleBy">Not null once it was withdrawn: by when it must have been confirmed closed.</param>
public sealed record OfferSnapshot(
    OfferId Offer,
    EntryId Entry,
    InteractionId Interaction,
    QueueId Queue,
    string Channel,
    int Cost,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? SettleBy);

/// <summary>One interaction at one agent.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="Queue">Where it had waited.</param>
/// <param name="Channel">How its party speaks with us.</param>
/// <param name="Cost">How much of the agent's capacity it takes.</param>
/// <param name="WrapUpUntil">Null while they are joined; then when the after-call work ends at the latest.</param>
public sealed record AssignmentSnapshot(InteractionId Interaction, QueueId Queue, string Channel, int Cost, DateTimeOffset? WrapUpUntil);

/// <summary>One stay in a queue.</summary>
/// <param name="Entry">Which.</param>
/// <param name="Interaction">What waits.</param>
/// <param name="Queue">Where.</param>
/// <param name="Channel">How its party speaks with us.</param>
/// <param name="Cost">How much of an agent's capacity it takes.</param>
/// <param name="Reach">How its party is reached.</param>
/// <param name="EnqueuedAt">When it first began to wait.</param>
/// <param name="EnteredAt">When it entered this queue.</param>
public sealed record EntrySnapshot(
    EntryId Entry,
    InteractionId Interaction,
    QueueId Queue,
    string Channel,
    int Cost,
    PartyReach Reach,
    DateTimeOffset EnqueuedAt,
    DateTimeOffset EnteredAt);

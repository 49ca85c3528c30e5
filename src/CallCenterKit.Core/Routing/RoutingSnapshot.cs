using CallCenterKit.Model;
using CallCenterKit.Skills;
using CallCenterKit.Voice;

namespace CallCenterKit.Routing;

/// <summary>The whole state of a <see cref="RoutingEngine"/> as plain data; survives JSON.</summary>
/// <param name="At">When the last event happened that it contains.</param>
/// <param name="Epoch">The life of the engine it was taken in.</param>
/// <param name="LastEntry">The number of the last <see cref="EntryId"/> of that epoch.</param>
/// <param name="LastOffer">The number of the last <see cref="OfferId"/> of that epoch.</param>
/// <param name="Seed">With the number of an offer it gives whoever is drawn for it.</param>
/// <param name="Model">The configuration in force.</param>
/// <param name="Agents">In order of their ids.</param>
/// <param name="Queues">In order of their ids.</param>
/// <param name="Entries">Whoever waits or is being offered, in order of their ids.</param>
/// <param name="UnreachableEndpoints">Phones that were reported lost.</param>
public sealed record RoutingSnapshot(
    DateTimeOffset At,
    long Epoch,
    long LastEntry,
    long LastOffer,
    ulong Seed,
    CallCenterModel Model,
    IReadOnlyList<AgentSnapshot> Agents,
    IReadOnlyList<QueueSnapshot> Queues,
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

    /// <summary>Who logs the agent out as soon as they are free; null when nobody does.</summary>
    public ActorId? LeavingBy { get; init; }

    /// <summary>Whether the phone was marked by <see cref="AgentUnreachable"/>, and when it is qualified again.</summary>
    public DateTimeOffset? QualifyAt { get; init; }

    /// <summary>Since when the agent is in the present state.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When the agent last became <see cref="AgentState.Available"/>.</summary>
    public DateTimeOffset AvailableSince { get; init; }

    /// <summary>When the last conversation ended; the login when there was none.</summary>
    public DateTimeOffset LastCallEndedAt { get; init; }

    /// <summary>When the agent was rung last.</summary>
    public DateTimeOffset? LastOfferedAt { get; init; }

    /// <summary>Conversations taken since login.</summary>
    public int Calls { get; init; }

    /// <summary>Talk time since login, of conversations that are over.</summary>
    public TimeSpan TalkTime { get; init; }

    /// <summary>Conversations and talk time of the last day, in slots of 5 minutes, oldest first.</summary>
    public IReadOnlyList<TallySlot> Tally { get; init; } = [];

    /// <summary>Offers in a row that rang in vain.</summary>
    public int Missed { get; init; }

    /// <summary>When the agent logged in; null when not at work.</summary>
    public DateTimeOffset? LoggedInAt { get; init; }

    /// <summary>Time in each state since then, up to <see cref="TimedUntil"/>; states never been in are left out.</summary>
    public IReadOnlyDictionary<AgentState, TimeSpan> TimeIn { get; init; } = new Dictionary<AgentState, TimeSpan>();

    /// <summary>Up to when <see cref="TimeIn"/> is counted; from then on the agent has been in the present state.</summary>
    public DateTimeOffset TimedUntil { get; init; }

    /// <summary>No offers until then.</summary>
    public DateTimeOffset? RestUntil { get; init; }

    /// <summary>Whether the rest gives way when nobody else is free.</summary>
    public bool RestYields { get; init; }

    /// <summary>The offer that rings or has yet to be confirmed closed.</summary>
    public OfferSnapshot? Offer { get; init; }

    /// <summary>Conversations and after-call work, oldest first.</summary>
    public IReadOnlyList<AssignmentSnapshot> Assignments { get; init; } = [];

    /// <summary>Interactions whose required disposition is missing.</summary>
    public IReadOnlyList<MissingDisposition> MissingDispositions { get; init; } = [];
}

/// <summary>A required disposition that an agent still has to give.</summary>
/// <param name="Interaction">Of what.</param>
/// <param name="Queue">Which queue says what may be given.</param>
public sealed record MissingDisposition(InteractionId Interaction, QueueId Queue);

/// <summary>Conversations that began and talk time that ended in 5 minutes.</summary>
public readonly record struct TallySlot(DateTimeOffset Start, int Calls, TimeSpan Talk);

/// <summary>An offer at an agent.</summary>
/// <param name="Offer">Which.</param>
/// <param name="Entry">Which stay in the queue.</param>
/// <param name="Interaction">What is offered.</param>
/// <param name="Queue">Where it waits.</param>
/// <param name="MadeAt">Since when it rings.</param>
/// <param name="ExpiresAt">When the engine withdraws it.</param>
/// <param name="SettleBy">Not null once it was withdrawn: by when it must have been confirmed closed.</param>
public sealed record OfferSnapshot(
    OfferId Offer,
    EntryId Entry,
    InteractionId Interaction,
    QueueId Queue,
    DateTimeOffset MadeAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? SettleBy);

/// <summary>One interaction at one agent.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="Queue">Where it had waited, or whose after-call work applies; null for a call without a queue.</param>
/// <param name="Channel">How its party speaks with us.</param>
/// <param name="Cost">How much of the agent's capacity it takes.</param>
/// <param name="OfferedAt">When the agent was rung for it.</param>
/// <param name="StartedAt">When they were joined; null while the party is being called back.</param>
/// <param name="WrapUpUntil">Null while they are joined; then when the after-call work ends at the latest.</param>
/// <param name="IsHeld">Whether the agent holds it.</param>
/// <param name="Disposition">What was said in after-call work that goes on.</param>
public sealed record AssignmentSnapshot(
    InteractionId Interaction,
    QueueId? Queue,
    string Channel,
    int Cost,
    DateTimeOffset OfferedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? WrapUpUntil,
    bool IsHeld,
    string? Disposition)
{
    /// <summary>Whether it came by no offer.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Who began it, as seen by the agent.</summary>
    public CallDirection Direction { get; init; }
}

/// <summary>What is remembered of a queue.</summary>
/// <param name="Queue">Which.</param>
/// <param name="LastChosen">Who was rung last.</param>
/// <param name="Cursor">The member after whom the circle goes on.</param>
/// <param name="Rates">What waits are estimated by.</param>
/// <param name="EmptySince">Since when nobody is there in the sense of <see cref="QueueModel.LeaveRule"/>.</param>
public sealed record QueueSnapshot(QueueId Queue, AgentId? LastChosen, AgentId? Cursor, QueueRates Rates, DateTimeOffset? EmptySince);

/// <summary>How fast a queue moves: sums over the last observations, older ones counting less and less.</summary>
/// <param name="ServiceSeconds">Handling: ringing, talk and after-call work.</param>
/// <param name="Services">How many were handled in that time.</param>
/// <param name="WaitSeconds">Waits, however they ended.</param>
/// <param name="Abandons">How many gave up in that time.</param>
public sealed record QueueRates(double ServiceSeconds, double Services, double WaitSeconds, double Abandons);

/// <summary>One stay in a queue.</summary>
public sealed record EntrySnapshot
{
    /// <summary>Which.</summary>
    public required EntryId Entry { get; init; }

    /// <summary>What waits.</summary>
    public required InteractionId Interaction { get; init; }

    /// <summary>Where.</summary>
    public required QueueId Queue { get; init; }

    /// <summary>How its party speaks with us.</summary>
    public required string Channel { get; init; }

    /// <summary>How much of an agent's capacity it takes.</summary>
    public required int Cost { get; init; }

    /// <summary>How its party is reached.</summary>
    public required PartyReach Reach { get; init; }

    /// <summary>When it first began to wait.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When it entered this queue.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>What it requires on top of the queue.</summary>
    public SkillExpression Requirement { get; init; } = SkillExpression.Any;

    /// <summary>What is given on top of its wait.</summary>
    public IReadOnlyList<Credit> Credits { get; init; } = [];

    /// <summary>Whether what the queue does for VIPs applies.</summary>
    public bool Vip { get; init; }

    /// <summary>Who it is from.</summary>
    public PartyId? Party { get; init; }

    /// <summary>The agent who knows it.</summary>
    public AgentId? Owner { get; init; }

    /// <summary>Whether that agent is still waited for.</summary>
    public bool WaitsForOwner { get; init; }

    /// <summary>The agents it is not offered to; null is nobody.</summary>
    public IReadOnlyList<AgentId>? Except { get; init; }

    /// <summary>Tiers that have opened besides the first.</summary>
    public int TiersOpened { get; init; }

    /// <summary>Steps of the relaxation that were taken.</summary>
    public int Relaxed { get; init; }

    /// <summary>Steps of the chain that were tried in vain.</summary>
    public int StepsMissed { get; init; }

    /// <summary>When its party was told last how things stand.</summary>
    public DateTimeOffset? AnnouncedAt { get; init; }

    /// <summary>The place that was told last.</summary>
    public int? ToldPlace { get; init; }

    /// <summary>The wait that was told last.</summary>
    public TimeSpan? ToldWait { get; init; }

    /// <summary>When a callback was asked for.</summary>
    public DateTimeOffset? BookedAt { get; init; }

    /// <summary>How often its party was called.</summary>
    public int Attempts { get; init; }

    /// <summary>Until when it is left alone.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The offer whose agent waits for the party to answer.</summary>
    public OfferId? CallingFor { get; init; }

    /// <summary>That agent.</summary>
    public AgentId? CallingAgent { get; init; }

    /// <summary>How often a scorer was asked.</summary>
    public int Rounds { get; init; }

    /// <summary>Until when a scorer is waited for.</summary>
    public DateTimeOffset? ScoresUntil { get; init; }

    /// <summary>Whether the strategy chooses next, because the scorer did not.</summary>
    public bool FellBack { get; init; }
}

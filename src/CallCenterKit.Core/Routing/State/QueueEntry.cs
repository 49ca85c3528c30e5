using CallCenterKit.Skills;

namespace CallCenterKit.Routing;

/// <summary>One stay of an interaction in a queue.</summary>
internal sealed class QueueEntry(EntryId id, InteractionId interaction, QueueId queue)
{
    private static readonly IReadOnlyList<OpenOffer> NoOffers = [];
    private List<OpenOffer>? _offers;

    public EntryId Id { get; } = id;

    public InteractionId Interaction { get; } = interaction;

    public QueueId Queue { get; } = queue;

    public required string Channel { get; init; }

    public required int Cost { get; init; }

    public required PartyReach Reach { get; set; }

    /// <summary>When it first began to wait, in whatever queue.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When it entered this queue.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    public required SkillExpression Requirement { get; init; }

    public required IReadOnlyList<Credit> Credits { get; init; }

    public required bool Vip { get; init; }

    public required PartyId? Party { get; init; }

    public required AgentId? Owner { get; init; }

    public required IReadOnlyList<AgentId>? Except { get; init; }

    /// <summary>Whether <see cref="Owner"/> is still waited for.</summary>
    public bool WaitsForOwner { get; set; }

    /// <summary>How many tiers have opened besides the first.</summary>
    public int TiersOpened { get; set; }

    /// <summary>How many steps of the queue's relaxation have been taken.</summary>
    public int Relaxed { get; set; }

    /// <summary>How many steps of the queue's chain were tried in vain.</summary>
    public int StepsMissed { get; set; }

    /// <summary>When its party was told how things stand, and what; null when it never was.</summary>
    public DateTimeOffset? AnnouncedAt { get; set; }

    public int? ToldPlace { get; set; }

    public TimeSpan? ToldWait { get; set; }

    /// <summary>When the callback was asked for; null when none was.</summary>
    public DateTimeOffset? BookedAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>Until then a callback is left alone.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>The offer whose agent waits for the party to answer; null while nobody does.</summary>
    public OfferId? CallingFor { get; set; }

    public AgentId? CallingAgent { get; set; }

    /// <summary>How many times a scorer was asked, and until when it is waited for.</summary>
    public int Rounds { get; set; }

    public DateTimeOffset? ScoresUntil { get; set; }

    /// <summary>Whether the strategy chooses next, because the scorer did not.</summary>
    public bool FellBack { get; set; }

    public bool IsGone { get; set; }

    /// <summary>The offers that ring for it; none while it waits.</summary>
    public IReadOnlyList<OpenOffer> Offers => _offers ?? NoOffers;

    public bool IsOffered => _offers is { Count: > 0 };

    /// <summary>Its place among those who wait: the longest wait and credits first, then the order of entry. Follows from the model.</summary>
    public RankKey Rank { get; set; }

    /// <summary>The end of its longest wait. Follows from the model; kept by <see cref="RoutingIndex"/>.</summary>
    public DateTimeOffset? WaitUntil { get; set; }

    /// <summary>When something next falls due for it; kept by <see cref="RoutingIndex"/>.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Where it stands in line; kept by <see cref="RoutingIndex"/>.</summary>
    public QueueLane? Lane { get; set; }

    /// <summary>The order of <see cref="Lane"/> it stands in; kept by <see cref="RoutingIndex"/>.</summary>
    public RankedTree<QueueEntry>? Line { get; set; }

    /// <summary>Whether an agent could be rung for it, for the first time or again.</summary>
    public bool IsWaitingAt(DateTimeOffset now) =>
        !IsGone && !IsOffered && CallingFor is null && ScoresUntil is null && !(RetryAt > now);

    public void Add(OpenOffer offer) => (_offers ??= new(1)).Add(offer);

    public void Remove(OpenOffer offer) => _offers?.Remove(offer);
}

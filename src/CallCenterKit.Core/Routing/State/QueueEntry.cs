namespace CallCenterKit.Routing;

/// <summary>One stay of an interaction in a queue.</summary>
internal sealed class QueueEntry(EntryId id, InteractionId interaction, QueueId queue)
{
    public EntryId Id { get; } = id;

    public InteractionId Interaction { get; } = interaction;

    public QueueId Queue { get; } = queue;

    public required string Channel { get; init; }

    public required int Cost { get; init; }

    public required PartyReach Reach { get; init; }

    /// <summary>When it first began to wait, in whatever queue.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When it entered this queue.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>The offer that rings for it; null while it waits.</summary>
    public OpenOffer? Offer { get; set; }

    public bool IsGone { get; set; }

    public bool IsWaiting => !IsGone && Offer is null;

    /// <summary>Its place among those who wait: the longest wait first, then the order of entry.</summary>
    public RankKey Rank => new(EnqueuedAt.UtcTicks, Id.Epoch, Id.Number);

    /// <summary>The end of its longest wait. Follows from the model; kept by <see cref="RoutingIndex"/>.</summary>
    public DateTimeOffset? WaitUntil { get; set; }

    /// <summary>Whether it stands in the line of its queue; kept by <see cref="RoutingIndex"/>.</summary>
    public bool IsInLine { get; set; }
}

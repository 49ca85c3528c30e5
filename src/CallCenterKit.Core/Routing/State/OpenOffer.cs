namespace CallCenterKit.Routing;

/// <summary>An offer that rings, or was withdrawn and has yet to be confirmed closed.</summary>
internal sealed class OpenOffer(OfferId id, EntryId entry, InteractionId interaction, QueueId queue, Presence agent)
{
    public OfferId Id { get; } = id;

    public EntryId Entry { get; } = entry;

    public InteractionId Interaction { get; } = interaction;

    public QueueId Queue { get; } = queue;

    public Presence Agent { get; } = agent;

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Not null once it was withdrawn.</summary>
    public DateTimeOffset? SettleBy { get; set; }

    /// <summary>Nothing rings, and nothing is waited for.</summary>
    public bool IsGone { get; set; }
}

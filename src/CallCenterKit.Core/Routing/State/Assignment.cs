using CallCenterKit.Voice;

namespace CallCenterKit.Routing;

/// <summary>One interaction at one agent: its party being called, joined, held, or being wrapped up.</summary>
internal sealed class Assignment(InteractionId interaction, QueueId? queue, string channel, int cost)
{
    public InteractionId Interaction { get; } = interaction;

    /// <summary>Where it had waited, or whose after-call work applies; null for a call without a queue.</summary>
    public QueueId? Queue { get; } = queue;

    public string Channel { get; } = channel;

    public int Cost { get; } = cost;

    /// <summary>When the agent was rung for it: the beginning of the handling.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>Whether it came by no offer, see <see cref="CallTaken"/>.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Who began it, as seen by the agent.</summary>
    public CallDirection Direction { get; init; }

    /// <summary>When they were joined; null while the party is being called back.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public bool IsHeld { get; set; }

    /// <summary>Null while they are joined.</summary>
    public DateTimeOffset? WrapUpUntil { get; set; }

    /// <summary>Given during after-call work that goes on.</summary>
    public string? Disposition { get; set; }
}

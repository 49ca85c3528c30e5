namespace CallCenterKit.Routing;

/// <summary>One interaction at one agent: joined, or being wrapped up.</summary>
internal sealed class Assignment(InteractionId interaction, QueueId queue, string channel, int cost)
{
    public InteractionId Interaction { get; } = interaction;

    public QueueId Queue { get; } = queue;

    public string Channel { get; } = channel;

    public int Cost { get; } = cost;

    /// <summary>Null while they are joined.</summary>
    public DateTimeOffset? WrapUpUntil { get; set; }
}

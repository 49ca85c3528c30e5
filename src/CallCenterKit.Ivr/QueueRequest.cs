using CallCenterKit.Skills;

namespace CallCenterKit.Ivr;

/// <summary>What a flow knows of a caller that decides who serves them, and when.</summary>
public sealed record QueueRequest
{
    /// <summary>Nothing special.</summary>
    public static QueueRequest None { get; } = new();

    /// <summary>What the agent must be able to do, on top of what the queue requires.</summary>
    public SkillExpression Requirement { get; init; } = SkillExpression.Any;

    /// <summary>How much longer than in truth the caller counts as having waited; negative takes.</summary>
    public TimeSpan Priority { get; init; }

    /// <summary>Whether the caller is a VIP; null when their contact says it.</summary>
    public bool? Vip { get; init; }

    /// <summary>The agent who knows the caller; null is whoever spoke with them last, where the queue asks for that.</summary>
    public AgentId? Owner { get; init; }
}

using CallCenterKit.Voice;

namespace CallCenterKit.Calls;

/// <summary>What came of an agent's wish to call a number.</summary>
public abstract record DialResult
{
    private DialResult()
    {
    }

    /// <summary>The agent has answered, and the number is being dialled. How that went stands in the record.</summary>
    public sealed record Dialled(InteractionId Interaction) : DialResult;

    /// <summary>The agent may not dial it, or it leads nowhere outside. Nothing rang.</summary>
    /// <param name="Cause"><see cref="HangUpCause.Forbidden"/> or <see cref="HangUpCause.NotFound"/>.</param>
    public sealed record Refused(HangUpCause Cause) : DialResult;

    /// <summary>The agent is in a call, or is being rung for one. Nothing rang.</summary>
    public sealed record AgentBusy : DialResult;

    /// <summary>The agent is not logged in, unknown, or has no phone that can be reached. Nothing rang.</summary>
    public sealed record AgentAway : DialResult;

    /// <summary>The agent's phone was rung in vain; the number was not dialled.</summary>
    /// <param name="Cause">Why.</param>
    public sealed record PhoneNotAnswered(HangUpCause Cause) : DialResult;
}

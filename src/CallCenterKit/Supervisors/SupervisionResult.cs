using CallCenterKit.Voice;

namespace CallCenterKit.Supervisors;

/// <summary>What came of somebody's wish to supervise a call.</summary>
public abstract record SupervisionResult
{
    private SupervisionResult()
    {
    }

    /// <summary>The supervisor has answered and joins the call. Who hears whom from then on stands in its events.</summary>
    public sealed record Joined : SupervisionResult;

    /// <summary>No rule lets whoever asks supervise this agent, or a call of this queue, in this role. Nothing rang.</summary>
    public sealed record Forbidden : SupervisionResult;

    /// <summary>There is no such call, the agent is not in it, or it ended while the phone rang.</summary>
    public sealed record NotInCall : SupervisionResult;

    /// <summary>Whoever asks supervises this call already. Nothing rang.</summary>
    public sealed record AlreadyThere : SupervisionResult;

    /// <summary>The phone was rung in vain.</summary>
    /// <param name="Cause">Why.</param>
    public sealed record PhoneNotAnswered(HangUpCause Cause) : SupervisionResult;
}

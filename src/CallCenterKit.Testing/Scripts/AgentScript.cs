namespace CallCenterKit.Testing;

/// <summary>What a <see cref="ScriptedAgent"/> does with a call that is offered.</summary>
public sealed record AgentScript
{
    /// <summary>How long the phone rings before it is answered or refused.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Refuses every call with this status, 300 to 699; null answers.</summary>
    public int? RejectStatus { get; init; }

    /// <summary>Lets it ring until the other side gives up.</summary>
    public bool NeverAnswers { get; init; }

    /// <summary>How long the agent talks before hanging up; null leaves that to the far end.</summary>
    public TimeSpan? Talk { get; init; }

    /// <summary>What the agent says; null leaves what the phone says anyway.</summary>
    public PhoneVoice? Voice { get; init; }

    /// <summary>Whether the phone registers at the start and unregisters at the stop.</summary>
    public bool Registers { get; init; } = true;
}

/// <summary>What an agent has done so far.</summary>
/// <param name="Offered">Calls that reached the phone.</param>
/// <param name="Answered">Of these, answered.</param>
/// <param name="Rejected">Of these, refused, as busy or by script.</param>
/// <param name="Missed">Of these, withdrawn before an answer.</param>
/// <param name="TalkTime">From answer to end, the ended calls together.</param>
public readonly record struct AgentCounts(int Offered, int Answered, int Rejected, int Missed, TimeSpan TalkTime);

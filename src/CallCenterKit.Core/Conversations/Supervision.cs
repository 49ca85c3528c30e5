namespace CallCenterKit.Conversations;

/// <summary>What a supervisor hears and who hears the supervisor. Each role holds what the ones before it do.</summary>
public enum SupervisionRole
{
    /// <summary>Hears all who talk, and is heard by nobody: what the phone sends is never mixed.</summary>
    Listen,

    /// <summary>Hears all who talk, and is heard by the supervised agent only.</summary>
    Whisper,

    /// <summary>Hears all who talk, and is heard by all of them.</summary>
    Barge,
}

/// <summary>Whom a supervision goes on with once the supervised agent has left the call.</summary>
public enum SupervisionScope
{
    /// <summary>With nobody: it ends.</summary>
    Agent,

    /// <summary>With the agent who has the customer next.</summary>
    Call,
}

/// <summary>Why a supervision ended.</summary>
public enum SupervisionEnd
{
    /// <summary>The supervisor hung up, or was lost.</summary>
    SupervisorLeft,

    /// <summary>Somebody asked for it.</summary>
    Withdrawn,

    /// <summary>The supervised agent left the call, and the supervision was of that agent only.</summary>
    AgentLeft,

    /// <summary>Nobody serves the customer any more: they have left, or are with a flow or in a queue again.</summary>
    CallOver,
}

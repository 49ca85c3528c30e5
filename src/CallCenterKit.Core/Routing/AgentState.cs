namespace CallCenterKit.Routing;

/// <summary>The one state of an agent on a board: a function of presence and assignments.</summary>
public enum AgentState
{
    /// <summary>Not at work.</summary>
    LoggedOut,

    /// <summary>At work, but the phone cannot be reached.</summary>
    Unreachable,

    /// <summary>Takes no offers.</summary>
    Paused,

    /// <summary>Free.</summary>
    Available,

    /// <summary>Being rung.</summary>
    Ringing,

    /// <summary>In conversation.</summary>
    Talking,

    /// <summary>Doing after-call work.</summary>
    WrappingUp,
}

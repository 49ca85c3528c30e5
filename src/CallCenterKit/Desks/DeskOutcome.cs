namespace CallCenterKit.Desks;

/// <summary>What became of something asked for at a desk.</summary>
public enum DeskOutcome
{
    /// <summary>It is on its way; what comes of it stands in the events of the call.</summary>
    Asked,

    /// <summary>There is no such call, or the agent is not in it.</summary>
    NotInCall,

    /// <summary>The number leads nowhere, or to a machine where a person is needed.</summary>
    NoSuchNumber,

    /// <summary>The agent may not dial the number.</summary>
    Forbidden,
}

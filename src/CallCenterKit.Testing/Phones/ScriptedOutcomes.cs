namespace CallCenterKit.Testing;

/// <summary>How a call of a <see cref="ScriptedPhone"/> was taken.</summary>
public abstract record ScriptedCallOutcome
{
    private ScriptedCallOutcome()
    {
    }

    /// <summary>A 2xx came and was acknowledged.</summary>
    public sealed record Answered(ScriptedCall Call) : ScriptedCallOutcome;

    /// <summary>A final response of 300 or more came; 487 after a CANCEL, also when an answer crossed it.</summary>
    public sealed record Failed(int Status, string Reason) : ScriptedCallOutcome;

    /// <summary>No response came for 64·T1.</summary>
    public sealed record TimedOut : ScriptedCallOutcome;
}

/// <summary>How a registration, or its removal, was taken.</summary>
public abstract record ScriptedRegistrationOutcome
{
    private ScriptedRegistrationOutcome()
    {
    }

    /// <summary>A 200 came.</summary>
    /// <param name="Expires">What the registrar granted; zero when it was removed.</param>
    public sealed record Registered(TimeSpan Expires) : ScriptedRegistrationOutcome;

    /// <summary>A final response of 300 or more came, also 401 when the credentials were wrong.</summary>
    public sealed record Failed(int Status, string Reason) : ScriptedRegistrationOutcome;

    /// <summary>No response came for 64·T1.</summary>
    public sealed record TimedOut : ScriptedRegistrationOutcome;
}

/// <summary>Why a <see cref="ScriptedCall"/> ended.</summary>
public enum ScriptedCallEnd
{
    /// <summary>This phone hung up.</summary>
    HungUpHere,

    /// <summary>The far end hung up.</summary>
    HungUpThere,

    /// <summary>The one who called gave up before an answer.</summary>
    Cancelled,

    /// <summary>The one who was called refused, or the network did.</summary>
    Rejected,

    /// <summary>A response or an ACK did not come.</summary>
    TimedOut,

    /// <summary>The phone was disposed.</summary>
    Abandoned,
}

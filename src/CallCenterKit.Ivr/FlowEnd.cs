namespace CallCenterKit.Ivr;

/// <summary>How a flow came to its end. The call is over, or ending, in each case.</summary>
public enum FlowEnd
{
    /// <summary>It returned; a caller who was still there was sent off.</summary>
    Returned,

    /// <summary>The call ended before the flow did.</summary>
    CallEnded,

    /// <summary>The center is shutting down.</summary>
    Cancelled,

    /// <summary>It threw, and the call was ended for it. The log has the exception.</summary>
    Failed,
}

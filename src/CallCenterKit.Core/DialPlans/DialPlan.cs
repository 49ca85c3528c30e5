namespace CallCenterKit.DialPlans;

/// <summary>Where a dialled number leads.</summary>
public abstract record DialPlanTarget
{
    private protected DialPlanTarget()
    {
    }
}

/// <summary>A flow answers.</summary>
public sealed record ToFlow(string Flow) : DialPlanTarget;

/// <summary>The caller waits in a queue, at once.</summary>
public sealed record ToQueue(QueueId Queue) : DialPlanTarget;

/// <summary>A phone of ours rings.</summary>
public sealed record ToExtension(EndpointId Endpoint, bool Record = false) : DialPlanTarget;

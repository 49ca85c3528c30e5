using CallCenterKit.Model;

namespace CallCenterKit.Routing;

/// <summary>An agent: whether and where at work, the offer at hand, and the assignments.</summary>
internal sealed class Presence(AgentId id)
{
    public AgentId Id { get; } = id;

    /// <summary>Null once the model does not know the agent any more.</summary>
    public AgentModel? Model { get; set; }

    /// <summary>Null when not at work.</summary>
    public EndpointId? Endpoint { get; set; }

    public string? PauseReason { get; set; }

    /// <summary>Will be logged out once free.</summary>
    public bool IsLeaving { get; set; }

    public ActorId LeavingBy { get; set; }

    /// <summary>The phone was reported lost.</summary>
    public bool IsLost { get; set; }

    /// <summary>The phone failed, see <see cref="AgentUnreachable"/>.</summary>
    public bool IsMarked { get; set; }

    /// <summary>When a marked phone is asked about again.</summary>
    public DateTimeOffset? QualifyAt { get; set; }

    public DateTimeOffset Since { get; set; }

    public DateTimeOffset AvailableSince { get; set; }

    public DateTimeOffset LastCallEndedAt { get; set; }

    /// <summary>Conversations and talk time since login.</summary>
    public int Calls { get; set; }

    public TimeSpan TalkTime { get; set; }

    public CallTally Tally { get; } = new();

    /// <summary>Offers in a row that rang in vain.</summary>
    public int Missed { get; set; }

    public DateTimeOffset? LoggedInAt { get; set; }

    /// <summary>Time in each state since login, up to <see cref="TimedUntil"/>; by <see cref="AgentState"/>.</summary>
    public long[] TicksIn { get; } = new long[Enum.GetValues<AgentState>().Length];

    public DateTimeOffset TimedUntil { get; set; }

    public DateTimeOffset? RestUntil { get; set; }

    /// <summary>Whether the rest gives way when nobody else is free.</summary>
    public bool RestYields { get; set; }

    public OpenOffer? Offer { get; set; }

    /// <summary>When the agent was rung last: what is answered was offered then.</summary>
    public DateTimeOffset? LastOfferedAt { get; set; }

    public List<Assignment> Assignments { get; } = [];

    /// <summary>Interactions whose required disposition is still missing.</summary>
    public List<MissingDisposition> MissingDispositions { get; } = [];

    public AgentState State { get; set; }

    /// <summary>The books of the queues the agent serves. Follows from the model.</summary>
    public List<QueueBook> Queues { get; } = [];

    /// <summary>Where the agent stands in line; kept by <see cref="RoutingIndex"/>.</summary>
    public List<Slot> Slots { get; } = [];

    /// <summary>Whether the agent counts among those at work; kept by <see cref="RoutingIndex"/>.</summary>
    public bool CountsAtWork { get; set; }

    /// <summary>When the agent's figures of a moving window change with time alone; kept by <see cref="RoutingIndex"/>.</summary>
    public DateTimeOffset? WindowMovesAt { get; set; }

    /// <summary>Whether <see cref="RoutingIndex"/> has noted that the agent may take something.</summary>
    public bool IsNoted { get; set; }

    public bool IsWrappingUp => Assignments.Exists(static assignment => assignment.WrapUpUntil is not null);

    /// <summary>Whether the interaction is with the agent, after-call work left out.</summary>
    public bool Carries(InteractionId interaction) => Assignments.Exists(each => each.Interaction == interaction && each.WrapUpUntil is null);

    public bool IsBusy => Offer is not null || Assignments.Count > 0;

    /// <summary>Whether the agent would take offers, but for what they are doing right now.</summary>
    public bool IsAtWork => Model is not null && Endpoint is not null && PauseReason is null && !IsLeaving && !IsLost && !IsMarked;

    public AgentState Evaluate()
    {
        if (Assignments.Exists(static assignment => assignment.WrapUpUntil is null))
            return AgentState.Talking;
        if (Assignments.Count > 0)
            return AgentState.WrappingUp;
        if (Endpoint is null)
            return AgentState.LoggedOut;
        if (Offer is not null)
            return AgentState.Ringing;
        if (PauseReason is not null)
            return AgentState.Paused;
        return IsLost || IsMarked ? AgentState.Unreachable : AgentState.Available;
    }

    /// <summary>Whether a phone may be rung for the agent at all; capacity is another matter.</summary>
    public bool TakesOffers(DateTimeOffset now) =>
        IsAtWork && Offer is null && (RestYields || !Rests(now)) && (Assignments.Count == 0 || !IsWrappingUp);

    public bool Rests(DateTimeOffset now) => RestUntil > now;

    /// <summary>How much more the agent can carry on the channel, none when busy on one that must not be interrupted by it.</summary>
    public int FreeOn(string channel)
    {
        if (Model is null || !Model.Capacity.TryGetValue(channel, out var free))
            return 0;
        foreach (var assignment in Assignments)
        {
            if (assignment.Channel == channel)
                free -= assignment.Cost;
            else if (!CanInterrupt(assignment, channel))
                return 0;
        }
        return free;
    }

    public bool CanInterrupt(Assignment assignment, string channel) =>
        assignment.WrapUpUntil is not null
        || Model is null
        || !Model.Interruptible.TryGetValue(assignment.Channel, out var others)
        || others.Contains(channel);

    public bool EndsWrapUpAt(long ticks)
    {
        foreach (var assignment in Assignments)
        {
            if (assignment.WrapUpUntil?.UtcTicks == ticks)
                return true;
        }
        return false;
    }
}

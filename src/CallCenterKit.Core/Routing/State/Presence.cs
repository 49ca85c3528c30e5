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

    /// <summary>The phone was reported lost.</summary>
    public bool IsLost { get; set; }

    /// <summary>The phone left us without an answer, see <see cref="AgentUnreachable"/>.</summary>
    public bool IsMarked { get; set; }

    public DateTimeOffset Since { get; set; }

    public DateTimeOffset AvailableSince { get; set; }

    public DateTimeOffset LastCallEndedAt { get; set; }

    public int Calls { get; set; }

    public DateTimeOffset? RestUntil { get; set; }

    /// <summary>Whether the rest gives way when nobody else is free.</summary>
    public bool RestYields { get; set; }

    public OpenOffer? Offer { get; set; }

    public List<Assignment> Assignments { get; } = [];

    public AgentState State { get; set; }

    /// <summary>Where the agent stands in the queues it serves; kept by <see cref="RoutingIndex"/>.</summary>
    public List<Membership> Memberships { get; } = [];

    /// <summary>Whether <see cref="RoutingIndex"/> has noted that the agent may take something.</summary>
    public bool IsNoted { get; set; }

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
        Model is not null
        && Endpoint is not null
        && PauseReason is null
        && !IsLost
        && !IsMarked
        && Offer is null
        && (RestYields || !Rests(now))
        && !Assignments.Exists(static assignment => assignment.WrapUpUntil is not null);

    public bool Rests(DateTimeOffset now) => RestUntil > now;

    public int FreeOn(string channel, int capacity)
    {
        var free = capacity;
        foreach (var assignment in Assignments)
        {
            if (assignment.Channel == channel)
                free -= assignment.Cost;
        }
        return free;
    }

    public bool EndsWrapUpAt(long ticks) => Assignments.Exists(assignment => assignment.WrapUpUntil?.UtcTicks == ticks);
}

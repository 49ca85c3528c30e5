using CallCenterKit.Queues;

namespace CallCenterKit.Model;

/// <summary>Everything that is configured, validated and numbered. Never changes; a change is a new model.</summary>
/// <param name="Version">Rises with every model.</param>
/// <param name="Agents">By id.</param>
/// <param name="Queues">By id.</param>
public sealed record CallCenterModel(
    long Version,
    IReadOnlyDictionary<AgentId, AgentModel> Agents,
    IReadOnlyDictionary<QueueId, QueueModel> Queues)
{
    /// <summary>Nobody and nothing.</summary>
    public static CallCenterModel Empty { get; } = new(0, new Dictionary<AgentId, AgentModel>(), new Dictionary<QueueId, QueueModel>());
}

/// <summary>A person who takes calls.</summary>
/// <param name="Id">The host's name for them.</param>
/// <param name="Name">Shown on boards.</param>
/// <param name="Endpoints">Where they can be reached, in order of preference.</param>
/// <param name="Capacity">How much they can carry at once, by channel; a channel not named is none.</param>
public sealed record AgentModel(
    AgentId Id,
    string Name,
    IReadOnlyList<AgentEndpoint> Endpoints,
    IReadOnlyDictionary<string, int> Capacity);

/// <summary>A place where an agent can be reached.</summary>
/// <param name="Endpoint">The phone.</param>
/// <param name="Confirm">Whether whoever answers must press 1 first, so that a mobile's voicemail never takes a call.</param>
public sealed record AgentEndpoint(EndpointId Endpoint, bool Confirm = false);

/// <summary>A queue.</summary>
/// <param name="Id">The host's name for it.</param>
/// <param name="Name">Shown on boards.</param>
/// <param name="Strategy">The <see cref="Routing.IRoutingStrategy.Name"/> of the strategy.</param>
/// <param name="Members">Who serves it.</param>
public sealed record QueueModel(QueueId Id, string Name, string Strategy, IReadOnlyList<AgentId> Members)
{
    /// <summary>How long one agent is rung.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an agent who did not take an offer is left alone while others are free.</summary>
    public TimeSpan CoolOff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait; null is no limit.</summary>
    public TimeSpan? MaxWait { get; init; }

    /// <summary>The most entries that wait or are being offered; null is no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Where those go that found no place or waited too long; null hangs up.</summary>
    public Overflow? Overflow { get; init; }

    /// <summary>After-call work; zero is none.</summary>
    public TimeSpan WrapUp { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the conversation with the agent is recorded.</summary>
    public bool Record { get; init; }

    /// <summary>Played while waiting; null is silence.</summary>
    public string? Music { get; init; }

    /// <summary>Whether the caller is answered on entry; otherwise rung until the agent answers.</summary>
    public bool AnswerOnEntry { get; init; } = true;

    /// <summary>Answered within this counts as in time.</summary>
    public TimeSpan ServiceLevelThreshold { get; init; } = TimeSpan.FromSeconds(20);
}

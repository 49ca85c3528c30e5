using System.Collections.Frozen;
using CallCenterKit.Recordings;
using CallCenterKit.Skills;

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

    /// <summary>The reasons agents may give for a pause; empty allows any.</summary>
    public IReadOnlyList<string> BreakKinds { get; init; } = [];

    /// <summary>Whether calls of this center are recorded, and from when; null says nothing: then none are that no other rule wants recorded.</summary>
    public RecordingMode? Recording { get; init; }
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
    IReadOnlyDictionary<string, int> Capacity)
{
    /// <summary>Which of <see cref="Endpoints"/> are rung, and how.</summary>
    public RingOrder RingOrder { get; init; }

    /// <summary>What they can do.</summary>
    public SkillSet Skills { get; init; } = SkillSet.Empty;

    /// <summary>
    /// By channel: the channels by which something more may be offered while the agent is busy on it. A channel that is not
    /// named lets every other in: channels are then independent.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Interruptible { get; init; } = FrozenDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>The file the caller hears before the agent; null is none.</summary>
    public string? Greeting { get; init; }

    /// <summary>Whether their conversations are recorded, and from when; null says nothing.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>A place where an agent can be reached.</summary>
/// <param name="Endpoint">The phone.</param>
/// <param name="Confirm">Whether whoever answers must press 1 first, so that a mobile's voicemail never takes a call.</param>
public sealed record AgentEndpoint(EndpointId Endpoint, bool Confirm = false)
{
    /// <summary>Dialled over the dial plan: a mobile of the agent; null for a phone of ours.</summary>
    public string? Number { get; init; }
}

/// <summary>Which of an agent's phones are rung.</summary>
public enum RingOrder
{
    /// <summary>The one the agent works from.</summary>
    First,

    /// <summary>The one the agent works from, then the others, each for an equal share of the ring time.</summary>
    InOrder,

    /// <summary>All at once; whoever answers first has it.</summary>
    All,
}

using CallCenterKit.Routing;
using CallCenterKit.Voice;

namespace CallCenterKit.Live;

/// <summary>The center at one moment. Never changes.</summary>
/// <param name="At">When the last event happened that it contains.</param>
/// <param name="Position">The journal position of that event.</param>
/// <param name="Agents">In order of their ids.</param>
/// <param name="Waiting">Whoever waits or is being offered: queue by queue, in order of their place.</param>
/// <param name="Queues">In order of their ids.</param>
public sealed record LiveView(
    DateTimeOffset At,
    long Position,
    IReadOnlyList<LiveAgent> Agents,
    IReadOnlyList<LiveEntry> Waiting,
    IReadOnlyList<LiveQueue> Queues);

/// <summary>One agent.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">Shown on boards.</param>
/// <param name="State">A function of presence and assignments.</param>
/// <param name="Since">When that state began.</param>
/// <param name="Endpoint">Where the agent is logged in; null when not at work.</param>
/// <param name="PauseReason">Why the agent takes no offers; null when not paused.</param>
/// <param name="Interaction">What rings, is talked about, or is being wrapped up; null when there is nothing.</param>
public sealed record LiveAgent(
    AgentId Id,
    string Name,
    AgentState State,
    DateTimeOffset Since,
    EndpointId? Endpoint,
    string? PauseReason,
    InteractionId? Interaction)
{
    /// <summary>Who began that interaction, as seen by the agent; null when there is none.</summary>
    public CallDirection? Direction { get; init; }
}

/// <summary>One stay in a queue.</summary>
/// <param name="Entry">Which.</param>
/// <param name="Interaction">What waits.</param>
/// <param name="Queue">Where.</param>
/// <param name="EnqueuedAt">When it first began to wait.</param>
/// <param name="Place">From 1, those being offered included.</param>
/// <param name="OfferedTo">Who is being rung for it; null when nobody is.</param>
public sealed record LiveEntry(
    EntryId Entry,
    InteractionId Interaction,
    QueueId Queue,
    DateTimeOffset EnqueuedAt,
    int Place,
    AgentId? OfferedTo);

/// <summary>One queue.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">Shown on boards.</param>
/// <param name="Waiting">Entries nobody is being rung for.</param>
/// <param name="Offered">Entries somebody is being rung for.</param>
/// <param name="Longest">When the one that waits longest began to wait; null when none does.</param>
/// <param name="LoggedIn">Members at work.</param>
/// <param name="Available">Members in <see cref="AgentState.Available"/>.</param>
public sealed record LiveQueue(
    QueueId Id,
    string Name,
    int Waiting,
    int Offered,
    DateTimeOffset? Longest,
    int LoggedIn,
    int Available);

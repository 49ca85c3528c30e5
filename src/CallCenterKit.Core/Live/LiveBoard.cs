using CallCenterKit.Journal;
using CallCenterKit.Model;
using CallCenterKit.Routing;
using CallCenterKit.Voice;

namespace CallCenterKit.Live;

/// <summary>What happens in the center right now: a fold over the journal.</summary>
/// <remarks><see cref="Current"/> on any thread; <see cref="Apply"/> on one thread at a time.</remarks>
public sealed class LiveBoard : IEventFold
{
    private readonly Lock _lock = new();
    private readonly RoutingState _state = new(epoch: 0);
    private DateTimeOffset _at;
    private long _position;
    private LiveView? _current;

    /// <summary>An empty board: follow with every entry of the journal.</summary>
    public LiveBoard()
    {
    }

    /// <summary>A board as of a snapshot: follow with the entries after it.</summary>
    public LiveBoard(RoutingSnapshot start)
    {
        ArgumentNullException.ThrowIfNull(start);
        _state.Load(start);
    }

    /// <summary>The picture now; made when asked for, the same object until something changes.</summary>
    public LiveView Current
    {
        get { lock (_lock) { return _current ??= Draw(); } }
    }

    /// <inheritdoc />
    public void Apply(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Event is not RoutingEvent happened)
            return;
        lock (_lock)
        {
            _state.Apply(happened, entry.At);
            (_at, _position, _current) = (entry.At, entry.Position, null);
        }
    }

    /// <summary>Who works from a phone now, with it as lease or as one of several; null is nobody. Any thread.</summary>
    public LiveAgent? AgentAt(EndpointId endpoint)
    {
        lock (_lock)
        {
            return _state.AgentsOf(endpoint) is [var agent, ..] ? Draw(agent) : null;
        }
    }

    /// <summary>One agent as of now; null when unknown. Any thread.</summary>
    public LiveAgent? Find(AgentId agent)
    {
        lock (_lock)
        {
            return _state.Agents.TryGetValue(agent, out var known) ? Draw(known) : null;
        }
    }

    private LiveView Draw()
    {
        var agents = _state.Agents.Values.OrderBy(agent => agent.Id.Value, StringComparer.Ordinal).Select(Draw).ToList();
        var waiting = _state.Entries.Values
            .GroupBy(entry => entry.Queue)
            .OrderBy(queue => queue.Key.Value, StringComparer.Ordinal)
            .SelectMany(queue => queue.OrderBy(entry => entry.Rank).Select(Draw))
            .ToList();
        var byQueue = waiting.ToLookup(entry => entry.Queue);
        var queues = _state.Model.Queues.Values
            .OrderBy(queue => queue.Id.Value, StringComparer.Ordinal)
            .Select(queue => Draw(queue, byQueue[queue.Id]))
            .ToList();
        return new(_at, _position, agents, waiting, queues);
    }

    private static LiveAgent Draw(Presence agent)
    {
        var talking = agent.Assignments.Find(each => each.WrapUpUntil is null);
        var shown = talking ?? (agent.Offer is null ? agent.Assignments.FirstOrDefault() : null);
        return new(
            agent.Id,
            agent.Model?.Name ?? agent.Id.Value,
            agent.State,
            agent.Since,
            agent.Endpoint,
            agent.PauseReason,
            shown?.Interaction ?? agent.Offer?.Interaction)
        {
            Direction = shown?.Direction ?? (agent.Offer is null ? null : CallDirection.Inbound),
        };
    }

    private static LiveEntry Draw(QueueEntry entry, int index) =>
        new(entry.Id, entry.Interaction, entry.Queue, entry.EnqueuedAt, index + 1, entry.Offers.Count > 0 ? entry.Offers[0].Agent.Id : null);

    private LiveQueue Draw(QueueModel queue, IEnumerable<LiveEntry> entries)
    {
        var all = entries.ToList();
        var members = queue.Members.Select(member => member.Agent).Distinct().Select(id => _state.Agents.GetValueOrDefault(id)).OfType<Presence>().ToList();
        return new(
            queue.Id,
            queue.Name,
            all.Count(entry => entry.OfferedTo is null),
            all.Count(entry => entry.OfferedTo is not null),
            all.FirstOrDefault()?.EnqueuedAt,
            members.Count(agent => agent.Endpoint is not null),
            members.Count(agent => agent.State == AgentState.Available));
    }
}

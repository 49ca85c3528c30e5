using CallCenterKit.Journal;
using CallCenterKit.Routing;

namespace CallCenterKit.Live;

/// <summary>What happens in the center right now: a fold over the journal.</summary>
/// <remarks><see cref="Current"/> on any thread; <see cref="Apply"/> on one thread at a time.</remarks>
public sealed class LiveBoard : IEventFold
{
    /// <summary>An empty board.</summary>
    public LiveBoard() => throw new NotImplementedException();

    /// <summary>A board as of a snapshot; follow with the entries after it.</summary>
    public LiveBoard(RoutingSnapshot start) => throw new NotImplementedException();

    /// <summary>The picture now; made when asked for, the same object until something changes.</summary>
    public LiveView Current => throw new NotImplementedException();

    /// <inheritdoc />
    public void Apply(JournalEntry entry) => throw new NotImplementedException();
}

using CallCenterKit.Journal;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenterKit.Routing;

/// <summary>What a <see cref="RoutingLoop"/> works with.</summary>
public sealed class RoutingLoopParts
{
    /// <summary>Decides; belongs to the loop from now on.</summary>
    public required RoutingEngine Engine { get; init; }

    /// <summary>Takes what happened: the writer of <see cref="Streams.Routing"/>.</summary>
    public required EventWriter Journal { get; init; }

    /// <summary>Carries out what is to be done.</summary>
    public required IRoutingPerformer Performer { get; init; }

    /// <summary>Clock and timer.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Keeps the state of the engine now and then; null keeps none.</summary>
    public ISnapshotStore? Snapshots { get; init; }

    /// <summary>After how many events a snapshot is kept; at least 1.</summary>
    public int SnapshotEvery { get; init; } = 10_000;

    /// <summary>Counts the commands that wait.</summary>
    public IRunningWork Work { get; init; } = RunningWork.Uncounted;

    /// <summary>Takes faults.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}

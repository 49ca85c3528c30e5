namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>
/// How far the callers of each batch, as they were drawn, are from what they are on average. Four figures whose means are
/// zero by the way they are drawn, whatever the engine does: mean handling time and mean time between arrivals, and how each
/// of these goes with the load of the recent past. They explain up to four fifths of the variance of a mean wait, so a run is
/// a quarter as long as it would be without them (control variates).
/// </summary>
internal sealed class LoadControls(Traffic traffic, int warmUp, int batchSize)
{
    private readonly double _decay = Math.Exp(-1 / MemoryOf(traffic));
    private readonly double[][] _batches = [.. Enumerable.Range(0, Interval.Batches).Select(_ => new double[Interval.Controls])];
    private double _recentLoad;

    public IReadOnlyList<double[]> Batches => _batches;

    /// <summary>In the order of arrival.</summary>
    public void Arrived(Caller caller)
    {
        var handling = caller.HandlingSeconds / traffic.MeanHandlingSeconds - 1;
        var interarrival = caller.InterarrivalSeconds * traffic.ArrivalsPerSecond - 1;
        if (caller.Number >= warmUp)
        {
            var batch = _batches[(caller.Number - warmUp) / batchSize];
            batch[0] += handling / batchSize;
            batch[1] += interarrival / batchSize;
            batch[2] += handling * _recentLoad / batchSize;
            batch[3] += interarrival * _recentLoad / batchSize;
        }
        _recentLoad = _recentLoad * _decay + handling - interarrival;
    }

    /// <summary>For how many callers the line remembers a busy time, roughly. A poor guess costs precision, not truth.</summary>
    private static double MemoryOf(Traffic traffic)
    {
        var untilDrained = traffic.Occupancy < 1 ? traffic.Occupancy / Math.Pow(1 - Math.Sqrt(traffic.Occupancy), 2) : double.PositiveInfinity;
        var untilHungUp = traffic.MeanPatienceSeconds * traffic.ArrivalsPerSecond ?? double.PositiveInfinity;
        return Math.Min(untilDrained, untilHungUp) / 2;
    }
}

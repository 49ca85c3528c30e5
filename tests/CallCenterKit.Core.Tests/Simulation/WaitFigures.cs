using CallCenterKit.Queues;

namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>What callers met in a <see cref="CenterSimulation"/>, in batches by their order of arrival.</summary>
internal sealed class WaitFigures
{
    private readonly Batch[] _batches = new Batch[Interval.Batches];
    private readonly LoadControls _controls;
    private readonly int _warmUp, _batchSize;
    private readonly TimeSpan _threshold;

    /// <param name="traffic">Of the simulation.</param>
    /// <param name="warmUp">So many callers come first and are not counted.</param>
    /// <param name="batchSize">Callers in one of the <see cref="Interval.Batches"/>.</param>
    /// <param name="threshold">Answered within this is in time.</param>
    private WaitFigures(Traffic traffic, int warmUp, int batchSize, TimeSpan threshold)
    {
        (_warmUp, _batchSize, _threshold) = (warmUp, batchSize, threshold);
        _controls = new(traffic, warmUp, batchSize);
    }

    /// <summary>Share of all that were not answered at once.</summary>
    public Interval Waited => Of(batch => (double)batch.Waited / _batchSize);

    /// <summary>Share of all that hung up.</summary>
    public Interval Abandoned => Of(batch => (double)batch.Abandoned / _batchSize);

    /// <summary>Share of all that were answered within the threshold.</summary>
    public Interval InTime => Of(batch => (double)batch.InTime / _batchSize);

    /// <summary>In seconds, of those answered and those who hung up.</summary>
    public Interval MeanWait => Of(batch => (batch.AnsweredSeconds + batch.AbandonedSeconds) / _batchSize);

    /// <summary>In seconds, of those answered.</summary>
    public Interval SpeedOfAnswer => Of(batch => batch.AnsweredSeconds / batch.Answered);

    /// <summary>Runs a center from empty and counts all but the first callers.</summary>
    public static WaitFigures Measure(Traffic traffic, ulong seed, int callers, TimeSpan threshold)
    {
        const int WarmUp = 5000;
        var batchSize = callers / Interval.Batches;
        var figures = new WaitFigures(traffic, WarmUp, batchSize, threshold);
        new CenterSimulation(traffic, seed)
        {
            Arrived = figures._controls.Arrived,
            Answered = figures.Answered,
            Released = figures.Released,
        }.Run(WarmUp + batchSize * Interval.Batches);
        return figures;
    }

    private void Answered(Caller caller)
    {
        if (caller.Number < _warmUp)
            return;
        ref var batch = ref BatchOf(caller);
        batch.Answered++;
        batch.AnsweredSeconds += caller.Waited.TotalSeconds;
        batch.Waited += caller.Waited > TimeSpan.Zero ? 1 : 0;
        batch.InTime += caller.Waited <= _threshold ? 1 : 0;
    }

    private void Released(Caller caller, QueueOutcome outcome)
    {
        Assert.IsType<QueueOutcome.Abandoned>(outcome);
        if (caller.Number < _warmUp)
            return;
        ref var batch = ref BatchOf(caller);
        batch.Abandoned++;
        batch.AbandonedSeconds += caller.Waited.TotalSeconds;
        batch.Waited++;
    }

    private ref Batch BatchOf(Caller caller) => ref _batches[(caller.Number - _warmUp) / _batchSize];

    private Interval Of(Func<Batch, double> figure)
    {
        Assert.All(_batches, batch => Assert.Equal(_batchSize, batch.Answered + batch.Abandoned));
        return Interval.Of([.. _batches.Select(figure)], _controls.Batches);
    }

    private struct Batch
    {
        public int Answered, Abandoned, Waited, InTime;
        public double AnsweredSeconds, AbandonedSeconds;
    }
}

namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>What callers met in a <see cref="PlainLine"/>, in batches by their order of arrival.</summary>
internal sealed class WaitFigures
{
    private readonly Batch[] _batches = new Batch[Interval.Batches];
    private readonly LoadControls _controls;
    private readonly int _warmUp, _batchSize;
    private readonly TimeSpan _threshold;

    /// <param name="traffic">Of the line.</param>
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

    /// <summary>Lets the line begin empty and counts all but the first callers.</summary>
    public static WaitFigures Measure(Traffic traffic, ulong seed, int callers, TimeSpan threshold)
    {
        const int WarmUp = 5000;
        var batchSize = callers / Interval.Batches;
        var figures = new WaitFigures(traffic, WarmUp, batchSize, threshold);
        var line = new PlainLine(traffic, seed);
        for (var left = WarmUp + batchSize * Interval.Batches; left > 0; left--)
            figures.Count(line.Next());
        return figures;
    }

    private void Count((Caller Caller, bool IsAnswered) met)
    {
        _controls.Arrived(met.Caller);
        if (met.Caller.Number < _warmUp)
            return;
        ref var batch = ref BatchOf(met.Caller);
        if (met.IsAnswered)
            CountAnswered(ref batch, met.Caller.Waited);
        else
            CountAbandoned(ref batch, met.Caller.Waited);
    }

    private void CountAnswered(ref Batch batch, TimeSpan waited)
    {
        batch.Answered++;
        batch.AnsweredSeconds += waited.TotalSeconds;
        batch.Waited += waited > TimeSpan.Zero ? 1 : 0;
        batch.InTime += waited <= _threshold ? 1 : 0;
    }

    private static void CountAbandoned(ref Batch batch, TimeSpan waited)
    {
        batch.Abandoned++;
        batch.AbandonedSeconds += waited.TotalSeconds;
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

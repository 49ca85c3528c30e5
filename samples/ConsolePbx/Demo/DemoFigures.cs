namespace ConsolePbx.Demo;

/// <summary>Key figures of a queue as they should be, by the clocks of the phones that waited in it.</summary>
/// <param name="Answered">How many were meant to be taken by an agent.</param>
/// <param name="Abandoned">How many were meant to give up.</param>
/// <param name="ServiceLevelF4">Answered within the threshold / (answered + abandoned after the threshold); 0 to 1.</param>
/// <param name="AverageSpeedOfAnswer">Mean wait of the answered, from queue entry.</param>
internal sealed record DemoFigures(int Answered, int Abandoned, double ServiceLevelF4, TimeSpan AverageSpeedOfAnswer)
{
    public static DemoFigures Of(IEnumerable<DemoOutcome> outcomes, TimeSpan threshold)
    {
        var queued = outcomes.Where(outcome => outcome.Call.Queue is not null).ToLookup(outcome => outcome.Call.Talks, outcome => outcome.Waited);
        var (answered, abandoned) = (queued[true].ToList(), queued[false].ToList());
        var inTime = answered.Count(wait => wait <= threshold);
        var late = abandoned.Count(wait => wait > threshold);
        return new(answered.Count, abandoned.Count, (double)inTime / (answered.Count + late), TimeSpan.FromSeconds(answered.Average(wait => wait.TotalSeconds)));
    }
}

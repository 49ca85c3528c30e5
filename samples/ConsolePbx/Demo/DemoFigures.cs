using CallCenterKit.Records;

namespace ConsolePbx.Demo;

/// <summary>Key figures as they should be: of the calls that the script brings to a queue, with the waits of their records.</summary>
/// <param name="Answered">How many were meant to be taken by an agent.</param>
/// <param name="Abandoned">How many were meant to give up.</param>
/// <param name="ServiceLevelF4">Answered within the threshold / (answered + abandoned after the threshold); 0 to 1.</param>
/// <param name="AverageSpeedOfAnswer">Mean wait of the answered, from queue entry.</param>
internal sealed record DemoFigures(int Answered, int Abandoned, double ServiceLevelF4, TimeSpan AverageSpeedOfAnswer)
{
    public static DemoFigures Of(DemoScript script, IEnumerable<CallRecord> records)
    {
        var waits = records.ToLookup(record => record.Number, record => record.Waited ?? TimeSpan.Zero);
        var queued = script.Calls.Where(call => call.Queue is not null).ToLookup(call => call.Talks, call => waits[call.Number].FirstOrDefault());
        var (answered, abandoned) = (queued[true].ToList(), queued[false].ToList());
        var inTime = answered.Count(wait => wait <= script.Threshold);
        var late = abandoned.Count(wait => wait > script.Threshold);
        return new(answered.Count, abandoned.Count, (double)inTime / (answered.Count + late), TimeSpan.FromSeconds(answered.Average(wait => wait.TotalSeconds)));
    }
}

using CallCenterKit.Records;
using CallCenterKit.Routing;

namespace ConsolePbx.Demo;

/// <summary>Key figures of some calls.</summary>
/// <param name="Calls">All of them, those from phone to phone included.</param>
/// <param name="Answered">Taken by an agent out of a queue.</param>
/// <param name="Abandoned">Left by the caller while waiting.</param>
/// <param name="ServiceLevelF4">Answered within the threshold / (answered + abandoned after the threshold); 0 to 1.</param>
/// <param name="AverageSpeedOfAnswer">Mean wait of the answered, from queue entry.</param>
internal sealed record DemoFigures(int Calls, int Answered, int Abandoned, double ServiceLevelF4, TimeSpan AverageSpeedOfAnswer)
{
    public static DemoFigures Of(IReadOnlyCollection<CallRecord> records, TimeSpan threshold) => Of(
        records.Count,
        Waits(records, QueueExit.Answered),
        Waits(records, QueueExit.Abandoned),
        threshold);

    public static DemoFigures Of(int calls, IReadOnlyCollection<TimeSpan> answered, IReadOnlyCollection<TimeSpan> abandoned, TimeSpan threshold)
    {
        var late = abandoned.Count(wait => wait > threshold);
        return new(
            calls,
            answered.Count,
            abandoned.Count,
            answered.Count + late == 0 ? 1 : (double)answered.Count(wait => wait <= threshold) / (answered.Count + late),
            answered.Count == 0 ? TimeSpan.Zero : answered.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait) / answered.Count);
    }

    private static List<TimeSpan> Waits(IEnumerable<CallRecord> records, QueueExit exit) =>
        [.. records.Where(record => record.QueueExit == exit).Select(record => record.Waited ?? TimeSpan.Zero)];
}

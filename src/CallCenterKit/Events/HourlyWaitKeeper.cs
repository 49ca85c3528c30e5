using CallCenterKit.Journal;
using CallCenterKit.Metrics;

namespace CallCenterKit.Events;

/// <summary>Keeps the usual waits beyond the end of the process: a snapshot at most once an hour, and one at the end.</summary>
/// <remarks>Called by one thread at a time.</remarks>
internal sealed class HourlyWaitKeeper(HourlyWaits waits, ISnapshotStore store) : IEventFold
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private DateTimeOffset? _since;

    public void Apply(JournalEntry entry)
    {
        waits.Apply(entry);
        _since ??= entry.At;
        if (entry.At - _since < Interval)
            return;
        _since = entry.At;
        Keep();
    }

    public void Keep() => store.Save(waits.TakeSnapshot());
}

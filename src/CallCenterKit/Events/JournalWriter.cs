using CallCenterKit.Journal;
using CallCenterKit.Time;

namespace CallCenterKit.Events;

/// <summary>Writes one stream with the time of its own clock.</summary>
internal sealed class JournalWriter(EventWriter stream, Clock clock)
{
    /// <summary>Appends the events as of now and returns the position of the last; 0 when there were none.</summary>
    public long Append(IReadOnlyList<CenterEvent> events) => events.Count == 0 ? 0 : stream.Append(events, clock.Now);
}

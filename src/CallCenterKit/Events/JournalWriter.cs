using CallCenterKit.Journal;
using CallCenterKit.Time;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Events;

/// <summary>Writes one stream with the time of its own clock.</summary>
internal sealed partial class JournalWriter(EventWriter stream, Clock clock, ILogger logger)
{
    /// <summary>Appends the events as of now and returns the position of the last; 0 when there were none.</summary>
    /// <remarks>Never throws: callers must not suffer for a journal that is broken.</remarks>
    public long Append(IReadOnlyList<CenterEvent> events)
    {
        try
        {
            return stream.Append(events, clock.Now);
        }
        catch (Exception fault)
        {
            LogJournalFailed(logger, fault, events.Count);
            return 0;
        }
    }

    [LoggerMessage(7203, LogLevel.Critical, "{Count} events could not be appended to the journal; calls go on without a record.")]
    private static partial void LogJournalFailed(ILogger logger, Exception fault, int count);
}

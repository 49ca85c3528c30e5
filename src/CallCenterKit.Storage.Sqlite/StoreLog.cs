using Microsoft.Extensions.Logging;

namespace CallCenterKit.Storage.Sqlite;

internal static partial class StoreLog
{
    [LoggerMessage(5000, LogLevel.Information, "Store {File} is open")]
    public static partial void Opened(ILogger logger, string file);

    [LoggerMessage(5001, LogLevel.Error, "Store {File} cannot be written; {Queued} pieces of work are kept in memory and tried again in {RetryAfter}")]
    public static partial void WriteFailed(ILogger logger, string file, int queued, TimeSpan retryAfter, Exception fault);

    [LoggerMessage(5002, LogLevel.Information, "Store {File} can be written again")]
    public static partial void WritesAgain(ILogger logger, string file);

    [LoggerMessage(5003, LogLevel.Error, "Event of kind '{Kind}' at position {Position} cannot be turned into JSON and is left out of store {File}")]
    public static partial void EventLeftOut(ILogger logger, string kind, long position, string file, Exception fault);

    [LoggerMessage(5004, LogLevel.Critical, "Store {File} was closed while it could not be written; {Lost} pieces of work are lost")]
    public static partial void Lost(ILogger logger, string file, int lost, Exception fault);

    [LoggerMessage(5005, LogLevel.Critical, "Center {Center} in store {File} was taken over; nothing more is written from here")]
    public static partial void TakenOver(ILogger logger, string center, string file);
}

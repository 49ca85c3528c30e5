using Microsoft.Extensions.Logging;

namespace CallCenterKit.Recordings;

internal static partial class RecordingLog
{
    [LoggerMessage(7401, LogLevel.Information, "{Count} recordings were erased: their time is over.")]
    public static partial void Erased(ILogger logger, int count);

    [LoggerMessage(7402, LogLevel.Error, "Recording {Recording} could not be erased; it is tried again tomorrow.")]
    public static partial void EraseFailed(ILogger logger, Exception fault, RecordingId recording);

    [LoggerMessage(7403, LogLevel.Warning, "The files of {Count} recordings are missing, {File} among them.")]
    public static partial void Missing(ILogger logger, int count, string file);

    [LoggerMessage(7404, LogLevel.Warning, "The file {File} of recording {Recording}, of which nothing was known, was found and is listed now.")]
    public static partial void Found(ILogger logger, string file, RecordingId recording);

    [LoggerMessage(7405, LogLevel.Error, "The daily look at recordings failed; it is done again tomorrow.")]
    public static partial void UpkeepFailed(ILogger logger, Exception fault);

    [LoggerMessage(7406, LogLevel.Error, "The length of the interrupted recording {File} could not be read.")]
    public static partial void LengthUnknown(ILogger logger, Exception fault, string file);

    [LoggerMessage(7407, LogLevel.Error, "The checksum of the interrupted recording {File} could not be taken; it is tried again tomorrow.")]
    public static partial void SealFailed(ILogger logger, Exception fault, string file);
}

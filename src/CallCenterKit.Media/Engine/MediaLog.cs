using Microsoft.Extensions.Logging;

namespace CallCenterKit.Media.Engine;

internal static partial class MediaLog
{
    [LoggerMessage(2000, LogLevel.Information, "Media engine started: {Threads} threads, {Poller}")]
    public static partial void Started(ILogger logger, int threads, MediaPoller poller);

    [LoggerMessage(2001, LogLevel.Error, "Media of a leg failed and was closed; its call is without audio")]
    public static partial void LegFailed(ILogger logger, Exception fault);

    [LoggerMessage(2002, LogLevel.Error, "The sink of a leg's media threw; sinks only hand over")]
    public static partial void SinkFailed(ILogger logger, Exception fault);

    [LoggerMessage(2003, LogLevel.Error, "Recording {Path} ended early; its call goes on")]
    public static partial void RecordingFailed(ILogger logger, string path, Exception fault);

    [LoggerMessage(2004, LogLevel.Error, "The alarm for failing recordings threw")]
    public static partial void AlarmFailed(ILogger logger, Exception fault);

    [LoggerMessage(2005, LogLevel.Warning, "Prompt {Path} cannot be played: {Reason}")]
    public static partial void PromptFailed(ILogger logger, string path, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "RTP sockets can't be marked with DSCP {Dscp}: {Reason}. Audio goes out unmarked")]
    public static partial void NotMarked(ILogger logger, int dscp, string reason);

    [LoggerMessage(2007, LogLevel.Error, "No RTP port is free on {Address} from {FirstPort} to {LastPort}; calls are refused until one is")]
    public static partial void PortsExhausted(ILogger logger, string address, int firstPort, int lastPort);

    [LoggerMessage(2020, LogLevel.Error, "The disk at {Volume} has not written for {Lasted}; {Recordings} recordings wait in memory, calls go on")]
    public static partial void RecordingsStalled(ILogger logger, string volume, TimeSpan lasted, int recordings);

    [LoggerMessage(2021, LogLevel.Warning, "The disk at {Volume} writes recordings again, after {Lasted}")]
    public static partial void RecordingsRecovered(ILogger logger, string volume, TimeSpan lasted);
}

using Microsoft.Extensions.Logging;

namespace CallCenterKit.Playlists;

/// <summary>Event ids 7410 to 7419.</summary>
internal static partial class PlaylistLog
{
    [LoggerMessage(7410, LogLevel.Error, "The tip for callers of queue {Queue} could not be had; they hear music without it.")]
    public static partial void TipFailed(ILogger logger, Exception fault, QueueId queue);
}

using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Playlists;

/// <summary>Knows what is worth telling callers who wait: when fewer call, where else to find help.</summary>
/// <remarks>Register one in the host's services; it takes the place of the quiet hours that queues tell. Called once for each caller who meets a playlist with tips, on any thread; must not wait.</remarks>
public interface IQueueTips
{
    /// <summary>Recordings of the catalog that make the tip; null when there is none now.</summary>
    /// <param name="queue">Where the caller waits.</param>
    /// <param name="language">The caller's: "en".</param>
    Prompt? TipFor(QueueId queue, string language);
}

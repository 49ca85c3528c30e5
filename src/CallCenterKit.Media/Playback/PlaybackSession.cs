using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Playback;

/// <summary>Something being played on a leg.</summary>
/// <remarks>Any thread.</remarks>
public sealed class PlaybackSession
{
    private readonly TaskCompletionSource<PlaybackEnd> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MediaLeg _leg;

    internal PlaybackSession(MediaLeg leg, PlayList list, long number)
    {
        Number = number;
        _leg = leg;
        List = list;
    }

    /// <summary>What is played.</summary>
    public PlayList List { get; }

    /// <summary>Ends when the last frame was heard, or whatever else ended it; never fails.</summary>
    public Task<PlaybackEnd> Completed => _completed.Task;

    /// <summary>Stops the sound within one 20 ms frame; does nothing when it is over.</summary>
    public void Stop() => _leg.Stream.Post(stream => stream.StopPlayback(this));

    /// <summary>Counts the plays of the leg from 1 on.</summary>
    internal long Number { get; }

    /// <summary>The media thread's.</summary>
    internal bool IsStopped { get; set; }

    internal void End(PlaybackEnd end) => _completed.TrySetResult(end);
}

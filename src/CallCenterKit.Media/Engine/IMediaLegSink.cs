using CallCenterKit.Media.Playback;

namespace CallCenterKit.Media.Engine;

/// <summary>Is told what happens on the audio of one leg.</summary>
/// <remarks>
/// Called on a media thread between packets of all its calls: an implementation only hands over. It may call any member
/// of the leg, since those only post messages.
/// </remarks>
public interface IMediaLegSink
{
    /// <summary>The party has pressed and released a key (RFC 4733).</summary>
    /// <param name="digit">0-9, *, #, A-D.</param>
    /// <param name="duration">How long it was held, as far as packets told.</param>
    void OnDigit(char digit, TimeSpan duration);

    /// <summary>What was played is over; <see cref="PlaybackSession.Completed"/> says the same.</summary>
    /// <param name="playback">What <see cref="MediaLeg.Play"/> returned.</param>
    /// <param name="end">How it ended.</param>
    void OnPlaybackEnded(PlaybackSession playback, PlaybackEnd end);

    /// <summary>No packet came for <see cref="MediaOptions.MediaTimeout"/> though the leg should receive. Told once until packets come again.</summary>
    /// <param name="silentFor">Time since the last packet, or since the leg was established.</param>
    void OnMediaTimeout(TimeSpan silentFor);

    /// <summary>The leg has begun to sound poor, or sounds good again: judged once a second by the 10 s before, at the earliest
    /// 10 s after its first packet.</summary>
    /// <param name="quality">How it sounds.</param>
    void OnQualityChanged(MediaLegQuality quality)
    {
    }
}

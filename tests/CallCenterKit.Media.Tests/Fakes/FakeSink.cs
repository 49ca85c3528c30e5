using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Playback;

namespace CallCenterKit.Media.Tests.Fakes;

internal sealed class FakeSink : IMediaLegSink
{
    public List<(char Digit, TimeSpan Duration)> Digits { get; } = [];

    public List<(PlaybackSession Playback, PlaybackEnd End)> Ended { get; } = [];

    public List<TimeSpan> Timeouts { get; } = [];

    public List<MediaLegQuality> Qualities { get; } = [];

    public void OnDigit(char digit, TimeSpan duration) => Digits.Add((digit, duration));

    public void OnPlaybackEnded(PlaybackSession playback, PlaybackEnd end) => Ended.Add((playback, end));

    public void OnMediaTimeout(TimeSpan silentFor) => Timeouts.Add(silentFor);

    public void OnQualityChanged(MediaLegQuality quality) => Qualities.Add(quality);
}

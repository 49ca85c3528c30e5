using System.Threading.Channels;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Playback;

namespace CallCenterKit.Media.Tests.Loopback;

internal sealed class WaitingSink : IMediaLegSink
{
    private readonly Channel<char> _digits = Channel.CreateUnbounded<char>();

    public ChannelReader<char> Digits => _digits.Reader;

    public void OnDigit(char digit, TimeSpan duration) => _digits.Writer.TryWrite(digit);

    public void OnPlaybackEnded(PlaybackSession playback, PlaybackEnd end)
    {
    }

    public void OnMediaTimeout(TimeSpan silentFor)
    {
    }
}

using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Playback;

/// <summary>Goes through a play list frame by frame. On the media thread.</summary>
internal sealed class PlaybackRun
{
    private readonly IReadOnlyList<PlaySegment> _segments;
    private readonly bool _loop;
    private int _item;
    private int _frame;
    private int _framesPlayed;

    public PlaybackRun(PlaybackSession session, LoadedList list, PlayPosition from)
    {
        Session = session;
        _segments = list.Segments;
        _loop = session.List.Loop;
        (_item, _frame) = from.Item < _segments.Count ? from : default;
    }

    public PlaybackSession Session { get; }

    public PlayPosition Position => new(_item, _frame);

    public TimeSpan Played => _framesPlayed * MediaThread.Frame;

    /// <summary>Makes the next frame; false when the list is over.</summary>
    public bool Next(AudioCodec codec, MixerScratch scratch, out ReadOnlySpan<byte> payload)
    {
        // One item more than there are: a list without any sound ends even when it loops.
        for (var tries = 0; tries <= _segments.Count && _item < _segments.Count; tries++)
        {
            if (_segments[_item].TryGetFrame(_frame, codec, scratch, out payload))
            {
                _frame++;
                _framesPlayed++;
                return true;
            }

            NextItem();
        }

        payload = default;
        (_item, _frame) = (0, 0);
        return false;
    }

    /// <summary>It is over, by whatever reason.</summary>
    public void Release()
    {
        foreach (var segment in _segments)
            segment.Release();
    }

    private void NextItem()
    {
        _frame = 0;
        _item++;
        if (_loop && _item == _segments.Count)
            _item = 0;
    }
}

namespace CallCenterKit.Media.Srtp;

/// <summary>The windows of the sources that are heard under one key, the last few of them.</summary>
/// <remarks>A party has one source, or two while it changes; whoever lacks the key can add none.</remarks>
internal sealed class SrtpStreams
{
    private const int Most = 4;

    private readonly (uint Ssrc, ReplayWindow Window)[] _streams = new (uint, ReplayWindow)[Most];
    private int _count;
    private int _latest;
    private int _oldest;

    /// <summary>What was heard of a source; empty if nothing.</summary>
    public ReplayWindow Find(uint ssrc)
    {
        var at = IndexOf(ssrc);
        return at < 0 ? default : _streams[at].Window;
    }

    /// <summary>Keeps the window of a source whose packet was authentic; a new one takes the place of the one that came first.</summary>
    public void Keep(uint ssrc, ReplayWindow window)
    {
        var at = IndexOf(ssrc);
        if (at < 0)
        {
            at = _count < Most ? _count++ : _oldest++ % Most;
            _streams[at].Ssrc = ssrc;
        }

        _streams[at].Window = window;
        _latest = at;
    }

    private int IndexOf(uint ssrc)
    {
        if (_count > 0 && _streams[_latest].Ssrc == ssrc)
            return _latest;
        for (var i = 0; i < _count; i++)
        {
            if (_streams[i].Ssrc == ssrc)
                return i;
        }

        return -1;
    }
}

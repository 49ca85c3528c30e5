using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Bridging;

/// <summary>
/// Puts the packets of one stream back into time, so that a mixer can take 20 ms of it at each frame. Lost packets are
/// silence; the delay begins with nothing and grows to what the stream's unevenness needs.
/// </summary>
internal sealed class PcmPlayout
{
    private const int MostDelayMilliseconds = 160;
    private const int DelayAfterOverflowMilliseconds = 40;

    private readonly short[] _ring;
    private readonly int _rateHz;
    private readonly int _clockRateHz;
    private long _read;
    private long _end;
    private bool _started;
    private uint _ssrc;
    private uint _timestamp;
    private long _position;

    public PcmPlayout(int rateHz, int clockRateHz)
    {
        _rateHz = rateHz;
        _clockRateHz = clockRateHz;
        _ring = new short[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(rateHz / 2))];
    }

    /// <summary>Samples that wait to be read.</summary>
    public int Waiting => (int)Math.Max(0, _end - _read);

    public void Write(uint ssrc, uint timestamp, ReadOnlySpan<short> pcm)
    {
        if (pcm.Length > _ring.Length / 2)
            pcm = pcm[..(_ring.Length / 2)];
        var position = Place(ssrc, timestamp, pcm.Length);
        (_timestamp, _position) = (timestamp, position);
        if (position < _read)
        {
            pcm = pcm[(int)(_read - position)..]; // its beginning comes too late
            position = _read;
        }

        for (var i = 0; i < pcm.Length; i++)
            _ring[(position + i) & (_ring.Length - 1)] = pcm[i];
        _end = Math.Max(_end, position + pcm.Length);
    }

    /// <summary>Takes the next samples; what is missing is silence.</summary>
    public void Read(Span<short> pcm)
    {
        for (var i = 0; i < pcm.Length; i++)
        {
            ref var sample = ref _ring[(_read + i) & (_ring.Length - 1)];
            pcm[i] = sample;
            sample = 0;
        }

        _read += pcm.Length;
    }

    private long Place(uint ssrc, uint timestamp, int length)
    {
        if (!_started || ssrc != _ssrc)
        {
            _started = true;
            _ssrc = ssrc;
            return _read;
        }

        var position = _position + ((long)RtpArithmetic.TimestampDistance(_timestamp, timestamp) * _rateHz / _clockRateHz);
        if (position + length <= _read)
            return _read; // too late by all its length: from now on the stream is heard that much later
        if (position + length - _read <= MostDelayMilliseconds * _rateHz / 1000)
            return position;
        var cut = _read + (DelayAfterOverflowMilliseconds * _rateHz / 1000);
        ClearFrom(cut);
        return cut;
    }

    private void ClearFrom(long position)
    {
        for (; _end > position; _end--)
            _ring[(_end - 1) & (_ring.Length - 1)] = 0;
    }
}

using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Recording;

/// <summary>
/// Finds the place of a stream's packets on the time line of a recording. Timestamps say how packets follow each other, the
/// clock where the whole belongs: lost packets and silence keep their length, and neither jitter nor drift moves the stream.
/// </summary>
internal sealed class MediaTimeline(int rateHz, long startedAt)
{
    /// <summary>A packet further behind the clock than this gets the clock's place; the file waits a little longer before it moves on.</summary>
    public const int MostBehindMilliseconds = 300;

    /// <summary>The same ahead of the clock.</summary>
    public const int MostAheadMilliseconds = 100;

    private const int PacketsPerCheck = 250;

    private bool _started;
    private uint _timestamp;
    private long _position;
    private long _leastLate;
    private int _packets;

    /// <summary>Where a packet's timestamp alone would put it, however late it comes; null until the stream has begun.</summary>
    public long? Expected(uint timestamp, int clockRateHz) => _started
        ? _position + ((long)RtpArithmetic.TimestampDistance(_timestamp, timestamp) * rateHz / clockRateHz)
        : null;

    /// <summary>Finds the place of a packet.</summary>
    /// <param name="timestamp">Of its first sample.</param>
    /// <param name="clockRateHz">Of the timestamp.</param>
    /// <param name="at">Where the clock alone would put it.</param>
    public long Place(uint timestamp, int clockRateHz, long at)
    {
        var clock = (at - startedAt) * rateHz / TimeSpan.TicksPerSecond;
        var position = Expected(timestamp, clockRateHz) ?? clock;
        if (!_started || clock - position > Samples(MostBehindMilliseconds) || position - clock > Samples(MostAheadMilliseconds))
        {
            _started = true;
            position = clock;
            BeginCheck();
        }

        _leastLate = Math.Min(_leastLate, clock - position);
        if (++_packets >= PacketsPerCheck)
            position = Correct(position);
        (_timestamp, _position) = (timestamp, position);
        return position;
    }

    // The packet that had the quickest way shows where the stream belongs.
    private long Correct(long position)
    {
        var late = _leastLate;
        BeginCheck();
        return Math.Abs(late) > Samples(20) ? position + late : position;
    }

    private void BeginCheck()
    {
        _packets = 0;
        _leastLate = long.MaxValue;
    }

    private long Samples(int milliseconds) => (long)milliseconds * rateHz / 1000;
}

using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Jitter;

/// <summary>
/// Puts the packets of one stream back into time: takes them as they come and gives 20 ms of sound at each frame. It stays
/// as little behind the fastest packet as the network's unevenness allows, and moves there by leaving out or repeating
/// single periods of the voice, which makes up for clocks that drift apart too. What is missing is concealed.
/// </summary>
/// <remarks>
/// One thread. Nothing is allocated per packet. All times are samples at the codec's rate: a position is a place in the
/// stream, a transit the difference between an arrival and a position.
/// </remarks>
internal sealed class JitterBuffer
{
    private const int FirstDelayMilliseconds = 40;
    private const int FirstPackets = 50;
    private const int JumpMilliseconds = 1000;
    private const int FullMilliseconds = ArrivalDelays.MostMilliseconds + 60;
    private const int FramesBetweenCuts = 2;
    private const int PatientFrames = 25;
    private const double LeastLikeness = 0.6;

    private readonly int _rateHz;
    private readonly int _clockRateHz;
    private readonly bool _startsAtOnce;
    private readonly AudioCodec _codec;
    private readonly PacketSlots _slots = new();
    private readonly ArrivalDelays _delays;
    private readonly PlayoutLine _line;
    private readonly LossConcealment _concealment;
    private AudioDecoder _decoder;
    private bool _hasStream;
    private bool _isFilling;
    private uint _ssrc;
    private uint _timestamp;
    private long _position;             // of the packet that came last
    private long _newest;               // end of the packet that is furthest ahead
    private long? _jumpTransit;
    private long _end;                  // position of what is decoded next
    private long _stalled;              // concealed at _end without knowing yet whether it is lost or late
    private long _unjudged;             // of them, what counts unless the sender only paused
    private ushort _sequence;           // of the packet decoded last
    private int _packetSamples;
    private int _frameSamples;
    private int _framesTooLong;

    /// <param name="codec">Of all its packets.</param>
    /// <param name="startsAtOnce">The first packet is heard with the next frame, as a stream that was heard elsewhere before
    /// has to be; otherwise the first waits 40 ms, until it is known how uneven the network is.</param>
    public JitterBuffer(AudioCodec codec, bool startsAtOnce = false)
    {
        _codec = codec;
        _rateHz = codec.SampleRateHz;
        _clockRateHz = codec.RtpClockRateHz;
        _startsAtOnce = startsAtOnce;
        _packetSamples = _frameSamples = _rateHz / 50;
        _delays = new ArrivalDelays(_rateHz);
        _line = new PlayoutLine(_rateHz);
        _concealment = new LossConcealment(_rateHz);
        _decoder = codec.CreateDecoder();
    }

    /// <summary>What it did so far, in samples.</summary>
    public PlayoutCounts Counts { get; } = new();

    /// <summary>The RTP timestamp of the next sample that will be heard.</summary>
    public uint NextTimestamp => _timestamp + (uint)((Heard - _position) * _clockRateHz / _rateHz);

    /// <summary>How long what is heard now was kept, against the fastest packet, when it was read last.</summary>
    public TimeSpan Delay { get; private set; }

    private long Heard => _end - _line.Waiting;

    /// <summary>Takes a packet.</summary>
    /// <param name="header">As received.</param>
    /// <param name="payload">Encoded; copied.</param>
    /// <param name="at">When it came, on the media clock.</param>
    public void Write(in RtpHeader header, ReadOnlySpan<byte> payload, long at)
    {
        var arrival = SamplesAt(at);
        if (!_hasStream || header.Ssrc != _ssrc)
            Restart(header, arrival);
        else if (!TryFollow(header, arrival))
            return;
        _delays.Note(arrival - _position, arrival);
        _newest = Math.Max(_newest, _position + _packetSamples);
        if (_isFilling)
            _end = Math.Min(_end, _position);
        if (_position + _packetSamples <= _end)
            Counts.LatePackets++;
        else if (!_slots.TryAdd(_position, header.SequenceNumber, payload))
            Counts.DuplicatePackets++;
    }

    /// <summary>Gives the next frame.</summary>
    /// <param name="pcm">20 ms.</param>
    /// <param name="at">The instant of the frame, on the media clock.</param>
    public void Read(Span<short> pcm, long at)
    {
        var now = SamplesAt(at);
        if (!_hasStream || (_isFilling && !TryStart(now)))
        {
            Idle(pcm);
            return;
        }

        CutBurst();
        while (_line.Waiting < pcm.Length)
        {
            if (!TryDecode(now, mayBridge: true))
                Conceal(pcm.Length - _line.Waiting);
        }

        Adjust(pcm.Length, now);
        Delay = TimeSpan.FromTicks((now - _delays.Fastest - Heard) * TimeSpan.TicksPerSecond / _rateHz);
        _line.Take(pcm);
        Counts.Played += pcm.Length;
    }

    private long SamplesAt(long ticks) =>
        (ticks / TimeSpan.TicksPerSecond * _rateHz) + (ticks % TimeSpan.TicksPerSecond * _rateHz / TimeSpan.TicksPerSecond);

    // ---- the stream

    private void Restart(in RtpHeader header, long arrival)
    {
        if (_hasStream)
        {
            _decoder.Dispose();
            _decoder = _codec.CreateDecoder();
            _line.DropWaiting();
            _concealment.Begin(_line.Latest);
        }

        (_hasStream, _isFilling, _jumpTransit, _stalled, _unjudged) = (true, true, null, 0, 0);
        (_ssrc, _timestamp) = (header.Ssrc, header.Timestamp);
        (_position, _end, _newest) = (arrival, arrival, arrival);
        _slots.Clear();
        _delays.Restart();
    }

    // A jump of over a second is a sender that began anew, if the next packet follows on.
    private bool TryFollow(in RtpHeader header, long arrival)
    {
        var position = _position + ((long)RtpArithmetic.TimestampDistance(_timestamp, header.Timestamp) * _rateHz / _clockRateHz);
        var transit = arrival - position;
        if (IsJump(transit, _delays.Fastest))
        {
            if (_jumpTransit is { } before && !IsJump(transit, before))
            {
                Restart(header, arrival);
                return true;
            }

            _jumpTransit = transit;
            return false;
        }

        _jumpTransit = null;
        (_position, _timestamp) = (position, header.Timestamp);
        return true;
    }

    private bool IsJump(long transit, long other) => Math.Abs(transit - other) > Samples(JumpMilliseconds);

    private void Idle(Span<short> pcm)
    {
        if (_concealment.IsActive)
            _concealment.Next(pcm);
        else
            pcm.Clear();
    }

    private bool TryStart(long now)
    {
        if (Surplus(now) < 0)
            return false;
        _isFilling = false;
        return true;
    }

    // ---- the next samples

    // What a network held back and then delivers at once shall not delay the voice from then on.
    private void CutBurst()
    {
        if (!_slots.TryFirst(out var first) || _newest - first + _line.Waiting <= Samples(FullMilliseconds))
            return;
        var kept = Math.Max(_delays.Needed(), Samples(FirstDelayMilliseconds));
        var end = _newest - kept;
        if (end <= _end)
            return;
        Counts.LeftOut += end - Heard;
        _line.DropWaiting();
        BeginConcealment();
        (_end, _stalled) = (end, 0);
    }

    /// <summary>Decodes the packet that is next.</summary>
    /// <param name="now">Of this frame.</param>
    /// <param name="mayBridge">Where packets are missing before it, or it comes after a pause, decide what that was.</param>
    private bool TryDecode(long now, bool mayBridge)
    {
        if (!_slots.TryFirst(out var position))
            return false;
        if ((position > _end || _stalled > 0) && !(mayBridge && TryBridge(position, now)))
            return false;
        _sequence = _slots.FirstSequence;
        var count = _decoder.Decode(_slots.First(), _line.Free);
        _slots.RemoveFirst();
        if (count > 0)
            _packetSamples = count;
        _line.Extend(count);
        var cut = (int)Math.Clamp(_end - position, 0, count);  // its beginning comes too late
        _line.CutFromLast(count, cut);
        _end = Math.Max(_end, position + count);
        if (_concealment.IsActive && count > cut)
            _concealment.End(_line.Last(count - cut));
        return true;
    }

    // What was concealed so far stands for the hole before this packet. If it was more, the packet is late, and from now on
    // the stream is heard that much later; if it was less, the hole is filled, unless it is none but the sender's clock that jumped.
    private bool TryBridge(long position, long now)
    {
        Judge(position);
        var covered = Math.Clamp(position - _end, 0, _stalled);
        (_end, _stalled) = (_end + covered, _stalled - covered);
        var hole = position - _end;
        if (hole > 0 && (hole <= Samples(ArrivalDelays.MostMilliseconds) || Surplus(now) < hole))
            return false;
        if (hole > 0)
            BeginConcealment();
        (_end, _stalled) = (Math.Max(_end, position), 0);
        return true;
    }

    private void Conceal(int missing)
    {
        BeginConcealment();
        var isLost = _slots.TryFirst(out var next) && next > _end;
        var count = isLost ? (int)Math.Min(missing, next - _end) : missing;
        _concealment.Next(_line.Free[..count]);
        _line.Extend(count);
        if (isLost)
        {
            Counts.Concealed += IsPause(next) ? 0 : count;
            _end += count;
            return;
        }

        _stalled += count;
        if (_stalled <= Samples(ArrivalDelays.MostMilliseconds))
            _unjudged += count;                               // later on nothing comes at all
    }

    private void Judge(long position)
    {
        Counts.Concealed += IsPause(position) ? 0 : _unjudged;
        _unjudged = 0;
    }

    // Nothing is lost between two packets that were sent one after the other: the sender had nothing to say.
    private bool IsPause(long position) => position > _end && _slots.FirstSequence == (ushort)(_sequence + 1);

    private void BeginConcealment()
    {
        if (!_concealment.IsActive)
            _concealment.Begin(_line.Latest);
    }

    // ---- the delay

    private void Adjust(int frame, long now)
    {
        _frameSamples = frame;
        if (_concealment.IsActive)
            return;
        var surplus = Surplus(now);
        _framesTooLong = surplus > 0 ? _framesTooLong + 1 : 0;
        if (surplus < 0)
            Counts.Inserted += _line.Lengthen(-surplus);
        else if (_framesTooLong >= FramesBetweenCuts)
            Shorten(surplus, frame, now);
    }

    private void Shorten(int surplus, int frame, long now)
    {
        while (_line.Waiting < frame + PitchFinder.Longest(_rateHz) && TryDecode(now, mayBridge: false))
        {
        }

        var removed = _line.Shorten(surplus, frame, _framesTooLong > PatientFrames ? -1 : LeastLikeness);
        Counts.LeftOut += removed;
        if (removed > 0)
            _framesTooLong = 0;
    }

    /// <summary>
    /// Samples that the delay is longer than it has to be; negative where it is too short. A packet is wanted by the frame that
    /// reaches into it, so the delay does its work in steps of what packets and frames have in common, and best right at a step.
    /// </summary>
    private int Surplus(long now)
    {
        var step = CommonStep();
        var heard = Heard;
        var delay = now - _delays.Fastest - heard;
        var intoStep = (int)(((_position - heard) % step + step) % step);
        var allowed = delay - intoStep - (_frameSamples - step);
        var needed = Needed();
        if (allowed >= needed)
            return (int)Math.Min(intoStep + ((allowed - needed) / step * step), int.MaxValue);
        return (int)Math.Max(intoStep - ((needed - allowed + step - 1) / step * step), int.MinValue);
    }

    private int Needed()
    {
        var needed = _delays.Needed();
        return _startsAtOnce || _delays.Count >= FirstPackets ? needed : Math.Max(needed, Samples(FirstDelayMilliseconds));
    }

    private int CommonStep()
    {
        var (a, b) = (_frameSamples, _packetSamples);
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }

    private int Samples(int milliseconds) => _rateHz * milliseconds / 1000;
}

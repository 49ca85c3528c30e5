using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Engine;

/// <summary>
/// Numbers everything a leg sends, so that SSRC, sequence and timestamp go on unbroken whatever feeds it: prompts, a
/// relayed peer, a mixer, digits (RFC 3550 §5.1).
/// </summary>
/// <remarks>Timestamps follow the media clock: after a pause they continue where the pause ends.</remarks>
internal sealed class RtpSender
{
    private const int LongestRelayGap = 1000;

    private readonly long _originTicks;
    private readonly uint _originTimestamp;
    private readonly int _clockRateHz;
    private ushort _highestSequence;
    private uint _lastTimestamp;
    private uint _lastLength;
    private long _contiguousAt = -1;
    private bool _relaying;
    private bool _hasRelayed;
    private uint _relaySsrc;
    private ushort _relayHighest;
    private ushort _relayFloor;
    private ushort _sequenceOffset;
    private uint _timestampOffset;

    public RtpSender(RtpSenderStart start, int clockRateHz, long now)
    {
        Ssrc = start.Ssrc;
        _highestSequence = (ushort)(start.Sequence - 1);
        _originTimestamp = start.Timestamp;
        _lastTimestamp = start.Timestamp;
        _clockRateHz = clockRateHz;
        _originTicks = now;
    }

    public uint Ssrc { get; }

    public int ClockRateHz => _clockRateHz;

    public uint PacketCount { get; private set; }

    public uint OctetCount { get; private set; }

    /// <summary>What the timestamp of audio sent at this instant would be (RFC 3550 §6.4.1).</summary>
    public uint TimestampAt(long now) => _originTimestamp + (uint)((now - _originTicks) * _clockRateHz / TimeSpan.TicksPerSecond);

    /// <summary>The header of audio made here.</summary>
    /// <param name="payloadType">As negotiated.</param>
    /// <param name="at">The instant of the frame clock.</param>
    /// <param name="duration">Of the packet's audio.</param>
    public RtpHeader Frame(int payloadType, long at, TimeSpan duration)
    {
        var contiguous = at == _contiguousAt;
        var timestamp = contiguous ? _lastTimestamp + _lastLength : NextTimestamp(at);
        var length = (uint)(duration.Ticks * _clockRateHz / TimeSpan.TicksPerSecond);
        _contiguousAt = at + duration.Ticks;
        return Own(payloadType, marker: !contiguous, timestamp, length);
    }

    /// <summary>What audio sent now would bear; all packets of an event bear that of its first (RFC 4733 §2.2).</summary>
    public uint NextTimestamp(long now)
    {
        var clock = TimestampAt(now);
        var least = _lastTimestamp + _lastLength;
        return RtpArithmetic.TimestampDistance(least, clock) > 0 ? clock : least;
    }

    /// <summary>The header of a packet of an event.</summary>
    public RtpHeader Event(int payloadType, in TelephoneEventPacket packet) =>
        Own(payloadType, packet.Marker, packet.Timestamp, packet.Payload.Duration);

    /// <summary>Rewrites a peer's header into this stream's numbers; gaps and order stay as they came.</summary>
    /// <returns>False for a packet older than the stream's switch to this peer: its number is taken.</returns>
    public bool TryRelay(int payloadType, in RtpHeader inbound, long now, out RtpHeader outbound)
    {
        var marker = inbound.Marker;
        if (!_relaying || inbound.Ssrc != _relaySsrc || IsJump(inbound.SequenceNumber))
        {
            Anchor(inbound, now);
            marker = true;
        }

        var sequence = (ushort)(inbound.SequenceNumber + _sequenceOffset);
        var timestamp = inbound.Timestamp + _timestampOffset;
        outbound = new RtpHeader((byte)payloadType, marker, sequence, timestamp, Ssrc);
        if (RtpArithmetic.SequenceDistance(_relayFloor, sequence) <= 0)
            return false;

        Advance(inbound.SequenceNumber, sequence, timestamp);
        return true;
    }

    /// <summary>Counts a packet for sender reports.</summary>
    public void Count(int payloadBytes)
    {
        PacketCount++;
        OctetCount += (uint)payloadBytes;
    }

    private bool IsJump(ushort sequence) =>
        Math.Abs(RtpArithmetic.SequenceDistance(_relayHighest, sequence)) > LongestRelayGap;

    private void Anchor(in RtpHeader inbound, long now)
    {
        _sequenceOffset = (ushort)(_highestSequence + 1 - inbound.SequenceNumber);
        _relayFloor = _highestSequence;
        _relayHighest = inbound.SequenceNumber;
        var known = _hasRelayed && inbound.Ssrc == _relaySsrc && StillFits(inbound.Timestamp + _timestampOffset, now);
        if (!known)
            _timestampOffset = NextTimestamp(now) - inbound.Timestamp;
        _relaySsrc = inbound.Ssrc;
        _relaying = true;
        _hasRelayed = true;
        _contiguousAt = -1;
        _lastLength = (uint)(_clockRateHz / 50);
    }

    // A peer that was interrupted shortly, by a digit or a beep, keeps its time base: no jump for the far end's buffer.
    private bool StillFits(uint timestamp, long now) =>
        RtpArithmetic.TimestampDistance(_lastTimestamp + _lastLength, timestamp) >= 0
        && Math.Abs(RtpArithmetic.TimestampDistance(TimestampAt(now), timestamp)) < _clockRateHz / 5;

    private void Advance(ushort inbound, ushort sequence, uint timestamp)
    {
        if (RtpArithmetic.SequenceDistance(_highestSequence, sequence) > 0)
        {
            _highestSequence = sequence;
            _relayHighest = inbound;
        }

        if (RtpArithmetic.TimestampDistance(_lastTimestamp, timestamp) > 0)
            _lastTimestamp = timestamp;

        // The floor follows at a distance, or it would lie ahead once the numbers have wrapped.
        if (RtpArithmetic.SequenceDistance(_relayFloor, _highestSequence) > 2 * LongestRelayGap)
            _relayFloor = (ushort)(_highestSequence - LongestRelayGap);
    }

    private RtpHeader Own(int payloadType, bool marker, uint timestamp, uint length)
    {
        _relaying = false;
        _lastTimestamp = timestamp;
        _lastLength = length;
        return new RtpHeader((byte)payloadType, marker, ++_highestSequence, timestamp, Ssrc);
    }
}

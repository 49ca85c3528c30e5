namespace CallCenterKit.Media.Rtp;

/// <summary>Makes one digit of the many packets that repeat an event, whichever of them are lost, doubled or late (RFC 4733 §2.5.2).</summary>
/// <remarks>
/// One per received stream; one thread at a time. All packets of an event carry its starting timestamp, so that is what tells
/// events apart. A key is reported with the first packet that arrives of it; its end with a packet that says so, with the next
/// event, or when audio has moved on.
/// </remarks>
public sealed class TelephoneEventReceiver
{
    // Later than this, a packet with an older timestamp is not late: the sender began to count anew.
    private const int MaxLateSeconds = 5;

    // Audio this far behind the end of an event means that the packets with its end were lost.
    private const int SilenceMilliseconds = 100;

    private readonly int _clockRateHz;
    private bool _hasEvent;
    private bool _isOpen;
    private char _digit;
    private uint _ssrc;
    private uint _timestamp;
    private uint _earlierTicks;
    private ushort _segmentTicks;

    /// <summary>Begins with no event.</summary>
    /// <param name="clockRateHz">Of the event's payload type, such as 8,000.</param>
    public TelephoneEventReceiver(int clockRateHz)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clockRateHz);
        _clockRateHz = clockRateHz;
    }

    /// <summary>Takes a packet of the event's payload type.</summary>
    /// <param name="header">As received.</param>
    /// <param name="payload">As received; malformed ones and events that are no keys report nothing.</param>
    public TelephoneEventReport Receive(in RtpHeader header, ReadOnlySpan<byte> payload)
    {
        if (!TelephoneEventPayload.TryRead(payload, out var packet) || packet.Digit is not { } digit)
            return default;
        if (IsSameEvent(header))
            return Continue(packet);
        if (IsLate(header))
            return default;
        if (IsNextSegment(header, digit))
            return ContinueSegment(header, packet);
        return Start(header, digit, packet);
    }

    /// <summary>Takes the header of any other packet of the stream.</summary>
    /// <param name="header">As received.</param>
    public TelephoneEventReport ReceiveOther(in RtpHeader header)
    {
        if (!_isOpen)
            return default;
        if (header.Ssrc == _ssrc)
        {
            var since = RtpArithmetic.TimestampDistance(_timestamp + _segmentTicks, header.Timestamp);
            if (since < _clockRateHz / 1000 * SilenceMilliseconds)
                return default;
        }

        return Close(started: null);
    }

    private bool IsSameEvent(in RtpHeader header) => _hasEvent && header.Ssrc == _ssrc && header.Timestamp == _timestamp;

    private bool IsLate(in RtpHeader header)
    {
        if (!_hasEvent || header.Ssrc != _ssrc)
            return false;
        var distance = RtpArithmetic.TimestampDistance(_timestamp, header.Timestamp);
        return distance < 0 && distance > -MaxLateSeconds * _clockRateHz;
    }

    // An event longer than the duration field goes on under a new timestamp, without a marker (RFC 4733 §2.5.1.3).
    private bool IsNextSegment(in RtpHeader header, char digit) =>
        _isOpen && header.Ssrc == _ssrc && !header.Marker && digit == _digit
        && header.Timestamp - _timestamp == ushort.MaxValue;

    private TelephoneEventReport Start(in RtpHeader header, char digit, TelephoneEventPayload packet)
    {
        var report = _isOpen ? Close(digit) : new TelephoneEventReport(digit, null, TimeSpan.Zero);
        (_hasEvent, _isOpen, _digit) = (true, true, digit);
        (_ssrc, _timestamp) = (header.Ssrc, header.Timestamp);
        (_earlierTicks, _segmentTicks) = (0, packet.Duration);

        // Where a lost end is reported now, the end of this one waits for the next packet: ends are sent three times.
        return packet.End && report.Ended is null ? Close(digit) : report;
    }

    private TelephoneEventReport Continue(TelephoneEventPayload packet)
    {
        if (!_isOpen)
            return default;
        _segmentTicks = Math.Max(_segmentTicks, packet.Duration);
        return packet.End ? Close(started: null) : default;
    }

    private TelephoneEventReport ContinueSegment(in RtpHeader header, TelephoneEventPayload packet)
    {
        _earlierTicks += ushort.MaxValue;
        (_timestamp, _segmentTicks) = (header.Timestamp, packet.Duration);
        return packet.End ? Close(started: null) : default;
    }

    private TelephoneEventReport Close(char? started)
    {
        _isOpen = false;
        return new TelephoneEventReport(started, _digit, TimeSpan.FromSeconds((double)(_earlierTicks + _segmentTicks) / _clockRateHz));
    }
}

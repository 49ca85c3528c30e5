namespace CallCenterKit.Media.Rtp;

/// <summary>Counts what arrives of one stream: loss, order, jitter (RFC 3550 §6.4.1, A.1, A.3, A.8). Never allocates per packet.</summary>
/// <remarks>One per received stream; one thread at a time. A new SSRC begins a new count.</remarks>
public sealed class RtpReceiverStatistics
{
    // A jump this far ahead or back is a sender that began anew, if the next packet follows on (RFC 3550 A.1).
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;

    private readonly int _clockRateHz;
    private bool _hasStarted;
    private uint _firstSequence;
    private uint _highestSequence;
    private int? _restartSequence;
    private long _expectedAtReport;
    private long _receivedAtReport;
    private uint _lastTransit;
    private uint _lastTimestamp;
    private bool _hasTransit;
    private uint _scaledJitter;
    private uint _lastSenderReport;
    private TimeSpan _lastSenderReportAt;

    /// <summary>Begins with nothing received.</summary>
    /// <param name="clockRateHz">Of the stream's RTP timestamps.</param>
    public RtpReceiverStatistics(int clockRateHz)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clockRateHz);
        _clockRateHz = clockRateHz;
    }

    /// <summary>The source that is counted; null before the first packet.</summary>
    public uint? Ssrc { get; private set; }

    /// <summary>Packets received, doubled ones included.</summary>
    public long Received { get; private set; }

    /// <summary>Packets the sender sent as far as sequence numbers tell.</summary>
    public long Expected => _hasStarted ? (long)_highestSequence - _firstSequence + 1 : 0;

    /// <summary>Packets lost; below 0 when packets were doubled.</summary>
    public long Lost => Expected - Received;

    /// <summary>How unevenly packets arrive: the smoothed mean deviation of RFC 3550 §6.4.1.</summary>
    public TimeSpan Jitter => TimeSpan.FromSeconds((double)(_scaledJitter >> 4) / _clockRateHz);

    /// <summary>Counts a packet.</summary>
    /// <param name="header">As received.</param>
    /// <param name="arrival">Time since any fixed moment.</param>
    public void Receive(in RtpHeader header, TimeSpan arrival)
    {
        if (!_hasStarted || header.Ssrc != Ssrc)
            Start(header);
        if (!TryCountSequence(header.SequenceNumber))
            return;

        Received++;
        CountJitter(header.Timestamp, arrival);
    }

    /// <summary>Notes a sender report of the source, for the round trip it measures with our next report.</summary>
    /// <param name="info">As received.</param>
    /// <param name="arrival">Time since the same moment as for packets.</param>
    public void ReceiveSenderReport(in RtcpSenderInfo info, TimeSpan arrival)
    {
        _lastSenderReport = info.Ntp.Middle;
        _lastSenderReportAt = arrival;
    }

    /// <summary>Sums up since the report before.</summary>
    /// <param name="now">Time since the same moment as for packets.</param>
    /// <param name="block">For our next report.</param>
    /// <returns>False before the first packet.</returns>
    public bool TryReport(TimeSpan now, out RtcpReportBlock block)
    {
        block = default;
        if (Ssrc is not { } ssrc)
            return false;

        var delay = _lastSenderReport == 0 ? 0 : (uint)((now - _lastSenderReportAt).TotalSeconds * 65536);
        block = new RtcpReportBlock(
            ssrc, FractionLost(), (int)Math.Clamp(Lost, -0x800000, 0x7FFFFF), _highestSequence, _scaledJitter >> 4, _lastSenderReport, delay);
        (_expectedAtReport, _receivedAtReport) = (Expected, Received);
        return true;
    }

    private void Start(in RtpHeader header)
    {
        if (header.Ssrc != Ssrc)
            (_lastSenderReport, _scaledJitter) = (0, 0);
        (_hasStarted, Ssrc) = (true, header.Ssrc);
        StartSequence(header.SequenceNumber);
    }

    private void StartSequence(ushort sequence)
    {
        _firstSequence = sequence;
        _highestSequence = sequence;
        _restartSequence = null;
        _hasTransit = false;
        (Received, _expectedAtReport, _receivedAtReport) = (0, 0, 0);
    }

    private bool TryCountSequence(ushort sequence)
    {
        var distance = RtpArithmetic.SequenceDistance((ushort)_highestSequence, sequence);
        if (distance is < MaxDropout and > -MaxMisorder)
        {
            if (distance > 0)
                _highestSequence += (uint)distance;
            _restartSequence = null;
            return true;
        }

        if (_restartSequence == sequence)
        {
            StartSequence(sequence);
            return true;
        }

        _restartSequence = (ushort)(sequence + 1);
        return false;
    }

    // Packets under one timestamp, as telephone events are, say nothing about evenness, and neither does a jump of over
    // a second: the sender changed its clock, as a switch of its source does.
    private void CountJitter(uint timestamp, TimeSpan arrival)
    {
        if (_hasTransit && timestamp == _lastTimestamp)
            return;

        var transit = (uint)(arrival.Ticks * _clockRateHz / TimeSpan.TicksPerSecond) - timestamp;
        if (_hasTransit)
        {
            var deviation = (uint)Math.Abs((long)RtpArithmetic.TimestampDistance(_lastTransit, transit));
            if (deviation < _clockRateHz)
                _scaledJitter += deviation - ((_scaledJitter + 8) >> 4);
        }

        (_hasTransit, _lastTransit, _lastTimestamp) = (true, transit, timestamp);
    }

    private byte FractionLost()
    {
        var expected = Expected - _expectedAtReport;
        var lost = expected - (Received - _receivedAtReport);
        return expected <= 0 || lost <= 0 ? (byte)0 : (byte)Math.Min(255, (lost << 8) / expected);
    }
}

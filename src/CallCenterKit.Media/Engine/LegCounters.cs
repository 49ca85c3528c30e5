using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Engine;

/// <summary>Counts what a leg receives and sends. Written by the media thread; any thread reads.</summary>
internal sealed class LegCounters
{
    private RtpReceiverStatistics? _reception;
    private int _clockRateHz;
    private long _received;
    private long _lastPacketAt;

    public long Sent { get; set; }

    public long Refused { get; set; }

    /// <summary>Packets of an encrypted leg that its party did not send.</summary>
    public long NotAuthentic { get; private set; }

    /// <summary>Packets of an encrypted leg that were there before.</summary>
    public long Replayed { get; private set; }

    /// <summary>The present stream; null before the first packet.</summary>
    public RtpReceiverStatistics? Reception => _reception;

    public void OnReceived(in RtpHeader header, long now, int clockRateHz)
    {
        if (_reception is null || _clockRateHz != clockRateHz)
        {
            _reception = new RtpReceiverStatistics(clockRateHz);
            _clockRateHz = clockRateHz;
        }

        _received++;
        _reception.Receive(header, TimeSpan.FromTicks(now));
        Volatile.Write(ref _lastPacketAt, now);
    }

    /// <summary>Counts what an encrypted leg does not take.</summary>
    public void OnDropped(SrtpVerdict verdict)
    {
        if (verdict == SrtpVerdict.Replayed)
            Replayed++;
        else
            NotAuthentic++;
    }

    public MediaLegStatistics Read(RtcpReporter rtcp, long listenFramesDropped)
    {
        var last = Volatile.Read(ref _lastPacketAt);
        return new MediaLegStatistics(_received, Sent, _reception?.Lost ?? 0, Refused)
        {
            Jitter = _reception?.Jitter ?? TimeSpan.Zero,
            RoundTrip = rtcp.RoundTrip,
            RemoteLoss = rtcp.RemoteLoss,
            LastPacketAt = last == 0 ? null : new DateTimeOffset(last, TimeSpan.Zero),
            ListenFramesDropped = listenFramesDropped,
            PacketsNotAuthentic = NotAuthentic,
            PacketsReplayed = Replayed,
        };
    }
}

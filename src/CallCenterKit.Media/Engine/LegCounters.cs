using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Engine;

/// <summary>Counts what a leg receives and sends. Written by the media thread; any thread reads.</summary>
internal sealed class LegCounters
{
    private const float Unmixed = -1;
    private const float Quietest = 2e-13f; // -127 dBov
    private const float LevelShare = 0.2f;

    private RtpReceiverStatistics? _reception;
    private int _clockRateHz;
    private long _received;
    private long _lastPacketAt;
    private float _power = Unmixed;

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

    /// <summary>Takes a frame's mean power in, over about 100 ms; null when the leg is mixed no more.</summary>
    public void NoteLevel(float? power) => Volatile.Write(ref _power, power is not { } now ? Unmixed : _power < 0 ? now : _power + ((now - _power) * LevelShare));

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
            MixedLevel = LevelOf(Volatile.Read(ref _power)),
        };
    }

    private static double? LevelOf(float power) => power < 0 ? null : 10 * Math.Log10(Math.Max(power, Quietest));
}

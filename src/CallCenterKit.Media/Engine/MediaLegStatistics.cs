namespace CallCenterKit.Media.Engine;

/// <summary>What a leg's audio came to so far. Each figure is exact; they are read one after another while packets flow.</summary>
/// <param name="PacketsReceived">RTP packets accepted from the remote side.</param>
/// <param name="PacketsSent">RTP packets sent.</param>
/// <param name="PacketsLost">Packets of the present stream that never came (RFC 3550 §6.4.1); negative when duplicates outweigh losses.</param>
/// <param name="PacketsRefused">Datagrams that were no RTP, of no agreed format, or not from the latched address.</param>
public readonly record struct MediaLegStatistics(long PacketsReceived, long PacketsSent, long PacketsLost, long PacketsRefused)
{
    /// <summary>Interarrival jitter of what we receive (RFC 3550 §6.4.1).</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Round trip by the last RTCP report; zero until one told.</summary>
    public TimeSpan RoundTrip { get; init; }

    /// <summary>Share of our packets the remote side lost lately, 0 to 1, by its last report.</summary>
    public double RemoteLoss { get; init; }

    /// <summary>Estimated mean opinion score of the last 10 s, 1 to 4.4 (ITU-T G.107), of the direction that is worse; null while nothing came for as long.</summary>
    public double? EstimatedMos { get; init; }

    /// <summary>When the last RTP packet came; null if none did.</summary>
    public DateTimeOffset? LastPacketAt { get; init; }

    /// <summary>How loud the party was within the last 100 ms, -127 to 0 dBov (RFC 6465 §3); null while no mixer takes it: then nothing of it is decoded.</summary>
    public double? MixedLevel { get; init; }

    /// <summary>20 ms frames <see cref="MediaLeg.Listen"/> could not take because the reader was slow.</summary>
    public long ListenFramesDropped { get; init; }

    /// <summary>RTP and RTCP of an encrypted leg that its party did not send, or not under the agreed key: forged, changed, or plain.</summary>
    public long PacketsNotAuthentic { get; init; }

    /// <summary>RTP and RTCP of an encrypted leg that came again, or more than 64 packets late (RFC 3711 §3.3.2).</summary>
    public long PacketsReplayed { get; init; }
}

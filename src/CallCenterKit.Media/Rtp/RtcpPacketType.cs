namespace CallCenterKit.Media.Rtp;

/// <summary>Kinds of RTCP packets (RFC 3550 §12.1); others are skipped by number.</summary>
public enum RtcpPacketType
{
    /// <summary>What a source sent, and what it received.</summary>
    SenderReport = 200,

    /// <summary>What a receiver that sends nothing received.</summary>
    ReceiverReport = 201,

    /// <summary>Names of sources.</summary>
    SourceDescription = 202,

    /// <summary>Sources that leave.</summary>
    Goodbye = 203,
}

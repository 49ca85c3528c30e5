using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Sdp;

/// <summary>What a session offers and accepts beyond its codecs.</summary>
public sealed record SdpSessionOptions
{
    /// <summary>Milliseconds of audio per packet we like to receive, and send where the remote side says nothing: 20, 40 or 60.</summary>
    public int PacketMilliseconds { get; init; } = 20;

    /// <summary>Offer and accept RFC 4733 telephone events for digits.</summary>
    public bool TelephoneEvents { get; init; } = true;

    /// <summary>Offer RTCP on the RTP port (RFC 5761).</summary>
    public bool OfferRtcpMux { get; init; }

    /// <summary>Agree when the remote side offers RTCP on the RTP port.</summary>
    public bool AcceptRtcpMux { get; init; } = true;

    /// <summary>Whether audio is encrypted.</summary>
    public SrtpPolicy Srtp { get; init; } = SrtpPolicy.Accepted;

    /// <summary>The suites we take, and offer in this order; those the platform's cryptography lacks are left out.</summary>
    public IReadOnlyList<SrtpSuite> SrtpSuites { get; init; } = SrtpSuiteExtensions.Preferred;
}

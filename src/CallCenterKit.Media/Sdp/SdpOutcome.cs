namespace CallCenterKit.Media.Sdp;

/// <summary>How an offer or an answer ended.</summary>
public enum SdpOutcome
{
    /// <summary>Agreed; <see cref="SdpSession.Current"/> is new.</summary>
    Accepted = 0,

    /// <summary>No audio stream with a port over RTP or SRTP; 488 to an offer.</summary>
    NoAudio,

    /// <summary>Audio, but in no format of ours; 488 to an offer.</summary>
    NoCommonCodec,

    /// <summary>Audio, but its address is a name, missing, multicast, broadcast, or of another family than ours; 488 to an offer.</summary>
    UnusableAddress,

    /// <summary>An offer came while ours is unanswered; 491 (RFC 3261 §14.2).</summary>
    OfferPending,

    /// <summary>An answer came, but there was no offer of ours.</summary>
    NoOffer,

    /// <summary>
    /// Audio, but encrypted where <see cref="Srtp.SrtpPolicy"/> says never, plain where it says required, or without a key
    /// of a suite of ours; 488 to an offer.
    /// </summary>
    NoCommonSecurity,
}

namespace CallCenterKit.Media.Srtp;

/// <summary>Whether the audio of a leg is encrypted (RFC 3711), with keys exchanged in SDP (RFC 4568).</summary>
/// <remarks>The keys stand readable in SDP: they are worth as much as the signalling that carries them, so offer over TLS.</remarks>
public enum SrtpPolicy
{
    /// <summary>Plain RTP only. An offer of <c>RTP/SAVP</c> is refused.</summary>
    Never = 0,

    /// <summary>Our offers are plain; an encrypted offer gets an encrypted answer, a plain one a plain answer.</summary>
    Accepted,

    /// <summary>
    /// As <see cref="Accepted"/>, and our first offer says <c>RTP/AVP</c> with keys: an answer with a key is encrypted, one
    /// without is plain (RFC 8643). Once agreed, it stays as it was agreed.
    /// </summary>
    Offered,

    /// <summary>Our offers say <c>RTP/SAVP</c>; offers and answers without a key of ours to take are refused.</summary>
    Required,
}

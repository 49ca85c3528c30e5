namespace CallCenterKit.Testing;

/// <summary>Whether a <see cref="ScriptedPhone"/> encrypts its audio: AES_CM_128_HMAC_SHA1_80 with keys in SDP (RFC 3711, RFC 4568).</summary>
public enum PhoneEncryption
{
    /// <summary>Plain audio; an offer of <c>RTP/SAVP</c> is refused.</summary>
    None = 0,

    /// <summary>Offers <c>RTP/AVP</c> with a key, and takes plain audio as well (RFC 8643).</summary>
    Offered,

    /// <summary>Offers <c>RTP/SAVP</c>; an offer without a key is refused.</summary>
    Required,
}

namespace CallCenterKit.Media.Srtp;

/// <summary>How packets are encrypted and authenticated: the crypto suites of RFC 4568 §6.2 and RFC 7714 §14.1 that we know.</summary>
public enum SrtpSuite
{
    /// <summary><c>AEAD_AES_256_GCM</c>: 16 more bytes per packet.</summary>
    AeadAes256Gcm = 0,

    /// <summary><c>AEAD_AES_128_GCM</c>: 16 more bytes per packet.</summary>
    AeadAes128Gcm,

    /// <summary><c>AES_CM_128_HMAC_SHA1_80</c>, which every phone knows: 10 more bytes per packet.</summary>
    AesCm128HmacSha1Tag80,

    /// <summary><c>AES_CM_128_HMAC_SHA1_32</c>: 4 more bytes per packet, and a forger succeeds once in 2^32.</summary>
    AesCm128HmacSha1Tag32,
}

using System.Security.Cryptography;
using System.Text;

namespace CallCenterKit.Media.Srtp;

/// <summary>The figures of each suite (RFC 4568 §6.2, RFC 7714 §12).</summary>
internal static class SrtpSuiteExtensions
{
    /// <summary>The strongest first; the one each phone knows is there too.</summary>
    public static readonly IReadOnlyList<SrtpSuite> Preferred =
    [
        SrtpSuite.AeadAes256Gcm,
        SrtpSuite.AeadAes128Gcm,
        SrtpSuite.AesCm128HmacSha1Tag80,
        SrtpSuite.AesCm128HmacSha1Tag32,
    ];

    /// <summary>As registered for SDP.</summary>
    public static string Name(this SrtpSuite suite) => suite switch
    {
        SrtpSuite.AeadAes256Gcm => "AEAD_AES_256_GCM",
        SrtpSuite.AeadAes128Gcm => "AEAD_AES_128_GCM",
        SrtpSuite.AesCm128HmacSha1Tag80 => "AES_CM_128_HMAC_SHA1_80",
        SrtpSuite.AesCm128HmacSha1Tag32 => "AES_CM_128_HMAC_SHA1_32",
        _ => throw new ArgumentOutOfRangeException(nameof(suite), suite, "Not a suite of SrtpSuite."),
    };

    public static bool TryParse(ReadOnlySpan<byte> name, out SrtpSuite suite)
    {
        foreach (var known in Preferred)
        {
            suite = known;
            if (Ascii.EqualsIgnoreCase(name, known.Name()))
                return true;
        }

        suite = default;
        return false;
    }

    public static bool IsAead(this SrtpSuite suite) => suite is SrtpSuite.AeadAes256Gcm or SrtpSuite.AeadAes128Gcm;

    /// <summary>Whether the platform's cryptography has it; counter mode is everywhere.</summary>
    public static bool IsSupported(this SrtpSuite suite) => !suite.IsAead() || AesGcm.IsSupported;

    /// <summary>Bytes of the master key, and of the key of the cipher that comes out of it.</summary>
    public static int KeySize(this SrtpSuite suite) => suite == SrtpSuite.AeadAes256Gcm ? 32 : 16;

    /// <summary>Bytes of the master salt, and of the salt that comes out of it.</summary>
    public static int SaltSize(this SrtpSuite suite) => suite.IsAead() ? 12 : 14;

    /// <summary>Bytes of the authentication tag of RTP.</summary>
    public static int TagSize(this SrtpSuite suite) => suite switch
    {
        SrtpSuite.AesCm128HmacSha1Tag80 => 10,
        SrtpSuite.AesCm128HmacSha1Tag32 => 4,
        _ => AesGcmCipher.TagSize,
    };
}

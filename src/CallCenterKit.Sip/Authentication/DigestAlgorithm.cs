using System.Security.Cryptography;
using System.Text;

namespace CallCenterKit.Sip.Authentication;

/// <summary>A hash that digest authentication can run on (RFC 7616 §6.1, RFC 8760).</summary>
internal abstract class DigestAlgorithm
{
    /// <summary>What every SIP phone speaks.</summary>
    public static DigestAlgorithm Md5 { get; } = new Md5Algorithm();

    /// <summary>The stronger one (RFC 7616 §3.3, RFC 8760 §2.1).</summary>
    public static DigestAlgorithm Sha256 { get; } = new Sha256Algorithm();

    /// <summary>The token in the "algorithm" parameter.</summary>
    public abstract string Name { get; }

    protected abstract int HashBytes { get; }

    protected abstract void Hash(ReadOnlySpan<byte> source, Span<byte> destination);

    /// <summary>H(user:realm:password), the secret that can be stored in place of the password.</summary>
    public string Ha1(string user, string realm, string password) => Hex($"{user}:{realm}:{password}");

    /// <summary>The request digest, in lower-case hexadecimal (RFC 7616 §3.4.1; without qop as in RFC 2069).</summary>
    public string Response(string ha1, string method, DigestCredentials with)
    {
        var ha2 = Hex($"{method}:{with.Uri}");
        return with.Qop is null
            ? Hex($"{ha1}:{with.Nonce}:{ha2}")
            : Hex($"{ha1}:{with.Nonce}:{with.NonceCountText}:{with.ClientNonce}:{with.Qop}:{ha2}");
    }

    private string Hex(string text)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        Hash(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash);
    }

    private sealed class Md5Algorithm : DigestAlgorithm
    {
        public override string Name => "MD5";

        protected override int HashBytes => MD5.HashSizeInBytes;

#pragma warning disable CA5351 // RFC 3261 §22.4 requires MD5; the algorithm is a seam so that SHA-256 can stand beside it.
        protected override void Hash(ReadOnlySpan<byte> source, Span<byte> destination) => MD5.HashData(source, destination);
#pragma warning restore CA5351
    }
    private sealed class Sha256Algorithm : DigestAlgorithm
    {
        public override string Name => "SHA-256";

        protected override int HashBytes => SHA256.HashSizeInBytes;

        protected override void Hash(ReadOnlySpan<byte> source, Span<byte> destination) => SHA256.HashData(source, destination);
    }
}

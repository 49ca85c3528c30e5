using System.Globalization;
using System.Text;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Authentication;

/// <summary>What a WWW-Authenticate or Proxy-Authenticate asks for, as far as it can be answered (RFC 7616 §3.3). Immutable.</summary>
internal sealed class DigestChallenge
{
    private DigestChallenge(DigestAlgorithm algorithm) => Algorithm = algorithm;

    public DigestAlgorithm Algorithm { get; }

    /// <summary>The password was right, only the nonce was too old.</summary>
    public bool IsStale { get; private init; }

    private string Realm { get; init; } = "";

    private string Nonce { get; init; } = "";

    private string? Opaque { get; init; }

    private bool HasQop { get; init; }

    // A challenge that names no algorithm gets none in its answer.
    private bool NamesAlgorithm { get; init; }

    /// <summary>False for another scheme or algorithm, and for a challenge that offers no plain authentication.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DigestChallenge challenge)
    {
        challenge = null!;
        if (!SipAuthorization.TryParse(text, out var fields) || !fields.IsDigest
            || !fields.TryGet("realm"u8, out var realm) || !fields.TryGet("nonce"u8, out var nonce)
            || (fields.TryGet("qop"u8, out var qops) && !OffersAuth(qops)))
        {
            return false;
        }
        var hasName = fields.TryGet("algorithm"u8, out var name);
        if (Find(hasName ? name : "MD5"u8) is not { } algorithm)
            return false;
        challenge = new(algorithm)
        {
            Realm = SipText.Decode(realm),
            Nonce = SipText.Decode(nonce),
            Opaque = fields.TryGet("opaque"u8, out var opaque) ? SipText.Decode(opaque) : null,
            IsStale = fields.TryGet("stale"u8, out var stale) && SipText.EqualsIgnoreCase(stale, "true"u8),
            HasQop = !qops.IsEmpty,
            NamesAlgorithm = hasName,
        };
        return true;
    }

    /// <summary>The value for Authorization (401) or Proxy-Authorization (407).</summary>
    /// <param name="request">Method and Request-URI.</param>
    /// <param name="user">Name and password.</param>
    /// <param name="count">How often the nonce has been used, this time included.</param>
    /// <param name="clientNonce">Drawn for each answer.</param>
    public string Answer((string Method, string Uri) request, (string Name, string Password) user, uint count, string clientNonce)
    {
        DigestCredentials Credentials(string response) => new()
        {
            User = user.Name,
            Realm = Realm,
            Nonce = Nonce,
            Uri = request.Uri,
            Response = response,
            Qop = HasQop ? "auth" : null,
            NonceCountText = count.ToString("x8", CultureInfo.InvariantCulture),
            ClientNonce = clientNonce,
            Algorithm = NamesAlgorithm ? Algorithm.Name : null,
            Opaque = Opaque,
        };
        var ha1 = Algorithm.Ha1(user.Name, Realm, user.Password);
        return Credentials(Algorithm.Response(ha1, request.Method, Credentials(""))).Write();
    }

    private static DigestAlgorithm? Find(ReadOnlySpan<byte> name)
    {
        foreach (var algorithm in new[] { DigestAlgorithm.Sha256, DigestAlgorithm.Md5 })
        {
            if (SipText.EqualsIgnoreCase(name, Encoding.ASCII.GetBytes(algorithm.Name)))
                return algorithm;
        }
        return null;
    }

    private static bool OffersAuth(ReadOnlySpan<byte> qops)
    {
        foreach (var range in qops.Split((byte)','))
        {
            if (SipText.EqualsIgnoreCase(SipText.Trim(qops[range]), "auth"u8))
                return true;
        }
        return false;
    }
}

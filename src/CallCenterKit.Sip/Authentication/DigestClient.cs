using System.Globalization;
using System.Security.Cryptography;

namespace CallCenterKit.Sip.Authentication;

/// <summary>Answers the challenge of a 401 or 407 for one outgoing request (RFC 3261 §22.2, §22.3).</summary>
internal static class DigestClient
{
    /// <summary>The value for Authorization (401) or Proxy-Authorization (407); null when the challenge cannot be answered.</summary>
    /// <param name="challenge">The value of WWW-Authenticate or Proxy-Authenticate.</param>
    /// <param name="method">The method of the request that was challenged.</param>
    /// <param name="uri">Its Request-URI.</param>
    /// <param name="user">Who we are there.</param>
    /// <param name="password">Never logged.</param>
    public static string? Answer(ReadOnlySpan<byte> challenge, string method, string uri, string user, string password) =>
        Answer(challenge, method, uri, (user, password), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));

    internal static string? Answer(ReadOnlySpan<byte> challenge, string method, string uri, (string Name, string Password) user, string clientNonce)
    {
        if (!DigestFieldReader.TryOpen(challenge, out var reader))
            return null;
        string? realm = null, nonce = null, qops = null, name = null, opaque = null;
        while (reader.Read())
        {
            if (reader.NameIs("realm"u8)) realm = reader.ValueText();
            else if (reader.NameIs("nonce"u8)) nonce = reader.ValueText();
            else if (reader.NameIs("qop"u8)) qops = reader.ValueText();
            else if (reader.NameIs("algorithm"u8)) name = reader.ValueText();
            else if (reader.NameIs("opaque"u8)) opaque = reader.ValueText();
        }
        var algorithm = DigestAlgorithm.Md5;
        if (reader.IsMalformed || realm is null || nonce is null || !(name ?? "MD5").Equals(algorithm.Name, StringComparison.OrdinalIgnoreCase))
            return null;
        var qop = qops is null ? null : "auth";
        if (qops is not null && !qops.Split(',', StringSplitOptions.TrimEntries).Contains("auth", StringComparer.OrdinalIgnoreCase))
            return null;
        DigestCredentials Credentials(string response) => new()
        {
            User = user.Name,
            Realm = realm,
            Nonce = nonce,
            Uri = uri,
            Response = response,
            Qop = qop,
            NonceCountText = 1.ToString("x8", CultureInfo.InvariantCulture),
            ClientNonce = clientNonce,
            Algorithm = name is null ? null : algorithm.Name,
            Opaque = opaque,
        };
        var ha1 = algorithm.Ha1(user.Name, realm, user.Password);
        return Credentials(algorithm.Response(ha1, method, Credentials(""))).Write();
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallCenterKit.Sip.Messages;

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
        var algorithm = DigestAlgorithm.Md5;
        if (!SipAuthorization.TryParse(challenge, out var fields) || !fields.IsDigest
            || !fields.TryGet("realm"u8, out var realmText) || !fields.TryGet("nonce"u8, out var nonceText)
            || (fields.TryGet("algorithm"u8, out var name) && !SipText.EqualsIgnoreCase(name, Encoding.ASCII.GetBytes(algorithm.Name)))
            || (fields.TryGet("qop"u8, out var qops) && !OffersAuth(qops)))
        {
            return null;
        }
        string realm = SipText.Decode(realmText), nonce = SipText.Decode(nonceText);
        var qop = qops.IsEmpty ? null : "auth";
        var sentName = name.IsEmpty ? null : algorithm.Name;
        var opaque = fields.TryGet("opaque"u8, out var opaqueText) ? SipText.Decode(opaqueText) : null;
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
            Algorithm = sentName,
            Opaque = opaque,
        };
        var ha1 = algorithm.Ha1(user.Name, realm, user.Password);
        return Credentials(algorithm.Response(ha1, method, Credentials(""))).Write();
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

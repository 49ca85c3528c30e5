using System.Security.Cryptography;
using System.Text;

namespace CallCenterKit.Sip.Authentication;

/// <summary>The server side of digest authentication (RFC 3261 §22, RFC 7616). Any thread.</summary>
internal sealed class DigestAuthenticator
{
    private readonly string _realm;
    private readonly ISipAccounts _accounts;
    private readonly NonceSource _nonces;
    private readonly NonceCounts _counts;
    private readonly DigestAlgorithm _algorithm = DigestAlgorithm.Md5;

    // An unknown user is checked against this, so that neither the answer nor its time tells that the user is unknown.
    private readonly string _nobodysHa1 = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <param name="realm">Shown to the phone; part of every stored HA1.</param>
    /// <param name="nonceLife">How long a nonce may be used.</param>
    /// <param name="countedNonces">How many nonces are remembered against replay.</param>
    /// <param name="accounts">Who is known.</param>
    public DigestAuthenticator(string realm, TimeSpan nonceLife, int countedNonces, ISipAccounts accounts)
    {
        _realm = realm;
        _accounts = accounts;
        _nonces = new(nonceLife);
        _counts = new(countedNonces);
    }

    /// <summary>The value of WWW-Authenticate.</summary>
    public string Challenge(bool stale, DateTimeOffset now) =>
        $"Digest realm=\"{_realm}\", nonce=\"{_nonces.Create(now)}\", algorithm={_algorithm.Name}, qop=\"auth\"{(stale ? ", stale=true" : "")}";

    /// <summary>Checks the credentials of one request.</summary>
    /// <param name="authorization">The value of Authorization; empty when there is none.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="now">The time to check the nonce against.</param>
    /// <param name="account">Who it is, when accepted.</param>
    /// <remarks>
    /// The digest's own uri is not compared with the Request-URI: proxies rewrite the latter, and common clients send
    /// the server's address. A captured request still cannot be used again, because its nonce count cannot.
    /// </remarks>
    public DigestVerdict Verify(ReadOnlySpan<byte> authorization, string method, DateTimeOffset now, out SipAccount? account)
    {
        account = null;
        if (!DigestCredentials.TryParse(authorization, out var given) || !IsForUs(given))
            return DigestVerdict.Challenge;
        var known = _accounts.Find(given.User);
        var expected = _algorithm.Response(known?.Ha1 ?? _nobodysHa1, method, given);
        var same = SameText(expected, given.Response);
        if (known?.Ha1 is null || !same)
            return DigestVerdict.Wrong;
        // Without qop there is no count, so such a nonce is good for one request.
        if (!_nonces.IsAlive(given.Nonce, now, out var serial) || !_counts.TryUse(serial, given.Qop is null ? 1 : given.NonceCount ?? 0))
            return DigestVerdict.Stale;
        account = known;
        return DigestVerdict.Accepted;
    }

    private bool IsForUs(DigestCredentials given) =>
        given.Realm == _realm
        && (given.Algorithm is null || given.Algorithm.Equals(_algorithm.Name, StringComparison.OrdinalIgnoreCase))
        && (given.Qop is null || given.Qop.Equals("auth", StringComparison.OrdinalIgnoreCase));

    private static bool SameText(string expected, string given)
    {
        Span<byte> mine = stackalloc byte[64], theirs = stackalloc byte[64];
        theirs.Clear();
        Encoding.ASCII.GetBytes(expected, mine);
        if (given.Length == expected.Length)
            Encoding.ASCII.GetBytes(given.ToLowerInvariant(), theirs);
        return CryptographicOperations.FixedTimeEquals(mine[..expected.Length], theirs[..expected.Length]);
    }
}

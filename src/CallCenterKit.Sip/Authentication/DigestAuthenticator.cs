using System.Security.Cryptography;
using System.Text;
using CallCenterKit.Sip.Messages;

namespace CallCenterKit.Sip.Authentication;

/// <summary>The server side of digest authentication (RFC 3261 §22, RFC 7616, RFC 8760). Any thread.</summary>
internal sealed class DigestAuthenticator
{
    private readonly string _realm;
    private readonly ISipAccounts _accounts;
    private readonly NonceSource _nonces;
    private readonly NonceCounts _counts;

    // The strongest first: a client takes the first it knows (RFC 8760 §2.4). An unknown user is checked against a
    // secret of nobody, so that neither the answer nor its time tells that the user is unknown.
    private readonly (DigestAlgorithm Algorithm, string NobodysHa1)[] _algorithms;

    /// <param name="realm">Shown to the phone; part of every stored HA1.</param>
    /// <param name="nonceLife">How long a nonce may be used.</param>
    /// <param name="countedNonces">How many nonces are remembered against replay.</param>
    /// <param name="accounts">Who is known.</param>
    /// <param name="algorithms">Which hashes are offered and accepted; at least one.</param>
    public DigestAuthenticator(
        string realm, TimeSpan nonceLife, int countedNonces, ISipAccounts accounts,
        SipDigestAlgorithms algorithms = SipDigestAlgorithms.Md5 | SipDigestAlgorithms.Sha256)
    {
        _realm = realm;
        _accounts = accounts;
        _nonces = new(nonceLife);
        _counts = new(countedNonces);
        _algorithms = [.. Chosen(algorithms).Select(algorithm => (algorithm, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(algorithm.HashBytes))))];
    }

    /// <summary>The values of WWW-Authenticate, one for each algorithm.</summary>
    /// <param name="stale">The credentials were right but for the nonce.</param>
    /// <param name="now">When the nonce is born.</param>
    /// <param name="user">Who seems to ask: algorithms are left out for which the account has no secret. Somebody unknown is offered all.</param>
    public IEnumerable<string> Challenges(bool stale, DateTimeOffset now, string? user = null)
    {
        var account = user is null ? null : _accounts.Find(user);
        var isNone = account is null || !Array.Exists(_algorithms, offered => offered.Algorithm.Ha1Of(account) is not null);
        var nonce = _nonces.Create(now);
        foreach (var (algorithm, _) in _algorithms)
        {
            if (isNone || algorithm.Ha1Of(account!) is not null)
                yield return $"Digest realm=\"{_realm}\", nonce=\"{nonce}\", algorithm={algorithm.Name}, qop=\"auth\"{(stale ? ", stale=true" : "")}";
        }
    }

    /// <summary>The credentials in a request that are for our realm, of several; the first when none is; empty when there are none.</summary>
    public ReadOnlySpan<byte> CredentialsIn(SipMessage request)
    {
        foreach (var line in request.Lines(SipHeader.Authorization))
        {
            if (SipAuthorization.TryParse(line, out var fields) && fields.TryGet("realm"u8, out var realm) && SipText.Decode(realm) == _realm)
                return line;
        }
        return request[SipHeader.Authorization];
    }

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
        if (!DigestCredentials.TryParse(authorization, out var given) || !IsForUs(given) || !TryFind(given.Algorithm, out var algorithm, out var nobodysHa1))
            return DigestVerdict.Challenge;
        var known = _accounts.Find(given.User);
        var ha1 = known is null ? null : algorithm.Ha1Of(known);
        var same = SameText(algorithm.Response(ha1 ?? nobodysHa1, method, given), given.Response);
        if (ha1 is null || !same)
            return DigestVerdict.Wrong;
        // Without qop there is no count, so such a nonce is good for one request.
        if (!_nonces.IsAlive(given.Nonce, now, out var serial) || !_counts.TryUse(serial, given.Qop is null ? 1 : given.NonceCount ?? 0))
            return DigestVerdict.Stale;
        account = known;
        return DigestVerdict.Accepted;
    }

    private static IEnumerable<DigestAlgorithm> Chosen(SipDigestAlgorithms algorithms)
    {
        if (algorithms.HasFlag(SipDigestAlgorithms.Sha256))
            yield return DigestAlgorithm.Sha256;
        if (algorithms.HasFlag(SipDigestAlgorithms.Md5))
            yield return DigestAlgorithm.Md5;
    }

    private bool IsForUs(DigestCredentials given) =>
        given.Realm == _realm && (given.Qop is null || given.Qop.Equals("auth", StringComparison.OrdinalIgnoreCase));

    // Credentials that name none mean MD5 (RFC 7616 §3.4).
    private bool TryFind(string? name, out DigestAlgorithm algorithm, out string nobodysHa1)
    {
        foreach (var offered in _algorithms)
        {
            (algorithm, nobodysHa1) = offered;
            if (algorithm.Name.Equals(name ?? DigestAlgorithm.Md5.Name, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        (algorithm, nobodysHa1) = _algorithms[0];
        return false;
    }

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

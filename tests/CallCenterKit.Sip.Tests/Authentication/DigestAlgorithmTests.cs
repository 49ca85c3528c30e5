using System.Text;
using CallCenterKit.Sip.Authentication;
using CallCenterKit.Sip.Tests.Sessions;

namespace CallCenterKit.Sip.Tests.Authentication;

public sealed class DigestAlgorithmTests
{
    private const SipDigestAlgorithms Both = SipDigestAlgorithms.Md5 | SipDigestAlgorithms.Sha256;

    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Both, "SHA-256,MD5")]
    [InlineData(SipDigestAlgorithms.Md5, "MD5")]
    [InlineData(SipDigestAlgorithms.Sha256, "SHA-256")]
    [InlineData(null, "MD5")]
    public async Task Phone_is_offered_what_is_configured_the_strongest_first(SipDigestAlgorithms? configured, string offered)
    {
        await using var sip = await DriverHarness.StartAsync(options => options.DigestAlgorithms = configured ?? options.DigestAlgorithms);

        var challenges = sip.Ask("REGISTER", from: "alice").Headers("WWW-Authenticate").ToList();

        Assert.Equal(offered, string.Join(',', challenges.Select(AlgorithmIn)));
        Assert.All(challenges, challenge => Assert.Contains("qop=\"auth\"", challenge, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SHA-256", "secret", DigestVerdict.Accepted)]
    [InlineData("sha-256", "secret", DigestVerdict.Accepted)]
    [InlineData("MD5", "secret", DigestVerdict.Accepted)]
    [InlineData("SHA-256", "wrong", DigestVerdict.Wrong)]
    [InlineData("SHA-512-256", "secret", DigestVerdict.Challenge)]
    [InlineData("SHA-256-sess", "secret", DigestVerdict.Challenge)]
    internal void Each_algorithm_offered_is_verified_by_itself(string name, string password, DigestVerdict expected)
    {
        var authenticator = Authenticator(Both, Password("alice"));

        Assert.Equal(expected, Verify(authenticator, name, "alice", password));
    }

    [Fact]
    public void Algorithm_that_is_not_offered_is_not_accepted() =>
        Assert.Equal(DigestVerdict.Challenge, Verify(Authenticator(SipDigestAlgorithms.Sha256, Password("alice")), "MD5", "alice", "secret"));

    [Fact]
    public void Nonce_is_counted_once_for_both_algorithms()
    {
        var authenticator = Authenticator(Both, Password("alice"));
        var nonce = authenticator.Challenges(stale: false, Noon).First().Split("nonce=\"")[1].Split('"')[0];

        Assert.Equal(DigestVerdict.Accepted, authenticator.Verify(Answer("SHA-256", "alice", "secret", nonce), "INVITE", Noon, out _));
        Assert.Equal(DigestVerdict.Stale, authenticator.Verify(Answer("MD5", "alice", "secret", nonce), "INVITE", Noon, out _));
    }

    [Fact]
    public void Account_with_one_secret_is_offered_what_it_can_answer_and_anybody_else_all()
    {
        var authenticator = Authenticator(
            Both,
            new SipAccountOptions { Endpoint = "old", Ha1 = DigestAlgorithm.Md5.Ha1("old", "test", "secret").ToUpperInvariant() },
            new SipAccountOptions { Endpoint = "new", Ha1Sha256 = DigestAlgorithm.Sha256.Ha1("new", "test", "secret") },
            new SipAccountOptions { Endpoint = "none" });

        Assert.Equal(["MD5"], authenticator.Challenges(false, Noon, "old").Select(AlgorithmIn));
        Assert.Equal(["SHA-256"], authenticator.Challenges(false, Noon, "new").Select(AlgorithmIn));
        Assert.Equal(["SHA-256", "MD5"], authenticator.Challenges(false, Noon, "none").Select(AlgorithmIn));
        Assert.Equal(["SHA-256", "MD5"], authenticator.Challenges(false, Noon, "nobody").Select(AlgorithmIn));
        Assert.Equal(DigestVerdict.Accepted, Verify(authenticator, "MD5", "old", "secret"));
        Assert.Equal(DigestVerdict.Wrong, Verify(authenticator, "SHA-256", "old", "secret"));
        Assert.Equal(DigestVerdict.Accepted, Verify(authenticator, "SHA-256", "new", "secret"));
        Assert.Equal(DigestVerdict.Wrong, Verify(authenticator, "MD5", "new", "secret"));
        Assert.Equal(DigestVerdict.Wrong, Verify(authenticator, "MD5", "none", ""));
    }

    [Fact]
    public async Task Credentials_for_our_realm_are_found_among_others()
    {
        await using var sip = await DriverHarness.StartAsync();
        var challenge = sip.Ask("REGISTER", from: "alice");
        var authorization = DriverHarness.Authorize(challenge, "REGISTER", "alice", "secret");

        var answer = sip.Ask(
            "REGISTER",
            $"Authorization: {authorization.Replace("realm=\"test\"", "realm=\"elsewhere\"", StringComparison.Ordinal)}\nAuthorization: {authorization}\n", cseq: 2, from: "alice");

        Assert.Equal("SIP/2.0 200 OK", answer.StartLine);
    }

    private static SipAccountOptions Password(string user) => new() { Endpoint = user, Password = "secret" };

    private static DigestAuthenticator Authenticator(SipDigestAlgorithms algorithms, params SipAccountOptions[] accounts)
    {
        var options = new SipOptions { Realm = "test" };
        foreach (var account in accounts)
            options.Accounts.Add(account);
        return new("test", TimeSpan.FromMinutes(5), 100, new ConfiguredAccounts(options), algorithms);
    }

    private static DigestVerdict Verify(DigestAuthenticator authenticator, string algorithm, string user, string password)
    {
        var nonce = authenticator.Challenges(stale: false, Noon).First().Split("nonce=\"")[1].Split('"')[0];
        return authenticator.Verify(Answer(algorithm, user, password, nonce), "INVITE", Noon, out _);
    }

    private static byte[] Answer(string name, string user, string password, string nonce)
    {
        var algorithm = name.StartsWith("MD5", StringComparison.OrdinalIgnoreCase) ? DigestAlgorithm.Md5 : DigestAlgorithm.Sha256;
        DigestCredentials Credentials(string response) => new()
        {
            User = user,
            Realm = "test",
            Nonce = nonce,
            Uri = "sip:100@test",
            Qop = "auth",
            NonceCountText = "00000001",
            ClientNonce = "c",
            Algorithm = name,
            Response = response,
        };
        return Encoding.UTF8.GetBytes(Credentials(algorithm.Response(algorithm.Ha1(user, "test", password), "INVITE", Credentials(""))).Write());
    }

    private static string AlgorithmIn(string challenge) => challenge.Split("algorithm=")[1].Split(',')[0];
}

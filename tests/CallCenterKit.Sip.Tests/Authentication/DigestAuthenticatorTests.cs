using System.Text;
using CallCenterKit.Sip.Authentication;

namespace CallCenterKit.Sip.Tests.Authentication;

public sealed class DigestAuthenticatorTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DigestAuthenticator _authenticator = new("test", TimeSpan.FromMinutes(5), 3, new OneAccount("test"));

    [Fact]
    public void Right_password_is_accepted() =>
        Assert.Equal(DigestVerdict.Accepted, Verify(Answer("alice", "secret", Nonce(Noon))));

    [Fact]
    public void No_credentials_are_challenged() =>
        Assert.Equal(DigestVerdict.Challenge, _authenticator.Verify(default, "INVITE", Noon, out _));

    [Fact]
    public void Another_realm_is_challenged()
    {
        var header = Answer("alice", "secret", Nonce(Noon)).Replace("realm=\"test\"", "realm=\"elsewhere\"", StringComparison.Ordinal);

        Assert.Equal(DigestVerdict.Challenge, Verify(header));
    }

    [Theory]
    [InlineData("alice", "wrong")]
    [InlineData("nobody", "secret")]
    [InlineData("nobody", "wrong")]
    public void Wrong_password_and_unknown_user_are_the_same(string user, string password) =>
        Assert.Equal(DigestVerdict.Wrong, Verify(Answer(user, password, Nonce(Noon))));

    [Fact]
    public void Digest_of_another_method_is_wrong() =>
        Assert.Equal(DigestVerdict.Wrong, _authenticator.Verify(Encoding.UTF8.GetBytes(Answer("alice", "secret", Nonce(Noon))), "REGISTER", Noon, out _));

    [Fact]
    public void Nonce_is_stale_after_its_life()
    {
        var header = Answer("alice", "secret", Nonce(Noon));

        Assert.Equal(DigestVerdict.Stale, Verify(header, Noon.AddMinutes(5).AddTicks(1)));
        Assert.Equal(DigestVerdict.Accepted, Verify(header, Noon.AddMinutes(5)));
    }

    [Fact]
    public void Nonce_of_another_process_is_stale_when_the_password_is_right()
    {
        var other = new DigestAuthenticator("test", TimeSpan.FromMinutes(5), 3, new OneAccount("test"));

        Assert.Equal(DigestVerdict.Stale, Verify(Answer("alice", "secret", NonceIn(other.Challenges(stale: false, Noon).Last()))));
        Assert.Equal(DigestVerdict.Wrong, Verify(Answer("alice", "wrong", NonceIn(other.Challenges(stale: false, Noon).Last()))));
    }

    [Fact]
    public void A_captured_request_is_not_accepted_again()
    {
        var header = Answer("alice", "secret", Nonce(Noon));

        Assert.Equal(DigestVerdict.Accepted, Verify(header));
        Assert.Equal(DigestVerdict.Stale, Verify(header));
    }

    [Fact]
    public void Client_without_qop_may_use_a_nonce_once()
    {
        var nonce = Nonce(Noon);
        var plain = new DigestCredentials { User = "alice", Realm = "test", Nonce = nonce, Uri = "sip:100@test" };
        var response = DigestAlgorithm.Md5.Response(DigestAlgorithm.Md5.Ha1("alice", "test", "secret"), "INVITE", plain);
        var header = $"Digest username=\"alice\", realm=\"test\", nonce=\"{nonce}\", uri=\"sip:100@test\", response=\"{response}\"";

        Assert.Equal(DigestVerdict.Accepted, Verify(header));
        Assert.Equal(DigestVerdict.Stale, Verify(header));
    }

    [Fact]
    public void Replay_of_a_forgotten_nonce_is_refused_too()
    {
        var first = Answer("alice", "secret", Nonce(Noon));
        Assert.Equal(DigestVerdict.Accepted, Verify(first));

        for (var i = 0; i < 3; i++)
            Assert.Equal(DigestVerdict.Accepted, Verify(Answer("alice", "secret", Nonce(Noon))));

        Assert.Equal(DigestVerdict.Stale, Verify(first));
    }

    [Fact]
    public void Challenge_says_stale_only_when_it_is()
    {
        Assert.All(_authenticator.Challenges(stale: false, Noon), challenge => Assert.DoesNotContain("stale", challenge, StringComparison.Ordinal));
        Assert.All(_authenticator.Challenges(stale: true, Noon), challenge => Assert.EndsWith("stale=true", challenge, StringComparison.Ordinal));
    }

    private DigestVerdict Verify(string header, DateTimeOffset? now = null) =>
        _authenticator.Verify(Encoding.UTF8.GetBytes(header), "INVITE", now ?? Noon, out _);

    private string Nonce(DateTimeOffset now) => NonceIn(_authenticator.Challenges(stale: false, now).Last());

    private static string NonceIn(string challenge) => challenge.Split("nonce=\"")[1].Split('"')[0];

    private static string Answer(string user, string password, string nonce) => DigestClient.Answer(
        Encoding.UTF8.GetBytes($"Digest realm=\"test\", nonce=\"{nonce}\", algorithm=MD5, qop=\"auth\""), "INVITE", "sip:100@test", user, password)!;

    private sealed class OneAccount(string realm) : ISipAccounts
    {
        private readonly SipAccount _alice = new(new("alice"), "alice", DigestAlgorithm.Md5.Ha1("alice", realm, "secret"), null);

        public SipAccount? Find(string user) => user == "alice" ? _alice : null;

        public SipAccount? FindByEndpoint(EndpointId endpoint) => endpoint == _alice.Endpoint ? _alice : null;
    }
}

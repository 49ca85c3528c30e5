using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

public sealed class WhoCallsTests
{
    [Fact]
    public async Task Unknown_caller_is_challenged_and_authenticated_phone_gets_through()
    {
        await using var sip = await DriverHarness.StartAsync();

        sip.Transport.Receive(sip.Request("INVITE", body: DriverHarness.Sdp, from: "alice"));
        Assert.Equal("SIP/2.0 401 Unauthorized", sip.Last.StartLine);
        Assert.Empty(sip.Told);

        Call(sip, sip.Last, "alice", "secret");
        Assert.Equal(new CallOrigin.FromEndpoint(new("alice")), sip.Call.Origin);
    }

    [Fact]
    public async Task Unknown_user_and_wrong_password_get_the_same_challenge_and_the_same_403()
    {
        await using var sip = await DriverHarness.StartAsync();

        var unknown = Refusals(sip, "mallory");
        var wrong = Refusals(sip, "alice");

        Assert.Equal("SIP/2.0 403 Forbidden", unknown.Refusal.StartLine);
        Assert.Equal(Comparable(unknown.Challenge.Text, "mallory"), Comparable(wrong.Challenge.Text, "alice"));
        Assert.Equal(Comparable(unknown.Refusal.Text, "mallory"), Comparable(wrong.Refusal.Text, "alice"));
        Assert.Empty(sip.Told);
    }

    [Fact]
    public async Task Authenticated_phone_cannot_call_in_another_name()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Transport.Receive(sip.Request("INVITE", body: DriverHarness.Sdp, from: "bob"));

        Call(sip, sip.Last, "alice", "secret", from: "bob");

        Assert.Equal("SIP/2.0 403 Forbidden", sip.Last.StartLine);
        Assert.Empty(sip.Told);
    }

    [Fact]
    public async Task Old_nonce_is_renewed_without_a_refusal()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Transport.Receive(sip.Request("INVITE", body: DriverHarness.Sdp, from: "alice"));
        var challenge = sip.Last;
        sip.Advance(5 * 60_000 + 1);

        Call(sip, challenge, "alice", "secret");

        Assert.Equal("SIP/2.0 401 Unauthorized", sip.Last.StartLine);
        Assert.EndsWith("stale=true", sip.Last.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Call(sip, sip.Last, "alice", "secret");
        Assert.Single(sip.Told);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_for_its_source_only()
    {
        await using var sip = await DriverHarness.StartAsync(options => options.FailedAttemptsBurst = 2);
        Refusals(sip, "alice");
        Refusals(sip, "alice");

        sip.Transport.Receive(sip.Request("INVITE", body: DriverHarness.Sdp, from: "alice"));
        Call(sip, sip.Last, "alice", "secret");
        Assert.Equal("SIP/2.0 503 Service Unavailable", sip.Last.StartLine);

        sip.Advance(3000);
        sip.Transport.Receive(sip.Request("INVITE", body: DriverHarness.Sdp, from: "alice"));
        Call(sip, sip.Last, "alice", "secret");
        Assert.Single(sip.Told);
    }

    [Fact]
    public async Task Stranger_is_let_in_only_where_the_host_allows_it()
    {
        await using var sip = await DriverHarness.StartAsync(options => options.AllowStrangers = true);

        sip.Invite();
        Assert.Equal(new CallOrigin.Stranger(), sip.Call.Origin);

        sip.Transport.Receive(sip.Request("INVITE", body: DriverHarness.Sdp, from: "alice"));
        Assert.Equal("SIP/2.0 401 Unauthorized", sip.Last.StartLine);
    }

    private static void Call(DriverHarness sip, Transactions.FakeTransport.Sending challenge, string user, string password, string? from = null) => sip.Transport.Receive(
        sip.Request("INVITE", $"Authorization: {DriverHarness.Authorize(challenge, "INVITE", user, password)}\n", cseq: 2, body: DriverHarness.Sdp, from: from ?? user));

    private static (Transactions.FakeTransport.Sending Challenge, Transactions.FakeTransport.Sending Refusal) Refusals(DriverHarness sip, string user)
    {
        sip.Transport.Receive(sip.Request("INVITE", body: DriverHarness.Sdp, from: user));
        var challenge = sip.Last;
        Call(sip, challenge, user, "guess");
        return (challenge, sip.Last);
    }

    // Without what differs between any two requests.
    private static string Comparable(string text, string user) => System.Text.RegularExpressions.Regex.Replace(
        text.Replace(user, "user", StringComparison.Ordinal), "branch=[^;\r]+|Call-ID: [^\r]+|nonce=\"[^\"]+\"|tag=[0-9a-f]{16}", "");
}

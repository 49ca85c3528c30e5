using CallCenterKit.Sip.Dialogs;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>401 and 407 to requests of ours (RFC 3261 §22.2, §22.3; RFC 7616 §3.3).</summary>
public sealed class ChallengeTests
{
    private const string Digest = "Digest realm=\"far\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"";

    [Theory]
    [InlineData(401, "WWW-Authenticate", "Authorization")]
    [InlineData(407, "Proxy-Authenticate", "Proxy-Authorization")]
    public async Task Challenged_invite_is_sent_again_with_proof_in_the_same_call_under_the_next_number(int status, string challenge, string proof)
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = Dial(sip);
        var first = sip.Last;

        sip.Respond(first, status, extra: $"{challenge}: {Digest}\n");

        var second = sip.Last;
        Assert.Equal(["INVITE", "ACK", "INVITE"], sip.Sent.Select(sending => sending.StartLine.Split(' ')[0]));
        Assert.Contains("username=\"us\"", second.Header(proof), StringComparison.Ordinal);
        Assert.Contains("nonce=\"n1\"", second.Header(proof), StringComparison.Ordinal);
        Assert.Contains("uri=\"sip:bob@192.0.2.1\"", second.Header(proof), StringComparison.Ordinal);
        Assert.Equal("2 INVITE", second.Header("CSeq"));
        Assert.Equal(first.Header("Call-ID"), second.Header("Call-ID"));
        Assert.Equal(first.Header("From"), second.Header("From"));
        Assert.NotEqual(first.Header("Via"), second.Header("Via"));
        Assert.DoesNotContain("word", second.Text, StringComparison.Ordinal);

        sip.Respond(second, 200, body: DriverHarness.Sdp);
        Assert.IsType<DialOutcome.Answered>(await dialling);
        Assert.Equal("2 ACK", sip.Last.Header("CSeq"));
        Assert.Equal(second.Header(proof), sip.Last.Header(proof));
    }

    [Fact]
    public async Task Proxy_and_far_end_each_get_their_proof()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = Dial(sip);

        sip.Respond(sip.Last, 407, extra: $"Proxy-Authenticate: {Digest}\n");
        sip.Respond(sip.Last, 401, extra: $"WWW-Authenticate: {Digest}\n");

        Assert.Equal("3 INVITE", sip.Last.Header("CSeq"));
        Assert.Contains("us", sip.Last.Header("Authorization"), StringComparison.Ordinal);
        Assert.Contains("us", sip.Last.Header("Proxy-Authorization"), StringComparison.Ordinal);
        sip.Respond(sip.Last, 200, body: DriverHarness.Sdp);
        Assert.IsType<DialOutcome.Answered>(await dialling);
    }

    [Fact]
    public async Task Trunk_that_called_us_gets_its_proof_too()
    {
        await using var sip = await DriverHarness.StartAsync(options => options.Trunks.Add(
            new() { Name = "carrier", Host = "192.0.2.1", Addresses = { "192.0.2.1" }, User = "us", Password = "word", HealthInterval = TimeSpan.Zero }));
        await sip.ConnectAsync();
        sip.Call.HangUp(HangUpCause.Normal);

        sip.Respond(sip.Last, 407, extra: $"Proxy-Authenticate: {Digest}\n");

        Assert.StartsWith("BYE ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Contains("username=\"us\"", sip.Last.Header("Proxy-Authorization"), StringComparison.Ordinal);
        sip.Respond(sip.Last, 200);
    }

    [Fact]
    public async Task Wrong_password_is_not_said_twice()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = Dial(sip);

        sip.Respond(sip.Last, 401, extra: $"WWW-Authenticate: {Digest}\n");
        sip.Respond(sip.Last, 401, extra: $"WWW-Authenticate: {Digest}\n");

        Assert.Equal(new DialOutcome.Rejected(401), await dialling);
        Assert.Equal(2, sip.SentOf("INVITE").Count());
    }

    [Fact]
    public async Task Nonce_that_went_stale_is_renewed_once()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = Dial(sip);
        sip.Respond(sip.Last, 401, extra: $"WWW-Authenticate: {Digest}\n");

        sip.Respond(sip.Last, 401, extra: $"WWW-Authenticate: {Digest.Replace("n1", "n2", StringComparison.Ordinal)}, stale=TRUE\n");
        Assert.Contains("nonce=\"n2\"", sip.Last.Header("Authorization"), StringComparison.Ordinal);
        sip.Respond(sip.Last, 401, extra: $"WWW-Authenticate: {Digest}, stale=true\n");

        Assert.Equal(new DialOutcome.Rejected(401), await dialling);
        Assert.Equal(3, sip.SentOf("INVITE").Count());
    }

    [Theory]
    [InlineData("WWW-Authenticate: Basic realm=\"far\"\n")]
    [InlineData("WWW-Authenticate: Digest realm=\"far\", nonce=\"n\", algorithm=UNKNOWN\n")]
    [InlineData("")]
    public async Task Challenge_that_cannot_be_answered_is_a_refusal(string challenge)
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = Dial(sip);

        sip.Respond(sip.Last, 401, extra: challenge);

        Assert.Equal(new DialOutcome.Rejected(401), await dialling);
    }

    [Fact]
    public async Task Who_has_nothing_to_prove_takes_a_challenge_as_a_refusal()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();

        sip.Respond(sip.Last, 407, extra: $"Proxy-Authenticate: {Digest}\n");

        Assert.Equal(new DialOutcome.Rejected(407), await dialling);
    }

    [Fact]
    public async Task Attempt_that_was_given_up_answers_no_challenge()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.OnTold = (call, what) =>
        {
            if (what == "Ringing")
                call!.HangUp(HangUpCause.Normal);
        };
        var dialling = Dial(sip);
        var invite = sip.Last;
        sip.Respond(invite, 180);

        sip.Respond(invite, 407, extra: $"Proxy-Authenticate: {Digest}\n");

        Assert.IsType<DialOutcome.Unreachable>(await dialling);
        Assert.Single(sip.SentOf("INVITE"));
    }

    [Fact]
    public async Task Goodbye_that_is_challenged_is_said_again()
    {
        await using var sip = await DriverHarness.StartAsync();
        var (call, _) = await ConnectAsync(sip);
        call.HangUp(HangUpCause.Normal);
        var first = sip.Last;

        sip.Respond(first, 407, extra: $"Proxy-Authenticate: {Digest}\n");

        Assert.Equal(2, sip.SentOf("BYE").Count());
        Assert.Equal("3 BYE", sip.Last.Header("CSeq"));
        Assert.Contains("uri=\"sip:bob@192.0.2.1:5060\"", sip.Last.Header("Proxy-Authorization"), StringComparison.Ordinal);
        sip.Respond(sip.Last, 200);
        Assert.Equal(0, sip.Agent.Count);
    }

    [Fact]
    public async Task Reinvite_that_is_challenged_is_sent_again_and_acknowledged_with_its_proof()
    {
        await using var sip = await DriverHarness.StartAsync();
        var (call, _) = await ConnectAsync(sip);
        var holding = call.HoldAsync(true, default).AsTask();

        sip.Respond(sip.Last, 401, extra: $"WWW-Authenticate: {Digest}\n");
        var again = sip.Last;
        Assert.Equal("3 INVITE", again.Header("CSeq"));
        sip.Respond(again, 200, body: DriverHarness.Sdp + "a=recvonly\n");

        await holding;
        Assert.Equal("3 ACK", sip.Last.Header("CSeq"));
        Assert.Equal(again.Header("Authorization"), sip.Last.Header("Authorization"));
    }

    [Fact]
    public async Task Reinvite_that_is_challenged_after_the_goodbye_is_not_sent_again()
    {
        await using var sip = await DriverHarness.StartAsync();
        var (call, _) = await ConnectAsync(sip);
        var holding = call.HoldAsync(true, default).AsTask();
        var reinvite = sip.Last;
        call.HangUp(HangUpCause.Normal);

        sip.Respond(reinvite, 401, extra: $"WWW-Authenticate: {Digest}\n");

        await Assert.ThrowsAsync<CallEndedException>(() => holding);
        Assert.Equal(2, sip.SentOf("INVITE").Count());
    }

    [Fact]
    public async Task Prack_that_is_challenged_is_sent_again()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = Dial(sip);
        sip.Respond(sip.Last, 180, extra: "Require: 100rel\nRSeq: 1\n");

        sip.Respond(sip.Last, 407, extra: $"Proxy-Authenticate: {Digest}\n");

        Assert.Equal(["2 PRACK", "3 PRACK"], sip.SentOf("PRACK").Select(prack => prack.Header("CSeq")));
        Assert.Equal(["1 1 INVITE", "1 1 INVITE"], sip.SentOf("PRACK").Select(prack => prack.Header("RAck")));
    }

    private static Task<DialOutcome?> Dial(DriverHarness sip) =>
        sip.DialAsync(new DialStage([sip.Contact("bob") with { Credentials = new("us", "password") }]));

    private static async Task<(ICall Call, FakeTransport.Sending Invite)> ConnectAsync(DriverHarness sip)
    {
        var dialling = Dial(sip);
        var invite = sip.Last;
        sip.Respond(invite, 200, body: DriverHarness.Sdp);
        return (Assert.IsType<DialOutcome.Answered>(await dialling).Call, invite);
    }
}

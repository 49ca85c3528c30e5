using CallCenterKit.Sip.Transport;
using CallCenterKit.Sip.Trunks;

namespace CallCenterKit.Sip.Tests.Trunks;

public sealed class TrunkRegistrationTests
{
    private const string Challenge = "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"\n";

    [Fact]
    public void Registration_is_challenged_answered_and_the_trunk_is_up()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering("carrier.example:5080"));
        sip.Zone.A("carrier.example", "192.0.2.1");
        sip.Started();
        var first = sip.Last;
        Assert.Equal(SipTrunkState.Registering, sip.Trunk.Status.State);
        Assert.Equal("REGISTER sip:carrier.example:5080 SIP/2.0", first.StartLine);
        Assert.Equal("192.0.2.1:5080", first.To.ToString());
        Assert.StartsWith("<sip:4930@carrier.example>;tag=", first.Header("From"), StringComparison.Ordinal);
        Assert.Equal("<sip:4930@carrier.example>", first.Header("To"));
        Assert.Equal("<sip:4930@192.0.2.99:5060>", first.Header("Contact"));
        Assert.Equal("600", first.Header("Expires"));
        Assert.Equal("test", first.Header("User-Agent"));
        Assert.DoesNotContain("Authorization", first.Text, StringComparison.Ordinal);

        sip.Respond(401, Challenge);
        Assert.Equal(("MD5", "n1", 1u), sip.Credentials());
        Assert.Equal(first.Header("Call-ID"), sip.Last.Header("Call-ID"));
        Assert.Equal("2 REGISTER", sip.Last.Header("CSeq"));

        sip.Grant(600);
        Assert.Equal(SipTrunkState.Up, sip.Trunk.Status.State);
        Assert.Equal(1, sip.Trunk.Counters.Registrations);
    }

    [Fact]
    public void Registration_is_renewed_in_time_with_the_same_nonce_and_a_higher_count()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering()).Started();
        sip.Respond(401, Challenge);
        sip.Grant(200);
        var callId = sip.Last.Header("Call-ID");

        for (var i = 2u; i < 6; i++)
        {
            var count = sip.CountOf("REGISTER");
            sip.Advance(149);
            Assert.Equal(count, sip.CountOf("REGISTER"));
            sip.Advance(23);
            Assert.Equal(count + 1, sip.CountOf("REGISTER"));
            Assert.Equal(("MD5", "n1", i), sip.Credentials());
            Assert.Equal(callId, sip.Last.Header("Call-ID"));
            Assert.Equal($"{i + 1} REGISTER", sip.Last.Header("CSeq"));
            sip.Grant(200);
        }
    }

    [Fact]
    public void Own_contact_decides_among_several()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering()).Started();
        sip.Respond(200, $"Contact: <sip:4930@198.51.100.9>;expires=20, {sip.Last.Header("Contact")};expires=400\nExpires: 9\n");

        sip.Advance(299);
        Assert.Equal(1, sip.CountOf("REGISTER"));
        sip.Advance(44);
        Assert.Equal(2, sip.CountOf("REGISTER"));
    }

    [Fact]
    public void Proxy_is_answered_too_and_sha256_is_preferred()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering(configure: trunk => trunk.AuthName = "login")).Started();
        sip.Respond(407, "Proxy-Authenticate: Digest realm=\"p\", nonce=\"md5\", algorithm=MD5, qop=\"auth\"\nProxy-Authenticate: Digest realm=\"p\", nonce=\"sha\", algorithm=SHA-256, qop=\"auth\"\n");
        Assert.Equal(("SHA-256", "sha", 1u), sip.Credentials("Proxy-Authorization"));
        Assert.Contains("username=\"login\"", sip.Last.Text, StringComparison.Ordinal);

        sip.Respond(401, Challenge);
        Assert.Equal(("MD5", "n1", 1u), sip.Credentials());
        Assert.Equal(("SHA-256", "sha", 2u), sip.Credentials("Proxy-Authorization"));
        sip.Grant(600);
        Assert.True(sip.Trunk.IsUp);
    }

    [Fact]
    public void Nonce_that_is_too_old_is_replaced()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering()).Started();
        sip.Respond(401, Challenge);
        sip.Grant(100);
        sip.Advance(90);

        sip.Respond(401, "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"n2\", qop=\"auth\"\n"); // Some never say stale.
        Assert.Equal(("", "n2", 1u), sip.Credentials());
        sip.Respond(401, "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"n3\", qop=\"auth\", stale=TRUE\n");
        Assert.Equal(("", "n3", 1u), sip.Credentials());
        sip.Grant(100);
        Assert.True(sip.Trunk.IsUp);
    }

    [Theory]
    [InlineData("secret", "does not accept our password")]
    [InlineData(null, "none is configured")]
    public void Wrong_or_missing_password_is_a_refusal_and_tried_again_later(string? password, string reason)
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering(configure: trunk => trunk.Password = password)).Started();
        sip.Respond(401, Challenge);
        if (password is not null)
            sip.Respond(401, "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"n2\", algorithm=MD5, qop=\"auth\"\n");
        var sent = sip.CountOf("REGISTER");

        Assert.Equal(SipTrunkState.Refused, sip.Trunk.Status.State);
        Assert.Contains(reason, sip.Trunk.Status.Reason, StringComparison.Ordinal);
        sip.Advance(14);
        Assert.Equal(sent, sip.CountOf("REGISTER"));
        sip.Advance(16);
        Assert.Equal(sent + 1, sip.CountOf("REGISTER"));
    }

    [Fact]
    public void Server_that_challenges_forever_is_not_answered_forever()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering()).Started();
        for (var i = 0; i < 20; i++)
            sip.Respond(401, $"WWW-Authenticate: Digest realm=\"carrier\", nonce=\"n{i}\", qop=\"auth\", stale=true\n");

        Assert.Equal(3, sip.Transport.Sent.Count);
        Assert.Equal(SipTrunkState.Refused, sip.Trunk.Status.State);
    }

    [Fact]
    public void Longer_registration_is_asked_for_when_ours_is_too_brief()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering()).Started();

        sip.Respond(423, "Min-Expires: 1800\n");
        Assert.Equal("1800", sip.Last.Header("Expires"));
        sip.Grant(1800);
        Assert.True(sip.Trunk.IsUp);
        sip.Advance(1350);
        sip.Advance(200);
        Assert.Equal("1800", sip.Last.Header("Expires"));
    }

    [Fact]
    public void Minimum_that_makes_no_sense_is_a_refusal()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering()).Started();

        sip.Respond(423, "Min-Expires: 60\n");

        Assert.Single(sip.Transport.Sent);
        Assert.Equal(SipTrunkState.Refused, sip.Trunk.Status.State);
    }

    [Fact]
    public void Pauses_between_failures_double_up_to_a_limit_and_half_of_each_is_chance()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering(configure: trunk =>
        {
            trunk.RetryInterval = TimeSpan.FromSeconds(10);
            trunk.MaxRetryInterval = TimeSpan.FromSeconds(60);
        })).Started();
        List<double> pauses = [];
        for (var i = 0; i < 7; i++)
        {
            sip.Respond(403);
            var failedAt = sip.Time.GetUtcNow();
            var sent = sip.Transport.Sent.Count;
            while (sip.Transport.Sent.Count == sent)
                sip.Advance(0.1);
            pauses.Add((sip.Time.GetUtcNow() - failedAt).TotalSeconds);
        }

        Assert.All(pauses.Zip([10.0, 20, 40, 60, 60, 60, 60]), pair => Assert.InRange(pair.First, pair.Second / 2, pair.Second + 0.2));
        Assert.True(pauses.Skip(3).Distinct().Count() > 1);

        sip.Grant(600);
        sip.Advance(520);
        sip.Respond(403);
        var again = sip.Transport.Sent.Count;
        sip.Advance(10.1); // A success has reset the pause.
        Assert.True(sip.Transport.Sent.Count > again);
    }

    [Fact]
    public void Server_may_say_when_to_come_back()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering()).Started();
        sip.Respond(503, "Retry-After: 120 (maintenance)\n");
        Assert.Equal(SipTrunkState.Down, sip.Trunk.Status.State);

        sip.Advance(119);
        Assert.Single(sip.Transport.Sent);
        sip.Advance(2);
        Assert.Equal(2, sip.CountOf("REGISTER"));
    }

    [Fact]
    public void Next_server_is_tried_and_the_silent_one_is_remembered()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering("carrier.example", trunk => trunk.Transport = SipTransportProtocol.Udp));
        sip.Zone.Server("_sip._udp.carrier.example", 10, 1, 5060, "a.carrier.example").Server("_sip._udp.carrier.example", 20, 1, 5062, "b.carrier.example")
            .A("a.carrier.example", "192.0.2.1").A("b.carrier.example", "192.0.2.2");
        sip.Started();
        sip.Advance(32);
        Assert.Equal("192.0.2.2:5062", sip.Last.To.ToString());
        sip.Grant(60);
        Assert.True(sip.Trunk.IsUp);
        Assert.Equal(1, sip.Trunk.Counters.Failovers);

        sip.Advance(52);
        Assert.Equal("192.0.2.2:5062", sip.Last.To.ToString());
        sip.Grant(60);
        sip.Advance(52);
        sip.Grant(60);
        sip.Advance(52); // Two minutes are over: the first one gets its chance again.
        Assert.Equal("192.0.2.1:5060", sip.Last.To.ToString());
    }

    [Theory]
    [InlineData(503, true)]
    [InlineData(408, true)]
    [InlineData(404, false)]
    [InlineData(603, false)]
    public void Failure_of_a_server_leads_to_the_next_a_refusal_does_not(int status, bool goesOn)
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering(configure: trunk => trunk.Gateways.Add("192.0.2.2"))).Started();

        sip.Respond(status);

        Assert.Equal(goesOn ? "192.0.2.2:5060" : "192.0.2.1:5060", sip.Last.To.ToString());
        Assert.Equal(goesOn ? "REGISTER sip:192.0.2.2 SIP/2.0" : "REGISTER sip:192.0.2.1 SIP/2.0", sip.Last.StartLine);
    }

    [Fact]
    public void Refused_socket_and_unknown_name_are_down_with_a_reason()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering());
        sip.Transport.Fails = true;
        sip.Started();
        Assert.Equal("Udp 192.0.2.1:5060 cannot be reached.", sip.Trunk.Status.Reason);

        using var unknown = new TrunkHarness(TrunkHarness.Registering("nowhere.example")).Started();
        Assert.Equal((SipTrunkState.Down, "'nowhere.example' has no address."), (unknown.Trunk.Status.State, unknown.Trunk.Status.Reason));
        unknown.Zone.A("nowhere.example", "192.0.2.1");
        unknown.Advance(31);
        Assert.Equal("192.0.2.1:5060", unknown.Last.To.ToString());
    }

    [Fact]
    public async Task Stopping_takes_the_registration_back()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering()).Started();
        sip.Respond(401, Challenge);
        sip.Grant(600);

        var stopping = sip.Trunks.StopAsync();
        Assert.Equal("0", sip.Last.Header("Expires"));
        Assert.Equal(("MD5", "n1", 2u), sip.Credentials());
        sip.Respond(401, "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"n2\", algorithm=MD5, qop=\"auth\", stale=true\n");
        Assert.Equal(("MD5", "n2", 1u), sip.Credentials());
        Assert.False(stopping.IsCompleted);
        sip.Respond(200);
        await stopping;

        var sent = sip.Transport.Sent.Count;
        sip.Advance(3600);
        Assert.Equal(sent, sip.Transport.Sent.Count);
    }

    [Fact]
    public async Task Stopping_ends_also_when_nobody_answers_or_nothing_is_bound()
    {
        using var silent = new TrunkHarness(TrunkHarness.Registering()).Started();
        silent.Grant(600);
        var stopping = silent.Trunks.StopAsync();
        silent.Advance(32);
        await stopping;

        using var refused = new TrunkHarness(TrunkHarness.Registering(), TrunkHarness.Plain()).Started();
        refused.Respond(403);
        await refused.Trunks.StopAsync();
        Assert.Single(refused.Transport.Sent);
    }

    [Fact]
    public void Lost_connection_is_registered_over_anew()
    {
        using var sip = new TrunkHarness(SipTransportProtocol.Tcp, TrunkHarness.Registering(configure: trunk => trunk.Transport = SipTransportProtocol.Tcp)).Started();
        Assert.Equal("<sip:4930@192.0.2.99:5060;transport=tcp>", sip.Last.Header("Contact"));
        sip.Grant(600);

        sip.Trunks.OnClosed(sip.Transport, TrunkHarness.EndPoint("192.0.2.7:5060"));
        sip.Advance(3);
        Assert.Equal(1, sip.CountOf("REGISTER"));
        sip.Trunks.OnClosed(sip.Transport, TrunkHarness.EndPoint("192.0.2.1:5060"));
        sip.Advance(3);
        Assert.Equal(2, sip.CountOf("REGISTER"));
    }

    [Fact]
    public void Outbound_proxy_gets_all_requests_and_stands_in_route()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering("carrier.example", trunk => trunk.OutboundProxy = "192.0.2.3:5070")).Started();

        Assert.Equal("REGISTER sip:carrier.example SIP/2.0", sip.Last.StartLine);
        Assert.Equal("192.0.2.3:5070", sip.Last.To.ToString());
        Assert.Equal("<sip:192.0.2.3:5070;lr>", sip.Last.Header("Route"));
    }
}

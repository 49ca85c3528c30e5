using CallCenterKit.Sip.Trunks;

namespace CallCenterKit.Sip.Tests.Trunks;

public sealed class TrunkHealthTests
{
    private static SipTrunkOptions Probed(Action<SipTrunkOptions>? configure = null) => TrunkHarness.Plain(configure: trunk =>
    {
        trunk.HealthInterval = TimeSpan.FromSeconds(30);
        configure?.Invoke(trunk);
    });

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(500)]
    [InlineData(603)]
    public void Whatever_is_answered_shows_that_it_is_alive(int status)
    {
        using var sip = new TrunkHarness(Probed()).Started();
        sip.Advance(1);
        Assert.Equal("OPTIONS sip:192.0.2.1 SIP/2.0", sip.Last.StartLine);

        sip.Respond(status);
        Assert.True(sip.Trunk.IsUp);
        sip.Advance(29);
        Assert.Equal(1, sip.CountOf("OPTIONS"));
        sip.Advance(1);
        Assert.Equal(2, sip.CountOf("OPTIONS"));
    }

    [Fact]
    public void Two_misses_and_it_is_down_one_answer_and_it_is_up()
    {
        using var sip = new TrunkHarness(Probed()).Started();
        sip.Advance(1);
        sip.Advance(4);
        Assert.True(sip.Trunk.IsUp);
        sip.Advance(5);
        Assert.Equal(2, sip.CountOf("OPTIONS"));
        sip.Advance(4);
        Assert.Equal((SipTrunkState.Down, "Udp 192.0.2.1:5060 did not answer in time."), (sip.Trunk.Status.State, sip.Trunk.Status.Reason));
        Assert.Equal(2, sip.Trunk.Counters.MissedProbes);

        sip.Advance(30);
        Assert.Equal(3, sip.CountOf("OPTIONS"));
        sip.Respond(200);
        Assert.True(sip.Trunk.IsUp);
    }

    [Fact]
    public void Out_of_service_and_refused_connection_are_misses()
    {
        using var sip = new TrunkHarness(Probed()).Started();
        sip.Advance(1);
        sip.Respond(503);
        sip.Transport.Fails = true;
        sip.Advance(5);

        Assert.Equal((SipTrunkState.Down, "Udp 192.0.2.1:5060 cannot be reached."), (sip.Trunk.Status.State, sip.Trunk.Status.Reason));
    }

    [Fact]
    public void Trunk_is_alive_while_one_of_its_servers_is()
    {
        using var sip = new TrunkHarness(Probed(trunk => trunk.Gateways.Add("192.0.2.2"))).Started();
        sip.Advance(1);
        sip.Advance(4);
        Assert.Equal("192.0.2.2:5060", sip.Last.To.ToString());
        sip.Respond(200);

        sip.Advance(30);
        Assert.Equal("192.0.2.2:5060", sip.Last.To.ToString()); // The silent one comes last now.
        Assert.True(sip.Trunk.IsUp);
        Assert.Equal(0, sip.Trunk.Counters.MissedProbes);
    }

    [Fact]
    public async Task Nobody_is_asked_while_calls_get_through()
    {
        using var sip = new TrunkHarness(Probed()).Started();
        sip.Advance(1);
        sip.Respond(200);
        var hop = (await sip.Trunk.RouteAsync("1", new("2"), false, default)).Route!.Hops[0];

        for (var i = 0; i < 10; i++)
        {
            sip.Advance(20);
            sip.Trunk.ReportAlive(hop);
        }
        Assert.Equal(1, sip.CountOf("OPTIONS"));
        sip.Advance(30);
        Assert.Equal(2, sip.CountOf("OPTIONS"));
    }

    [Fact]
    public void Registration_that_succeeds_spares_a_probe()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering(configure: trunk => trunk.HealthInterval = TimeSpan.FromSeconds(30))).Started();
        sip.Grant(600);

        sip.Advance(29);
        Assert.Equal(0, sip.CountOf("OPTIONS"));
        sip.Advance(1);
        Assert.Equal(1, sip.CountOf("OPTIONS"));
    }

    [Fact]
    public void Trunk_that_is_back_is_registered_at_anew_since_it_may_have_forgotten_us()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering(configure: trunk => trunk.HealthInterval = TimeSpan.FromSeconds(30))).Started();
        sip.Grant(600);
        sip.Advance(30 + 4 + 5 + 4);
        Assert.Equal(SipTrunkState.Down, sip.Trunk.Status.State);

        sip.Advance(30);
        sip.Respond(200);
        Assert.True(sip.Trunk.IsUp);
        sip.Advance(2);

        Assert.Equal(2, sip.CountOf("REGISTER"));
        sip.Grant(600);
        sip.Advance(60);
        Assert.Equal(2, sip.CountOf("REGISTER"));
    }

    [Fact]
    public void Registration_that_shows_that_the_trunk_is_back_is_not_made_twice()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering(configure: trunk => trunk.HealthInterval = TimeSpan.FromSeconds(30))).Started();
        sip.Grant(600);
        for (var second = 0; second < 520 && sip.CountOf("REGISTER") < 2; second++)
            sip.Advance(1);
        Assert.Equal(SipTrunkState.Down, sip.Trunk.Status.State);

        var renewal = sip.SentOf("REGISTER").Last();
        sip.Respond(200, $"Contact: {renewal.Header("Contact")};expires=600\n", renewal);
        Assert.True(sip.Trunk.IsUp);
        sip.Advance(20);

        Assert.Equal(2, sip.CountOf("REGISTER"));
    }

    [Fact]
    public async Task Call_that_finds_a_dead_server_has_the_trunk_asked_at_once_and_one_that_gets_through_ends_the_doubt()
    {
        using var sip = new TrunkHarness(Probed()).Started();
        sip.Advance(1);
        sip.Respond(200);
        var hop = (await sip.Trunk.RouteAsync("1", new("2"), false, default)).Route!.Hops[0];

        sip.Trunk.ReportDead(hop);
        Assert.Equal(2, sip.CountOf("OPTIONS"));
        sip.Advance(4 + 5 + 4);
        Assert.Equal(SipTrunkState.Down, sip.Trunk.Status.State);
        sip.Trunk.ReportAlive();
        Assert.True(sip.Trunk.IsUp);
    }

    [Fact]
    public void Trunk_that_is_never_asked_counts_as_up()
    {
        using var sip = new TrunkHarness(TrunkHarness.Plain()).Started();
        sip.Advance(3600);

        Assert.True(sip.Trunk.IsUp);
        Assert.Empty(sip.Transport.Sent);
    }

    [Fact]
    public async Task Stopped_trunk_is_asked_no_more()
    {
        using var sip = new TrunkHarness(Probed()).Started();
        sip.Advance(1);
        await sip.Trunks.StopAsync();
        sip.Respond(200);
        var probes = sip.CountOf("OPTIONS");

        sip.Advance(3600);
        Assert.Equal(probes, sip.CountOf("OPTIONS"));
    }
}

using System.Net;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Sip.Trunks;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Trunks;

public sealed class SipTrunksTests
{
    private static SipTrunkOptions Trunk(string name, int priority = 0, int weight = 1, Action<SipTrunkOptions>? configure = null) =>
        TrunkHarness.Plain(name, configure: trunk =>
        {
            trunk.Priority = priority;
            trunk.Weight = weight;
            configure?.Invoke(trunk);
        });

    private static string[] Names(SipTrunkChoice choice) => [.. choice.Trunks.Select(trunk => trunk.Name)];

    private static SipTrunkSlot Begin(SipTrunk trunk, CallDirection direction = CallDirection.Outbound, bool isEmergency = false)
    {
        Assert.True(trunk.TryBegin(direction, isEmergency, out var slot, out _));
        return slot;
    }

    [Fact]
    public void Lower_priority_is_tried_first_and_named_trunks_in_their_own_order()
    {
        using var sip = new TrunkHarness(Trunk("backup", 20), Trunk("main", 10), Trunk("last", 30));

        Assert.Equal(["main", "backup", "last"], Names(sip.Trunks.Choose([], false)));
        var named = sip.Trunks.Choose(["last", "nobody", "main", "last"], false);
        Assert.Equal(["last", "main"], Names(named));
        Assert.Equal(["There is no trunk 'nobody'."], named.Skipped);
        Assert.Equal("There is no trunk 'nobody'.", sip.Trunks.Choose(["nobody"], false).WhyNone);
    }

    [Fact]
    public void Calls_are_shared_by_weight()
    {
        using var sip = new TrunkHarness(Trunk("a", weight: 3), Trunk("b", weight: 1));
        var first = Enumerable.Range(0, 10_000).Count(_ => Names(sip.Trunks.Choose([], false))[0] == "a");

        Assert.InRange(first, 7300, 7700);
    }

    [Fact]
    public void Trunk_that_is_down_comes_last_but_comes()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering(configure: trunk => trunk.Priority = 1), Trunk("spare", 2)).Started();
        sip.Respond(403);

        Assert.Equal(["spare", "carrier"], Names(sip.Trunks.Choose([], false)));
        Assert.Equal(["spare", "carrier"], Names(sip.Trunks.Choose(["carrier", "spare"], false)));
        Assert.Equal(["carrier"], Names(sip.Trunks.Choose(["carrier"], false)));
    }

    [Fact]
    public void Full_trunk_is_skipped_with_a_reason_except_for_emergencies()
    {
        using var sip = new TrunkHarness(Trunk("small", 1, configure: trunk => trunk.MaxCalls = 2), Trunk("large", 2));
        var small = sip.Trunks.Find("small")!;
        Begin(small, CallDirection.Inbound);
        var slot = Begin(small);

        var choice = sip.Trunks.Choose([], false);
        Assert.Equal(["large"], Names(choice));
        Assert.Equal(["Trunk 'small' carries 2 calls of at most 2."], choice.Skipped);
        Assert.Equal("Trunk 'small' carries 2 calls of at most 2.", sip.Trunks.Choose(["small"], false).WhyNone);
        Assert.False(small.TryBegin(CallDirection.Inbound, false, out _, out var why));
        Assert.Equal("Trunk 'small' carries 2 calls of at most 2.", why);

        Assert.Equal(["small", "large"], Names(sip.Trunks.Choose([], true)));
        var emergency = Begin(small, isEmergency: true);
        Assert.Equal(3, small.Calls);
        slot.End();
        slot.End();
        Assert.Equal(2, small.Calls);
        emergency.End();
        Assert.Equal(["small", "large"], Names(sip.Trunks.Choose([], false)));
        Assert.Equal((2, 1, 3), (small.Counters.Outgoing, small.Counters.Incoming, small.Counters.Limited));
    }

    [Fact]
    public void Calls_per_second_are_limited_in_each_direction_after_a_burst()
    {
        using var sip = new TrunkHarness(Trunk("t", configure: trunk =>
        {
            trunk.CallsPerSecond = 2;
            trunk.CallsBurst = 3;
        }));
        for (var i = 0; i < 3; i++)
            Begin(sip.Trunk);

        Assert.Equal(["Trunk 't' begins at most 2 calls per second."], sip.Trunks.Choose([], false).Skipped);
        Begin(sip.Trunk, CallDirection.Inbound);
        Begin(sip.Trunk, isEmergency: true);
        sip.Advance(0.499);
        Assert.NotNull(sip.Trunk.WhyFull(CallDirection.Outbound));
        sip.Advance(0.001);
        Begin(sip.Trunk);
        Assert.NotNull(sip.Trunk.WhyFull(CallDirection.Outbound));
        sip.Advance(3600);
        for (var i = 0; i < 3; i++)
            Begin(sip.Trunk);
        Assert.NotNull(sip.Trunk.WhyFull(CallDirection.Outbound));
    }

    [Fact]
    public async Task Route_says_all_that_an_invite_needs()
    {
        using var sip = new TrunkHarness(TrunkHarness.Registering("carrier.example:5070", trunk =>
        {
            trunk.Gateways.Add("192.0.2.2");
            trunk.OutgoingNumberRules.Add("+49=>0");
            trunk.Codecs.Add("pcmu");
            trunk.TrustsIdentity = true;
        }));
        sip.Zone.A("carrier.example", "192.0.2.1");
        Assert.Equal("Trunk 'carrier' has not been started.", (await sip.Trunk.RouteAsync("1", new("2"), false, default)).Why);
        sip.Started();

        var route = (await sip.Trunk.RouteAsync("+4930#1", new("200", "Ada"), false, default)).Route!;

        Assert.Equal(["Udp 192.0.2.1:5070", "Udp 192.0.2.2:5060"], route.Hops.Select(hop => hop.Hop.ToString()));
        Assert.Equal(["sip:030%231@carrier.example:5070", "sip:030%231@192.0.2.2"], route.Hops.Select(route.RequestUri));
        Assert.Equal("<sip:030%231@carrier.example>", route.To);
        Assert.Equal("<sip:4930@192.0.2.99:5060>", route.Contact(route.Hops[0]));
        Assert.Equal(new ShownCaller("\"Ada\" <sip:200@carrier.example>", "\"Ada\" <sip:200@carrier.example>", null), route.Caller);
        Assert.Null(route.Route);
        Assert.Equal([AudioCodecs.Pcmu], sip.Trunk.CodecsOf(AudioCodecs.Default));
        Assert.NotNull(sip.Trunk.Credentials);

        sip.Trunk.ReportDead(route.Hops[0]);
        Assert.Equal(["Udp 192.0.2.2:5060", "Udp 192.0.2.1:5070"], (await sip.Trunk.RouteAsync("1", new("2"), false, default)).Route!.Hops.Select(hop => hop.Hop.ToString()));
        sip.Trunk.ReportAlive(route.Hops[0]);
        Assert.Equal("Udp 192.0.2.1:5070", (await sip.Trunk.RouteAsync("1", new("2"), false, default)).Route!.Hops[0].Hop.ToString());
    }

    [Fact]
    public async Task Trunk_that_cannot_be_found_has_no_route()
    {
        using var sip = new TrunkHarness(TrunkHarness.Plain(host: "nowhere.example")).Started();

        Assert.Equal((null, "Trunk 'gateway': 'nowhere.example' has no address."), await sip.Trunk.RouteAsync("1", new("2"), false, default));
    }

    [Fact]
    public async Task Emergency_number_is_changed_by_a_rule_of_its_own_only()
    {
        using var sip = new TrunkHarness(TrunkHarness.Plain(configure: trunk =>
        {
            trunk.OutgoingNumberRules.Add("1=>+491");
            trunk.OutgoingNumberRules.Add("110=>9110");
        })).Started();

        async Task<string> UserAsync(string number, bool isEmergency) => (await sip.Trunk.RouteAsync(number, new("2"), isEmergency, default)).Route!.User;

        Assert.Equal("+49112", await UserAsync("112", false));
        Assert.Equal("112", await UserAsync("112", true));
        Assert.Equal("9110", await UserAsync("110", true));
    }

    [Theory]
    [InlineData("192.0.2.9", "", "exact")]
    [InlineData("192.0.2.10", "", "narrow")]
    [InlineData("192.0.3.1", "", "wide")]
    [InlineData("::ffff:192.0.2.9", "", "exact")]
    [InlineData("198.51.100.1", "", null)]
    [InlineData("2001:db8::5", "", "six")]
    [InlineData("2001:db9::5", "", null)]
    [InlineData("203.0.113.1", "4931", "second")]
    [InlineData("203.0.113.1", "4930", "first")]
    [InlineData("203.0.113.1", "1", "first")]
    public void Source_belongs_to_the_narrowest_network_and_the_account_it_calls(string source, string user, string? trunk)
    {
        static SipTrunkOptions From(string name, string address, string? user = null) => TrunkHarness.Plain(name, configure: trunk =>
        {
            trunk.Addresses.Add(address);
            trunk.User = user;
        });
        using var sip = new TrunkHarness(
            From("wide", "192.0.0.0/16"), From("narrow", "192.0.2.0/24"), From("exact", "192.0.2.9"), From("six", "2001:db8::/32"),
            From("first", "203.0.113.0/24", "4930"), From("second", "203.0.113.0/24", "4931"));

        Assert.Equal(trunk, sip.Trunks.FindSource(IPAddress.Parse(source), user)?.Name);
    }

    [Fact]
    public void Without_addresses_calls_come_from_where_the_host_resolves_to_now()
    {
        using var sip = new TrunkHarness(TrunkHarness.Plain(host: "gw.example:5060"));
        Assert.Null(sip.Trunks.FindSource(IPAddress.Parse("192.0.2.1"), ""));
        sip.Started();
        Assert.Null(sip.Trunks.FindSource(IPAddress.Parse("192.0.2.1"), ""));

        sip.Zone.A("gw.example", "192.0.2.1", "192.0.2.2");
        sip.Advance(30);
        Assert.Equal("gateway", sip.Trunks.FindSource(IPAddress.Parse("192.0.2.2"), "")?.Name);
        Assert.Null(sip.Trunks.FindSource(IPAddress.Parse("192.0.2.3"), ""));

        sip.Zone.Move("gw.example", "192.0.2.3");
        sip.Advance(299);
        Assert.NotNull(sip.Trunks.FindSource(IPAddress.Parse("192.0.2.2"), ""));
        sip.Advance(1);
        Assert.Null(sip.Trunks.FindSource(IPAddress.Parse("192.0.2.2"), ""));
        Assert.NotNull(sip.Trunks.FindSource(IPAddress.Parse("192.0.2.3"), ""));

        sip.Zone.Broken("gw.example", CallCenterKit.Sip.Resolving.DnsType.A);
        sip.Advance(600);
        Assert.NotNull(sip.Trunks.FindSource(IPAddress.Parse("192.0.2.3"), ""));
    }

    [Theory]
    [InlineData(new string[0], new[] { 408, 500, 503, 599 }, new[] { 400, 404, 480, 486, 600, 603 })]
    [InlineData(new[] { "404", "503" }, new[] { 404, 503 }, new[] { 408, 500, 486 })]
    [InlineData(new[] { "4xx" }, new[] { 403, 404, 480, 488 }, new[] { 401, 407, 486, 487, 503, 600 })]
    public void Failover_depends_on_the_status(string[] configured, int[] next, int[] final)
    {
        using var sip = new TrunkHarness(TrunkHarness.Plain(configure: trunk =>
        {
            foreach (var status in configured)
                trunk.FailoverStatuses.Add(status);
        }));

        Assert.All(next, status => Assert.True(sip.Trunk.FailsOver(status), $"{status}"));
        Assert.All(final, status => Assert.False(sip.Trunk.FailsOver(status), $"{status}"));
    }
}

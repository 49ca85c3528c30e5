using CallCenterKit.Sip.Transport;
using CallCenterKit.Sip.Trunks;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>Calls over trunks through a whole driver: the text peer at 192.0.2.1 is the first carrier, 192.0.2.2 the second.</summary>
public sealed class TrunkCallTests
{
    private static readonly DialTarget Number = new DialTarget.ToNumber("4930500", []);

    [Fact]
    public async Task Trunk_is_told_whom_we_call_who_calls_and_where_we_are()
    {
        await using var sip = await StartAsync(one => (one.User, one.CallerId, one.TrustsIdentity) = ("center", "4930100", true));

        _ = sip.DialAsync(Number);

        var invite = Assert.Single(sip.SentOf("INVITE"));
        Assert.Equal("INVITE sip:4930500@192.0.2.1 SIP/2.0", invite.StartLine);
        Assert.Equal("<sip:4930500@192.0.2.1>", invite.Header("To"));
        Assert.StartsWith("<sip:4930100@192.0.2.1>;tag=", invite.Header("From"), StringComparison.Ordinal);
        Assert.Equal("<sip:4930100@192.0.2.1>", invite.Header("P-Asserted-Identity"));
        Assert.Equal("<sip:center@192.0.2.99:5060>", invite.Header("Contact"));
        Assert.Equal(1, sip.Driver.Trunks[0].Calls);
    }

    [Fact]
    public async Task Challenge_of_the_trunk_is_answered_once()
    {
        await using var sip = await StartAsync(one => (one.User, one.Password) = ("center", "secret"));
        _ = sip.DialAsync(Number);

        sip.Respond(sip.Last, 407, extra: "Proxy-Authenticate: Digest realm=\"carrier\", nonce=\"n\", qop=\"auth\"\n");

        var second = sip.SentOf("INVITE").Last();
        Assert.Equal("2 INVITE", second.Header("CSeq"));
        Assert.StartsWith("Digest username=\"center\", realm=\"carrier\"", second.Header("Proxy-Authorization"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_trunk_gives_way_to_the_next_before_the_caller_notices()
    {
        await using var sip = await StartAsync();
        var dialling = sip.DialAsync(Number);

        sip.Respond(sip.SentOf("INVITE").Last(), 503);
        var second = sip.SentOf("INVITE").Last();
        Assert.Equal("INVITE sip:4930500@192.0.2.2 SIP/2.0", second.StartLine);
        sip.Respond(second, 180);
        sip.Respond(second, 200, body: DriverHarness.Sdp);

        var call = Assert.IsType<DialOutcome.Answered>(await dialling).Call;
        Assert.Equal([0, 1], sip.Driver.Trunks.Select(trunk => trunk.Calls));
        Assert.Equal(1, sip.Driver.Trunks[0].Failovers);
        call.HangUp(HangUpCause.Normal);
        Assert.Equal([0, 0], sip.Driver.Trunks.Select(trunk => trunk.Calls));
    }

    [Fact]
    public async Task Silent_trunk_gives_way_after_4_s_and_what_it_says_later_is_ended()
    {
        await using var sip = await StartAsync();
        var dialling = sip.DialAsync(Number);
        var first = sip.SentOf("INVITE").First();

        sip.Advance(3_900);
        Assert.All(sip.SentOf("INVITE"), invite => Assert.EndsWith("@192.0.2.1 SIP/2.0", invite.StartLine, StringComparison.Ordinal));
        sip.Advance(200);
        var second = sip.SentOf("INVITE").Last();
        Assert.EndsWith("@192.0.2.2 SIP/2.0", second.StartLine, StringComparison.Ordinal);

        sip.Respond(first, 200, body: DriverHarness.Sdp);
        Assert.StartsWith("BYE ", sip.Last.StartLine, StringComparison.Ordinal);
        sip.Respond(second, 200, body: DriverHarness.Sdp);
        Assert.IsType<DialOutcome.Answered>(await dialling);
    }

    [Theory]
    [InlineData(486)]
    [InlineData(404)]
    [InlineData(603)]
    public async Task Answer_that_speaks_for_the_party_is_passed_on(int status)
    {
        await using var sip = await StartAsync();
        var dialling = sip.DialAsync(Number);

        sip.Respond(sip.Last, status);

        Assert.Equal(status == 486 ? new DialOutcome.Busy() : new DialOutcome.Rejected(status), await dialling);
        Assert.Single(sip.SentOf("INVITE"));
        Assert.Equal([0, 0], sip.Driver.Trunks.Select(trunk => trunk.Calls));
    }

    [Fact]
    public async Task Cancelled_call_gives_its_place_back()
    {
        await using var sip = await StartAsync();
        using var source = new CancellationTokenSource();
        var dialling = sip.DialAsync(Number, cancellationToken: source.Token);
        var invite = sip.Last;
        sip.Respond(invite, 180);

        source.Cancel();
        sip.Respond(invite, 487);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialling);
        Assert.Equal([0, 0], sip.Driver.Trunks.Select(trunk => trunk.Calls));
    }

    [Fact]
    public async Task Full_trunk_is_passed_by_except_by_emergency_calls()
    {
        await using var sip = await StartAsync(one => one.MaxCalls = 1, two => two.MaxCalls = 1);
        _ = sip.DialAsync(Number);
        _ = sip.DialAsync(Number);
        Assert.Equal([1, 1], sip.Driver.Trunks.Select(trunk => trunk.Calls));

        Assert.IsType<DialOutcome.Unreachable>(await sip.DialAsync(Number));
        _ = sip.Driver.DialAsync(new() { Id = new(Guid.Parse("00000000-0000-7000-8000-000000000002")), Target = new DialTarget.ToNumber("112", []), Caller = new("100"), IsEmergency = true }, default).AsTask();

        Assert.Equal("INVITE sip:112@192.0.2.1 SIP/2.0", sip.SentOf("INVITE").Last().StartLine);
    }

    [Fact]
    public async Task Call_of_a_trunk_comes_from_it_and_takes_a_place_until_it_ends()
    {
        await using var sip = await StartAsync(one => (one.MaxCalls, one.TrustsIdentity) = (1, true));

        sip.Transport.Receive(sip.Request("INVITE", "P-Asserted-Identity: \"Carol\" <sip:4930999@carrier>\nDiversion: <sip:4930111@carrier>;reason=no-answer\n", body: DriverHarness.Sdp));

        Assert.Equal(new CallOrigin.FromTrunk("one"), sip.Call.Origin);
        Assert.Equal(new CallParty("4930999", "Carol"), sip.Call.From);
        Assert.Equal("4930111", sip.Call.Attributes["sip.diversion"]);
        Assert.Equal(1, sip.Driver.Trunks[0].Calls);
        sip.CallId = "second";
        Assert.StartsWith("SIP/2.0 503 ", sip.Ask("INVITE", body: DriverHarness.Sdp).StartLine, StringComparison.Ordinal);
        sip.Call.HangUp(HangUpCause.Busy);
        Assert.Equal(0, sip.Driver.Trunks[0].Calls);
    }

    [Fact]
    public async Task Address_with_a_name_is_tried_server_by_server()
    {
        await using var sip = await StartAsync();
        sip.Hosts["pbx.example"] = [new(SipTransportProtocol.Udp, new(System.Net.IPAddress.Parse("192.0.2.3"), 5060), "pbx.example"), new(SipTransportProtocol.Udp, new(System.Net.IPAddress.Parse("192.0.2.4"), 5080), "pbx.example")];
        var dialling = sip.DialAsync(new DialTarget.ToAddress("sip:bob@pbx.example"));
        Assert.Equal("192.0.2.3:5060", sip.Last.To.ToString());

        sip.Respond(sip.Last, 503);

        var second = sip.SentOf("INVITE").Last();
        Assert.Equal(("192.0.2.4:5080", "INVITE sip:bob@pbx.example SIP/2.0"), (second.To.ToString(), second.StartLine));
        sip.Respond(second, 486);
        Assert.IsType<DialOutcome.Busy>(await dialling);
    }

    [Fact]
    public async Task State_of_trunks_is_there_to_be_looked_at()
    {
        await using var sip = await StartAsync();

        Assert.Equal([("one", SipTrunkState.Up), ("two", SipTrunkState.Up)], sip.Driver.Trunks.Select(trunk => (trunk.Name, trunk.State)));
    }

    private static Task<DriverHarness> StartAsync(Action<SipTrunkOptions>? one = null, Action<SipTrunkOptions>? two = null) => DriverHarness.StartAsync(options =>
    {
        options.Trunks.Add(Trunk("one", "192.0.2.1", priority: 1, one));
        options.Trunks.Add(Trunk("two", "192.0.2.2", priority: 2, two));
    });

    private static SipTrunkOptions Trunk(string name, string host, int priority, Action<SipTrunkOptions>? configure)
    {
        var trunk = new SipTrunkOptions { Name = name, Host = host, Priority = priority, HealthInterval = TimeSpan.Zero, Addresses = { host } };
        configure?.Invoke(trunk);
        return trunk;
    }
}

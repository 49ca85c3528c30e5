using CallCenterKit.Registrations;
using CallCenterKit.Sip.Tests.Sessions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Registrar;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Registered_phone_is_reachable_until_its_registration_runs_out()
    {
        await using var sip = await DriverHarness.StartAsync();

        var answer = sip.Register("<sip:alice@192.0.2.1:5060;line=1>", extra: "Expires: 120\n");
        Assert.Equal("SIP/2.0 200 OK", answer.StartLine);
        Assert.Equal("<sip:alice@192.0.2.1:5060;line=1>;expires=120", answer.Header("Contact"));
        Assert.True(sip.Driver.IsReachable(new("alice")));

        sip.Advance(119_000);
        Assert.Equal(["alice reachable"], sip.Told);
        sip.Advance(1_020);
        Assert.Equal(["alice reachable", "alice lost"], sip.Told);
        Assert.False(sip.Driver.IsReachable(new("alice")));
    }

    [Fact]
    public async Task Phone_is_dialled_at_its_contact()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Register("<sip:alice@192.0.2.1:5070;line=1>");

        _ = sip.DialAsync(new DialTarget.ToEndpoint(new("alice")));

        Assert.Equal("INVITE sip:alice@192.0.2.1:5070;line=1 SIP/2.0", sip.Last.StartLine);
        Assert.Equal("192.0.2.1:5070", sip.Last.To.ToString());
    }

    [Fact]
    public async Task Phone_behind_a_nat_is_dialled_where_its_registration_came_from()
    {
        await using var sip = await DriverHarness.StartAsync();
        var nat = new System.Net.IPEndPoint(System.Net.IPAddress.Parse("198.51.100.4"), 31000);
        sip.Transport.Receive(sip.Request("REGISTER", from: "alice"), nat);
        var authorization = DriverHarness.Authorize(sip.Last, "REGISTER", "alice", "secret");

        sip.Transport.Receive(sip.Request("REGISTER", $"Contact: <sip:alice@192.168.0.4:5060>\nAuthorization: {authorization}\n", cseq: 2, from: "alice"), nat);
        Assert.StartsWith("<sip:alice@192.168.0.4:5060>;expires=", sip.Last.Header("Contact"), StringComparison.Ordinal);
        _ = sip.DialAsync(new DialTarget.ToEndpoint(new("alice")));

        Assert.Equal("INVITE sip:alice@192.168.0.4:5060 SIP/2.0", sip.Last.StartLine);
        Assert.Equal(nat, sip.Last.To);
    }

    [Fact]
    public async Task Phone_cannot_register_for_another()
    {
        await using var sip = await DriverHarness.StartAsync();

        var answer = sip.Register("<sip:alice@192.0.2.1>", record: "bob");

        Assert.Equal("SIP/2.0 403 Forbidden", answer.StartLine);
        Assert.Empty(sip.Told);
    }

    [Theory]
    [InlineData("alice", "wrong")]
    [InlineData("mallory", "secret")]
    public async Task Wrong_credentials_get_403(string user, string password)
    {
        await using var sip = await DriverHarness.StartAsync();

        Assert.Equal("SIP/2.0 403 Forbidden", sip.Register("<sip:alice@192.0.2.1>", user, password).StartLine);
    }

    [Fact]
    public async Task Trusted_address_still_needs_a_password_to_register()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();

        Assert.Equal("SIP/2.0 401 Unauthorized", sip.Ask("REGISTER", from: "alice").StartLine);
    }

    [Fact]
    public async Task Too_short_a_registration_gets_423()
    {
        await using var sip = await DriverHarness.StartAsync();

        var answer = sip.Register("<sip:alice@192.0.2.1>;expires=10");

        Assert.Equal("SIP/2.0 423 Interval Too Brief", answer.StartLine);
        Assert.Equal("60", answer.Header("Min-Expires"));
    }

    [Fact]
    public async Task Unregistering_loses_the_phone_at_once()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Register("<sip:alice@192.0.2.1>");

        var answer = sip.Register("*", extra: "Expires: 0\n");

        Assert.Equal("SIP/2.0 200 OK", answer.StartLine);
        Assert.DoesNotContain("Contact", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["alice reachable", "alice lost"], sip.Told);
    }

    [Fact]
    public async Task Phone_is_reachable_right_after_a_restart()
    {
        var store = new InMemoryRegistrationStore();
        await using (var before = await DriverHarness.StartAsync(store: store))
            before.Register("<sip:alice@192.0.2.1:5070>");

        await using var after = await DriverHarness.StartAsync(store: store);

        Assert.Equal(["alice reachable"], after.Told);
        after.Advance(600_020);
        Assert.Equal(["alice reachable", "alice lost"], after.Told);
        Assert.Empty(await store.LoadAsync("sip", default));
    }

    [Fact]
    public async Task Several_workers_share_one_registrar()
    {
        await using var sip = await DriverHarness.StartAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal("SIP/2.0 200 OK", sip.Register($"<sip:alice@192.0.2.1:{5070 + i}>").StartLine);

        Assert.Equal(3, sip.Last.Text.Split("Contact:").Length - 1);
        Assert.Equal(["alice reachable"], sip.Told);
    }
}

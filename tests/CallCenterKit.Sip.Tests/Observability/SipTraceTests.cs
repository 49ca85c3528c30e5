using System.Net;
using CallCenterKit.Sip.Observability;
using CallCenterKit.Sip.Tests.Sessions;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Sip.Tests.Observability;

public sealed class SipTraceTests
{
    [Fact]
    public async Task Trace_keeps_what_is_received_and_sent_while_it_is_on()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Ask("OPTIONS");
        sip.Driver.StartTrace(new());

        sip.Ask("OPTIONS");
        sip.Driver.StopTrace();
        sip.Ask("OPTIONS");

        Assert.Collection(
            sip.Driver.ReadTrace(),
            entry =>
            {
                Assert.Equal((1, true, SipTransportProtocol.Udp), (entry.Number, entry.IsReceived, entry.Protocol));
                Assert.Equal("192.0.2.1:5060", entry.Remote.ToString());
                Assert.Equal("192.0.2.99:5060", entry.Local.ToString());
                Assert.Equal(sip.Time.GetUtcNow(), entry.At);
                Assert.StartsWith("OPTIONS sip:100@192.0.2.99 SIP/2.0\r\n", entry.Text, StringComparison.Ordinal);
            },
            entry =>
            {
                Assert.Equal((2, false), (entry.Number, entry.IsReceived));
                Assert.StartsWith("SIP/2.0 200 OK\r\n", entry.Text, StringComparison.Ordinal);
            });
    }

    [Fact]
    public async Task Nothing_is_kept_unless_it_was_asked_for()
    {
        await using var sip = await DriverHarness.StartAsync();

        sip.Ask("OPTIONS");

        Assert.Empty(sip.Driver.ReadTrace());
    }

    [Fact]
    public async Task Newest_messages_take_the_place_of_the_oldest_and_reading_goes_on_where_it_stopped()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Driver.StartTrace(new() { Capacity = 3 });
        for (var i = 0; i < 3; i++)
            sip.Ask("OPTIONS");

        Assert.Equal([4, 5, 6], sip.Driver.ReadTrace().Select(entry => entry.Number));
        Assert.Equal([6], sip.Driver.ReadTrace(after: 5).Select(entry => entry.Number));
        Assert.Empty(sip.Driver.ReadTrace(after: 6));

        sip.Driver.StartTrace(new());
        Assert.Empty(sip.Driver.ReadTrace());
    }

    [Fact]
    public async Task One_call_can_be_traced()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Driver.StartTrace(new() { SipCallId = "inbound" });
        sip.Ask("OPTIONS");
        sip.Driver.StartTrace(new() { SipCallId = "other" });
        sip.Ask("OPTIONS");

        Assert.Empty(sip.Driver.ReadTrace());
    }

    [Theory]
    [InlineData("192.0.2.1", 2)]
    [InlineData("::ffff:192.0.2.1", 2)]
    [InlineData("192.0.2.2", 0)]
    public async Task One_address_can_be_traced(string address, int kept)
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Driver.StartTrace(new() { Address = IPAddress.Parse(address) });

        sip.Ask("OPTIONS");

        Assert.Equal(kept, sip.Driver.ReadTrace().Count);
    }

    [Fact]
    public async Task One_phone_can_be_traced_by_its_account_and_by_where_it_is()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Driver.StartTrace(new() { Endpoint = new("alice") });
        sip.Ask("OPTIONS", from: "bob");
        Assert.Empty(sip.Driver.ReadTrace());

        sip.Ask("OPTIONS", from: "alice");
        Assert.Equal(2, sip.Driver.ReadTrace().Count);

        sip.Register("<sip:device@192.0.2.1:5070>");
        sip.Driver.StartTrace(new() { Endpoint = new("alice") });
        _ = sip.DialAsync(new Voice.DialTarget.ToEndpoint(new("alice")));
        Assert.StartsWith("INVITE sip:device@192.0.2.1:5070 SIP/2.0", Assert.Single(sip.Driver.ReadTrace()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_and_passwords_are_masked_unless_and_even_when_asked_for()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Driver.StartTrace(new());
        sip.Register("<sip:49301234000@192.0.2.1>");
        var masked = string.Concat(sip.Driver.ReadTrace());
        sip.Driver.StartTrace(new() { ShowNumbers = true });
        sip.Register("<sip:49301234000@192.0.2.1>");
        var shown = string.Concat(sip.Driver.ReadTrace());

        Assert.DoesNotContain("49301234000", masked, StringComparison.Ordinal);
        Assert.Contains("****4000", masked, StringComparison.Ordinal);
        Assert.Contains("49301234000", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("response=", masked + shown, StringComparison.Ordinal);
        Assert.Contains("Authorization: (removed)", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Capacity_has_bounds()
    {
        await using var sip = await DriverHarness.StartAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => sip.Driver.StartTrace(new() { Capacity = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => sip.Driver.StartTrace(new() { Capacity = 100_001 }));
    }
}

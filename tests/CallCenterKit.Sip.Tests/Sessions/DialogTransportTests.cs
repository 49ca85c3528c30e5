using System.Net;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>By what and where to requests within a dialog go (RFC 3261 §12.2.1.1, §18.1.1).</summary>
public sealed class DialogTransportTests
{
    private static readonly IPEndPoint First = IPEndPoint.Parse("192.0.2.1:41000"), Second = IPEndPoint.Parse("192.0.2.1:42000");

    [Fact]
    public async Task Target_that_names_another_transport_is_reached_by_it()
    {
        await using var sip = await StartAsync("tcp");
        await ConnectAsync(sip, sip.Transport, FakeTransport.Peer, "Contact: <sip:carol@192.0.2.1:5070;transport=tcp>\n");

        sip.Call.HangUp(HangUpCause.Normal);

        var bye = sip.Stream.Sent[^1];
        Assert.StartsWith("BYE ", bye.StartLine, StringComparison.Ordinal);
        Assert.StartsWith("SIP/2.0/TCP ", bye.Header("Via"), StringComparison.Ordinal);
        Assert.Equal(IPEndPoint.Parse("192.0.2.1:5070"), bye.To);
    }

    [Fact]
    public async Task Target_that_names_a_transport_we_do_not_have_is_reached_where_its_requests_come_from()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await ConnectAsync(sip, sip.Transport, FakeTransport.Peer, "Contact: <sip:carol@192.0.2.1:5070;transport=tcp>\n");

        sip.Call.HangUp(HangUpCause.Normal);

        Assert.StartsWith("BYE ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Equal(FakeTransport.Peer, sip.Last.To);
    }

    [Fact]
    public async Task Call_that_began_over_tls_is_not_continued_where_it_can_be_read()
    {
        await using var sip = await StartAsync("tls");
        await ConnectAsync(sip, sip.Stream, FakeTransport.Peer, "Contact: <sip:carol@192.0.2.1:5070;transport=udp>\n");

        sip.Call.HangUp(HangUpCause.Normal);

        Assert.Equal(FakeTransport.Peer, sip.Stream.Sent[^1].To);
        Assert.StartsWith("BYE ", sip.Stream.Sent[^1].StartLine, StringComparison.Ordinal);
        Assert.Empty(sip.Sent);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task Phone_whose_nat_or_connection_has_changed_is_reached_where_it_spoke_last(string protocol)
    {
        await using var sip = await StartAsync("tcp");
        var transport = protocol == "tcp" ? sip.Stream : sip.Transport;
        var tag = await ConnectAsync(sip, transport, First, "Contact: <sip:carol@192.0.2.1:5060>\n");
        transport.Receive(sip.Request("INFO", toTag: tag, cseq: 2), Second);

        sip.Call.HangUp(HangUpCause.Normal);

        Assert.StartsWith("BYE ", transport.Sent[^1].StartLine, StringComparison.Ordinal);
        Assert.Equal(Second, transport.Sent[^1].To);
    }

    [Fact]
    public async Task Request_that_was_overtaken_moves_nobody()
    {
        await using var sip = await StartAsync("tcp");
        var tag = await ConnectAsync(sip, sip.Stream, First, "Contact: <sip:carol@192.0.2.1:5060>\n");
        sip.Stream.Receive(sip.Request("INFO", toTag: tag, cseq: 1), Second);

        sip.Call.HangUp(HangUpCause.Normal);

        Assert.Equal(First, sip.Stream.Sent[^1].To);
    }

    [Fact]
    public async Task Whom_a_phone_is_to_call_over_a_connection_is_named_with_its_transport()
    {
        await using var sip = await StartAsync("tcp");
        await ConnectAsync(sip, sip.Stream, First, "Contact: <sip:carol@192.0.2.1:5060>\n");

        _ = sip.Call.ReferAsync(new DialTarget.ToNumber("200", []), null, default).AsTask();

        Assert.Equal("<sip:200@192.0.2.99:5060;transport=tcp>", sip.Stream.Sent[^1].Header("Refer-To"));
    }

    [Fact]
    public async Task Phone_that_subscribes_over_a_connection_is_told_that_we_are_reached_by_it()
    {
        await using var sip = await StartAsync("tcp");
        sip.Stream.Receive(sip.Request("SUBSCRIBE", "Event: message-summary\n", from: "alice").Replace("SUBSCRIBE sip:100@", "SUBSCRIBE sip:alice@", StringComparison.Ordinal), First);
        var authorization = DriverHarness.Authorize(sip.Stream.Sent[^1], "SUBSCRIBE", "alice", "secret");
        sip.Stream.Receive(
            sip.Request("SUBSCRIBE", $"Event: message-summary\nAuthorization: {authorization}\n", from: "alice").Replace("SUBSCRIBE sip:100@", "SUBSCRIBE sip:alice@", StringComparison.Ordinal), First);

        var accepted = sip.Stream.Sent.Last(sending => sending.StartLine == "SIP/2.0 200 OK");
        Assert.Equal("<sip:192.0.2.99:5060;transport=tcp>", accepted.Header("Contact"));
    }

    private static Task<DriverHarness> StartAsync(string protocol) => DriverHarness.StartTrustedAsync(options =>
    {
        options.Listen.Add($"{protocol}:192.0.2.99:{(protocol == "tls" ? 5061 : 5060)}");
        options.Tls.CertificateFile = protocol == "tls" ? "of-nobody.pem" : null;
    });

    private static async Task<string> ConnectAsync(DriverHarness sip, FakeTransport transport, IPEndPoint from, string contact)
    {
        transport.Receive(sip.Request("INVITE", contact, body: DriverHarness.Sdp), from);
        await sip.Call.AnswerAsync(default);
        var tag = DriverHarness.TagOf(transport.Sent[^1]);
        transport.Receive(sip.Request("ACK", toTag: tag), from);
        return tag;
    }
}

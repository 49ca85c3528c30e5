using System.Globalization;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>REFER in both directions (RFC 3515, RFC 3891 §6, RFC 3892, RFC 4488).</summary>
public sealed class ReferTests
{
    private const string ToColleague = "Refer-To: <sip:200@test>\n";

    [Fact]
    public async Task Asked_transfer_is_accepted_told_to_the_host_and_reported_at_once()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        sip.Ask("REFER", ToColleague, tag, 2);

        Assert.StartsWith("SIP/2.0 202 ", sip.ResponsesTo("REFER").Single().StartLine, StringComparison.Ordinal);
        Assert.Equal("transfer to 200", sip.Told[^1]);
        var notify = sip.SentOf("NOTIFY").Single();
        Assert.Equal("refer;id=2", notify.Header("Event"));
        Assert.Equal("active;expires=300", notify.Header("Subscription-State"));
        Assert.Equal("message/sipfrag;version=2.0", notify.Header("Content-Type"));
        Assert.EndsWith("\r\n\r\nSIP/2.0 100 Trying\r\n", notify.Text, StringComparison.Ordinal);
        Assert.Equal("<sip:192.0.2.99:5060>", notify.Header("Contact"));
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Theory]
    [InlineData(TransferProgress.Completed, "SIP/2.0 200 OK")]
    [InlineData(TransferProgress.Busy, "SIP/2.0 486 Busy Here")]
    [InlineData(TransferProgress.NoAnswer, "SIP/2.0 480 Temporarily Unavailable")]
    [InlineData(TransferProgress.Rejected, "SIP/2.0 603 Decline")]
    [InlineData(TransferProgress.Unreachable, "SIP/2.0 404 Not Found")]
    public async Task Party_is_told_how_its_transfer_goes_and_ends(TransferProgress result, string fragment)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("REFER", ToColleague, tag, 2);
        sip.Respond(sip.Last, 200);

        sip.Call.ReportTransfer(TransferProgress.Ringing);
        Assert.EndsWith("SIP/2.0 180 Ringing\r\n", sip.Last.Text, StringComparison.Ordinal);
        Assert.Equal("active;expires=300", sip.Last.Header("Subscription-State"));
        sip.Respond(sip.Last, 200);
        sip.Call.ReportTransfer(result);
        Assert.EndsWith(fragment + "\r\n", sip.Last.Text, StringComparison.Ordinal);
        Assert.Equal("terminated;reason=noresource", sip.Last.Header("Subscription-State"));

        var sent = sip.Sent.Count;
        sip.Call.ReportTransfer(TransferProgress.Ringing);
        Assert.Equal(sent, sip.Sent.Count);
    }

    [Fact]
    public async Task News_does_not_overtake_news_that_is_not_answered_and_only_the_latest_is_told()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("REFER", ToColleague, tag, 2);
        var first = sip.Last;

        sip.Call.ReportTransfer(TransferProgress.Trying);
        sip.Call.ReportTransfer(TransferProgress.Ringing);
        Assert.Single(sip.SentOf("NOTIFY"));
        sip.Respond(first, 200);

        Assert.Equal(2, sip.SentOf("NOTIFY").Count());
        Assert.EndsWith("SIP/2.0 180 Ringing\r\n", sip.Last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_is_told_before_the_goodbye_even_if_earlier_news_is_not_answered()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("REFER", ToColleague, tag, 2);

        sip.Call.ReportTransfer(TransferProgress.Completed);
        sip.Call.HangUp(HangUpCause.Normal);

        Assert.Equal(["NOTIFY", "NOTIFY", "BYE"], sip.Sent.TakeLast(3).Select(sending => sending.StartLine.Split(' ')[0]));
    }

    [Fact]
    public async Task Party_that_wants_no_news_gets_none()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        var answer = sip.Ask("REFER", ToColleague + "Refer-Sub: false\n", tag, 2);
        sip.Call.ReportTransfer(TransferProgress.Completed);

        Assert.Equal("false", answer.Header("Refer-Sub"));
        Assert.Empty(sip.SentOf("NOTIFY"));
        Assert.Equal("transfer to 200", sip.Told[^1]);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("Refer-To: <sip:200@test>\nRefer-To: <sip:201@test>\n", 400)]
    [InlineData("Refer-To: <sip:200@test>, <sip:201@test>\n", 400)]
    [InlineData("Refer-To: nonsense\n", 400)]
    [InlineData("Refer-To: <sip:@>\n", 400)]
    [InlineData("Refer-To: <http://example.com/>\n", 416)]
    [InlineData("Refer-To: <sip:200@test;method=BYE>\n", 403)]
    [InlineData("Refer-To: <sip:200@test;method=invite>\n", 403)]
    [InlineData("Refer-To: <sip:200@test?Replaces=nonsense>\n", 400)]
    [InlineData("Refer-To: <sip:200@test?Replaces=call%3Bto-tag%3D1>\n", 400)]
    public async Task Transfer_that_cannot_be_understood_is_refused_and_nobody_is_asked(string referTo, int status)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        var answer = sip.Ask("REFER", referTo, tag, 2);

        Assert.StartsWith($"SIP/2.0 {status} ", answer.StartLine, StringComparison.Ordinal);
        Assert.Equal("Answered", sip.Told[^1]);
        Assert.Empty(sip.SentOf("NOTIFY"));
    }

    [Theory]
    [InlineData("<sip:200@test>", "200")]
    [InlineData("\"Two\" <sip:200@test:5070;transport=udp>", "200")]
    [InlineData("sip:200@test", "200")]
    [InlineData("<sips:200@test>", "200")]
    [InlineData("<tel:+49-30-123>", "+49-30-123")]
    [InlineData("<sip:%2B4930123@test;method=INVITE>", "+4930123")]
    [InlineData("<sip:200@test?X-Anything=1>", "200")]
    public async Task Transfer_names_whom_to_call(string referTo, string target)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        sip.Ask("REFER", $"r: {referTo}\n", tag, 2);

        Assert.Equal($"transfer to {target}", sip.Told[^1]);
    }

    [Fact]
    public async Task Transfer_to_whoever_the_party_consults_names_that_leg()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        var consultation = await sip.ConnectAsync();
        var (consulted, callId) = (sip.Call.Id, sip.CallId);

        sip.CallId = "inbound";
        sip.Ask("REFER", $"Refer-To: <sip:300@test?Replaces={callId}%3bto-tag%3d{consultation}%3Bfrom-tag%3Dnear>\n", tag, 2);

        Assert.Equal($"transfer to 300 in place of {consulted}", sip.Told[^1]);
    }

    [Theory]
    [InlineData("inbound-9", "near")]
    [InlineData("inbound-2", "far")]
    public async Task Transfer_in_place_of_a_dialog_that_does_not_exist_is_reported_as_such(string callId, string theirTag)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        var consultation = await sip.ConnectAsync();

        sip.CallId = "inbound";
        sip.Ask("REFER", $"Refer-To: <sip:300@test?Replaces={callId}%3Bto-tag%3D{consultation}%3Bfrom-tag%3D{theirTag}>\n", tag, 2);

        Assert.DoesNotContain(sip.Told, told => told.StartsWith("transfer", StringComparison.Ordinal));
        Assert.StartsWith("terminated", sip.SentOf("NOTIFY").Last().Header("Subscription-State"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transfer_asked_for_while_another_is_under_way_gets_500_and_the_next_one_is_taken()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("REFER", ToColleague, tag, 2);

        var answer = sip.Ask("REFER", ToColleague, tag, 3);
        Assert.StartsWith("SIP/2.0 500 ", answer.StartLine, StringComparison.Ordinal);
        Assert.InRange(int.Parse(answer.Header("Retry-After"), CultureInfo.InvariantCulture), 0, 10);

        sip.Call.ReportTransfer(TransferProgress.Busy);
        sip.Ask("REFER", ToColleague, tag, 4);
        Assert.Equal("refer;id=4", sip.SentOf("NOTIFY").Last().Header("Event"));
    }

    [Fact]
    public async Task Call_that_is_not_answered_cannot_be_transferred()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.RingAsync(default);

        Assert.StartsWith("SIP/2.0 403 ", sip.Ask("REFER", ToColleague, DriverHarness.TagOf(sip.Last), 2).StartLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Party_that_hangs_up_meanwhile_is_told_nothing_more()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("REFER", ToColleague, tag, 2);
        sip.Respond(sip.Last, 200);
        sip.Ask("BYE", toTag: tag, cseq: 3);

        sip.Call.ReportTransfer(TransferProgress.Ringing);
        sip.Call.ReportTransfer(TransferProgress.Completed);
        sip.Advance(310_000);

        Assert.Single(sip.SentOf("NOTIFY"));
    }

    [Theory]
    [InlineData(481)]
    [InlineData(489)]
    [InlineData(603)]
    public async Task Party_that_refuses_news_gets_no_more_and_the_transfer_and_the_call_go_on(int status)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("REFER", ToColleague, tag, 2);
        sip.Respond(sip.Last, status);

        sip.Call.ReportTransfer(TransferProgress.Ringing);
        sip.Call.ReportTransfer(TransferProgress.Completed);

        Assert.Single(sip.SentOf("NOTIFY"));
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Transfer_that_nobody_reports_on_is_over_for_the_party_after_5_minutes()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        sip.Ask("REFER", ToColleague, tag, 2);
        sip.Respond(sip.Last, 200);

        sip.Advance(299_980);
        Assert.Single(sip.SentOf("NOTIFY"));
        sip.Advance(40);

        Assert.Equal("terminated;reason=timeout", sip.Last.Header("Subscription-State"));
        sip.Respond(sip.Last, 200);
        Assert.StartsWith("SIP/2.0 202 ", Answer(sip, "REFER", ToColleague, tag, 3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Party_we_refer_says_how_it_goes()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        var transfer = sip.Call.ReferAsync(new DialTarget.ToAddress("sip:200@test"), null, default).AsTask();
        var refer = sip.Last;
        Assert.Equal("REFER sip:carol@192.0.2.1:5060 SIP/2.0", refer.StartLine);
        Assert.Equal("<sip:200@test>", refer.Header("Refer-To"));
        Assert.Equal("<sip:100@test>", refer.Header("Referred-By"));
        Assert.Equal("<sip:192.0.2.99:5060>", refer.Header("Contact"));
        sip.Respond(refer, 202);

        Assert.Equal("SIP/2.0 200 OK", Notify(sip, tag, 2, "SIP/2.0 100 Trying"));
        Assert.Equal("SIP/2.0 200 OK", Notify(sip, tag, 3, "SIP/2.0 180 Ringing"));
        Assert.False(transfer.IsCompleted);
        Assert.Equal("SIP/2.0 200 OK", Notify(sip, tag, 4, "SIP/2.0 200 OK", "terminated;reason=noresource"));

        Assert.Equal(TransferProgress.Completed, await transfer);
        Assert.Equal(CallState.Answered, sip.Call.State);
        Assert.Equal("SIP/2.0 481 Call/Transaction Does Not Exist", Notify(sip, tag, 5, "SIP/2.0 200 OK", "terminated;reason=noresource"));
    }

    [Theory]
    [InlineData("SIP/2.0 200 OK", TransferProgress.Completed)]
    [InlineData("SIP/2.0 486 Busy Here", TransferProgress.Busy)]
    [InlineData("SIP/2.0 600 Busy Everywhere", TransferProgress.Busy)]
    [InlineData("SIP/2.0 480 Temporarily Unavailable", TransferProgress.NoAnswer)]
    [InlineData("SIP/2.0 487 Request Terminated", TransferProgress.NoAnswer)]
    [InlineData("SIP/2.0 603 Decline", TransferProgress.Rejected)]
    [InlineData("SIP/2.0 404 Not Found", TransferProgress.Unreachable)]
    [InlineData("SIP/2.0 503 Service Unavailable", TransferProgress.Unreachable)]
    public async Task Result_of_a_transfer_is_what_the_party_was_told(string fragment, TransferProgress result)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var (tag, transfer) = await ReferAsync(sip);
        sip.Respond(sip.Last, 202);

        Notify(sip, tag, 2, fragment, "terminated;reason=noresource");

        Assert.Equal(result, await transfer);
    }

    [Theory]
    [InlineData(603, TransferProgress.Rejected)]
    [InlineData(405, TransferProgress.Rejected)]
    [InlineData(486, TransferProgress.Busy)]
    [InlineData(404, TransferProgress.Unreachable)]
    public async Task Party_that_refuses_to_be_referred_stays_in_the_call(int status, TransferProgress result)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var (_, transfer) = await ReferAsync(sip);

        sip.Respond(sip.Last, status);

        Assert.Equal(result, await transfer);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Fact]
    public async Task Subscription_that_ends_without_a_result_is_no_success()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var (tag, transfer) = await ReferAsync(sip);
        sip.Respond(sip.Last, 202);
        Notify(sip, tag, 2, "SIP/2.0 100 Trying");

        Notify(sip, tag, 3, "SIP/2.0 180 Ringing", "Terminated ;reason=timeout");

        Assert.Equal(TransferProgress.Unreachable, await transfer);
    }

    [Fact]
    public async Task Party_that_never_says_how_it_went_is_waited_for_5_minutes()
    {
        await using var sip = await DriverHarness.StartTrustedAsync(options => options.SessionTimers.Enabled = false);
        var (_, transfer) = await ReferAsync(sip);
        sip.Respond(sip.Last, 202);

        sip.Advance(299_980);
        Assert.False(transfer.IsCompleted);
        sip.Advance(40);

        Assert.Equal(TransferProgress.NoAnswer, await transfer);
        Assert.Equal(CallState.Answered, sip.Call.State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(408)]
    [InlineData(481)]
    public async Task Refer_that_finds_the_party_gone_ends_the_call(int status)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var (_, transfer) = await ReferAsync(sip);

        if (status > 0)
            sip.Respond(sip.Last, status);
        else
            sip.Advance(32_010);

        Assert.NotEqual(TransferProgress.Completed, await transfer);
        Assert.Equal("ended NetworkLost by Network", sip.Told[^1]);
    }

    [Theory]
    [InlineData("SIP/2.0 100 Trying", TransferProgress.Unreachable)]
    [InlineData("SIP/2.0 200 OK", TransferProgress.Completed)]
    public async Task Goodbye_of_the_party_ends_its_transfer(string last, TransferProgress result)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var (tag, transfer) = await ReferAsync(sip);
        sip.Respond(sip.Last, 202);
        Notify(sip, tag, 2, last);

        sip.Ask("BYE", toTag: tag, cseq: 3);

        Assert.Equal(result, await transfer);
    }

    [Fact]
    public async Task Result_may_be_quicker_than_the_answer_to_the_refer()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var (tag, transfer) = await ReferAsync(sip);
        var refer = sip.Last;

        Notify(sip, tag, 2, "SIP/2.0 200 OK", "terminated;reason=noresource");
        sip.Respond(refer, 202);

        Assert.Equal(TransferProgress.Completed, await transfer);
    }

    [Fact]
    public async Task One_transfer_at_a_time()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var (_, transfer) = await ReferAsync(sip);

        await Assert.ThrowsAsync<InvalidOperationException>(() => sip.Call.ReferAsync(new DialTarget.ToAddress("sip:200@test"), null, default).AsTask());

        sip.Respond(sip.Last, 603);
        await transfer;
        _ = sip.Call.ReferAsync(new DialTarget.ToAddress("sip:200@test"), null, default).AsTask();
        Assert.Equal(2, sip.SentOf("REFER").Count());
    }

    [Fact]
    public async Task Party_is_referred_in_place_of_another_leg_by_the_tags_the_other_party_knows()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();
        var first = sip.Call;
        var tag = await sip.ConnectAsync();

        _ = first.ReferAsync(new DialTarget.ToAddress("sip:200@test"), sip.Call, default).AsTask();

        Assert.Equal($"<sip:200@test?Replaces=inbound-2%3Bto-tag%3Dnear%3Bfrom-tag%3D{tag}>", sip.Last.Header("Refer-To"));
    }

    [Theory]
    [InlineData("alice", "<sip:alice@192.0.2.99:5060>")]
    [InlineData("", "<sip:+4930%23@192.0.2.99:5060>")]
    public async Task Party_reaches_phones_and_numbers_through_us(string endpoint, string referTo)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        await sip.ConnectAsync();

        DialTarget target = endpoint.Length > 0 ? new DialTarget.ToEndpoint(new(endpoint)) : new DialTarget.ToNumber("+4930#", []);
        _ = sip.Call.ReferAsync(target, null, default).AsTask();

        Assert.Equal(referTo, sip.Last.Header("Refer-To"));
    }

    private static async Task<(string Tag, Task<TransferProgress> Transfer)> ReferAsync(DriverHarness sip)
    {
        var tag = await sip.ConnectAsync();
        return (tag, sip.Call.ReferAsync(new DialTarget.ToAddress("sip:200@test"), null, default).AsTask());
    }

    private static string Notify(DriverHarness sip, string tag, int cseq, string fragment, string state = "active;expires=60")
    {
        sip.Transport.Receive(sip.Request(
            "NOTIFY", $"Event: refer\nSubscription-State: {state}\n", tag, cseq, fragment + "\n", type: "message/sipfrag;version=2.0"));
        return sip.ResponsesTo("NOTIFY").Last().StartLine;
    }

    private static string Answer(DriverHarness sip, string method, string extra, string tag, int cseq)
    {
        sip.Transport.Receive(sip.Request(method, extra, tag, cseq));
        return sip.ResponsesTo(method).Last().StartLine;
    }
}

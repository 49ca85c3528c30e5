using System.Net;
using CallCenterKit.Sip.Tests.Sessions;
using CallCenterKit.Sip.Tests.Transactions;

namespace CallCenterKit.Sip.Tests.Subscriptions;

public sealed class SubscriptionTests
{
    private static readonly EndpointId Alice = new("alice");
    private static readonly IPEndPoint Phone = IPEndPoint.Parse("192.0.2.1:5060");

    private int _branch;

    [Fact]
    public async Task Phone_that_subscribes_is_told_at_once_how_things_stand()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Driver.SetMessageWaiting(Alice, 2, 8);

        var accepted = Subscribe(sip);

        Assert.Equal("SIP/2.0 200 OK", accepted.StartLine);
        Assert.Equal("600", accepted.Header("Expires"));
        Assert.Equal("<sip:192.0.2.99:5060>", accepted.Header("Contact"));
        var notify = sip.Last;
        Assert.Equal("NOTIFY sip:alice@192.0.2.1:5060;line=1 SIP/2.0", notify.StartLine);
        Assert.Equal("message-summary", notify.Header("Event"));
        Assert.Equal("active;expires=600", notify.Header("Subscription-State"));
        Assert.Equal("application/simple-message-summary", notify.Header("Content-Type"));
        Assert.EndsWith("\r\n\r\nMessages-Waiting: yes\r\nMessage-Account: sip:alice@test\r\nVoice-Message: 2/8 (0/0)\r\n", notify.Text, StringComparison.Ordinal);
        Assert.Equal(accepted.Header("To"), notify.Header("From"));
        Assert.Equal("<sip:alice@test>;tag=near", notify.Header("To"));
        Assert.Equal("<sip:192.0.2.99:5060>", notify.Header("Contact"));
    }

    [Fact]
    public async Task Lamp_follows_the_mailbox_and_is_told_only_what_is_new()
    {
        await using var sip = await DriverHarness.StartAsync();
        Subscribe(sip);
        Confirm(sip);

        sip.Driver.SetMessageWaiting(Alice, 1, 0);
        Assert.Contains("Messages-Waiting: yes", Confirm(sip).Text, StringComparison.Ordinal);
        sip.Driver.SetMessageWaiting(Alice, 1, 0);
        sip.Driver.SetMessageWaiting(new("bob"), 5, 0);
        sip.Driver.SetMessageWaiting(new("nobody"), 5, 0);
        sip.Driver.SetMessageWaiting(Alice, 0, 1);
        Assert.Contains("Messages-Waiting: no\r\n", Confirm(sip).Text, StringComparison.Ordinal);

        Assert.Equal(["1 NOTIFY", "2 NOTIFY", "3 NOTIFY"], sip.SentOf("NOTIFY").Select(notify => notify.Header("CSeq")));
    }

    [Fact]
    public async Task What_changes_while_a_notify_is_on_its_way_is_told_by_the_next_once()
    {
        await using var sip = await DriverHarness.StartAsync();
        Subscribe(sip);
        var first = sip.Last;

        sip.Driver.SetMessageWaiting(Alice, 1, 0);
        sip.Driver.SetMessageWaiting(Alice, 2, 0);
        Assert.Single(sip.SentOf("NOTIFY"));
        sip.Respond(first, 200);

        Assert.Equal(2, sip.SentOf("NOTIFY").Count());
        Assert.Contains("Voice-Message: 2/0", sip.Last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_prolongs_and_takes_the_new_contact()
    {
        await using var sip = await DriverHarness.StartAsync();
        var tag = DriverHarness.TagOf(Subscribe(sip));
        Confirm(sip);
        sip.Advance(500_000);

        var answer = Send(sip, Request("message-summary", tag, 3, 600, contact: "<sip:alice@192.0.2.1:5066>"));

        Assert.Equal("SIP/2.0 200 OK", answer.StartLine);
        Assert.Equal("NOTIFY sip:alice@192.0.2.1:5066 SIP/2.0", Confirm(sip).StartLine);
        sip.Advance(599_000);
        Assert.Equal(2, sip.SentOf("NOTIFY").Count());
    }

    [Fact]
    public async Task Subscription_that_runs_out_says_so_and_is_gone()
    {
        await using var sip = await DriverHarness.StartAsync();
        var tag = DriverHarness.TagOf(Subscribe(sip));
        Confirm(sip);

        sip.Advance(600_020);

        Assert.Equal("terminated;reason=timeout", Confirm(sip).Header("Subscription-State"));
        Assert.StartsWith("SIP/2.0 481 ", Send(sip, Request("message-summary", tag, 3, 600)).StartLine, StringComparison.Ordinal);
        sip.Driver.SetMessageWaiting(Alice, 1, 0);
        Assert.Equal(2, sip.SentOf("NOTIFY").Count());
    }

    [Fact]
    public async Task Phone_unsubscribes()
    {
        await using var sip = await DriverHarness.StartAsync();
        var tag = DriverHarness.TagOf(Subscribe(sip));
        Confirm(sip);

        var answer = Send(sip, Request("message-summary", tag, 3, 0));

        Assert.Equal("0", answer.Header("Expires"));
        Assert.Equal("terminated;reason=timeout", Confirm(sip).Header("Subscription-State"));
        sip.Driver.SetMessageWaiting(Alice, 1, 0);
        Assert.Equal(2, sip.SentOf("NOTIFY").Count());
    }

    [Fact]
    public async Task Phone_may_just_ask_once()
    {
        await using var sip = await DriverHarness.StartAsync();

        Assert.Equal("0", Subscribe(sip, expires: 0).Header("Expires"));

        Assert.Equal("terminated;reason=timeout", sip.Last.Header("Subscription-State"));
        Confirm(sip);
        sip.Driver.SetMessageWaiting(Alice, 1, 0);
        Assert.Single(sip.SentOf("NOTIFY"));
    }

    [Theory]
    [InlineData(481)]
    [InlineData(500)]
    public async Task Phone_that_refuses_a_notify_is_told_no_more(int status)
    {
        await using var sip = await DriverHarness.StartAsync();
        var tag = DriverHarness.TagOf(Subscribe(sip));
        sip.Respond(sip.Last, status);

        sip.Driver.SetMessageWaiting(Alice, 1, 0);

        Assert.Single(sip.SentOf("NOTIFY"));
        Assert.StartsWith("SIP/2.0 481 ", Send(sip, Request("message-summary", tag, 3, 600)).StartLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Phone_that_does_not_answer_a_notify_is_told_no_more()
    {
        await using var sip = await DriverHarness.StartAsync();
        Subscribe(sip);
        sip.Advance(33_000);
        var sent = sip.SentOf("NOTIFY").Count();

        sip.Driver.SetMessageWaiting(Alice, 1, 0);

        Assert.Equal(sent, sip.SentOf("NOTIFY").Count());
    }

    [Fact]
    public async Task Phone_that_is_busy_is_told_when_it_asked_to_be()
    {
        await using var sip = await DriverHarness.StartAsync();
        Subscribe(sip);
        sip.Respond(sip.Last, 503, extra: "Retry-After: 5 (soon)\n");

        sip.Advance(4_980);
        Assert.Single(sip.SentOf("NOTIFY"));
        sip.Advance(30);

        Assert.Equal(2, sip.SentOf("NOTIFY").Count());
    }

    [Theory]
    [InlineData("message-summary", 59u, "SIP/2.0 423 Interval Too Brief")]
    [InlineData("presence", 600u, "SIP/2.0 489 Bad Event")]
    [InlineData("message-summary-x", 600u, "SIP/2.0 489 Bad Event")]
    [InlineData("", 600u, "SIP/2.0 489 Bad Event")]
    [InlineData("Message-Summary;id=7", 600u, "SIP/2.0 200 OK")]
    [InlineData("message-summary", null, "SIP/2.0 200 OK")]
    [InlineData("message-summary", 999_999u, "SIP/2.0 200 OK")]
    public async Task Wish_is_granted_or_refused_with_what_is_possible(string package, uint? expires, string expected)
    {
        await using var sip = await DriverHarness.StartAsync();

        var answer = Subscribe(sip, package, expires);

        Assert.Equal(expected, answer.StartLine);
        if (answer.StartLine.Contains("423", StringComparison.Ordinal))
            Assert.Equal("60", answer.Header("Min-Expires"));
        else if (answer.StartLine.Contains("489", StringComparison.Ordinal))
            Assert.Equal("message-summary", answer.Header("Allow-Events"));
        else
            Assert.Equal(expires == 600 ? "600" : "3600", answer.Header("Expires"));
        if (answer.StartLine.Contains("200", StringComparison.Ordinal))
            Assert.Equal(package, sip.Last.Header("Event"));
        else
            Assert.Empty(sip.SentOf("NOTIFY"));
    }

    [Fact]
    public async Task Refresh_of_another_package_is_refused_and_changes_nothing()
    {
        await using var sip = await DriverHarness.StartAsync();
        var tag = DriverHarness.TagOf(Subscribe(sip));
        Confirm(sip);

        Assert.Equal("SIP/2.0 489 Bad Event", Send(sip, Request("presence", tag, 3, 0)).StartLine);
        Assert.Equal("SIP/2.0 423 Interval Too Brief", Send(sip, Request("message-summary", tag, 4, 5)).StartLine);
        Assert.StartsWith("SIP/2.0 500 ", Send(sip, Request("message-summary", tag, 4, 0)).StartLine, StringComparison.Ordinal);

        sip.Driver.SetMessageWaiting(Alice, 1, 0);
        Assert.Equal(2, sip.SentOf("NOTIFY").Count());
    }

    [Fact]
    public async Task Nobody_subscribes_to_a_mailbox_of_somebody_else()
    {
        await using var sip = await DriverHarness.StartAsync();

        Assert.Equal("SIP/2.0 403 Forbidden", Subscribe(sip, user: "bob", password: "hidden").StartLine);
        Assert.Equal("SIP/2.0 403 Forbidden", Subscribe(sip, password: "wrong", callId: "other").StartLine);
        Assert.Empty(sip.SentOf("NOTIFY"));
    }

    [Fact]
    public async Task Subscription_without_a_contact_is_refused()
    {
        await using var sip = await DriverHarness.StartAsync();

        Assert.Equal("SIP/2.0 400 Bad Request", Subscribe(sip, contact: "").StartLine);
    }

    [Fact]
    public async Task One_subscription_too_many_ends_the_oldest()
    {
        await using var sip = await DriverHarness.StartAsync(options => options.MaxSubscriptionsPerEndpoint = 2);
        for (var i = 0; i < 3; i++)
        {
            Subscribe(sip, callId: $"call-{i}");
            foreach (var unanswered in sip.SentOf("NOTIFY").Where(notify => notify.Header("Call-ID") == $"call-{i}").ToArray())
                sip.Respond(unanswered, 200);
        }

        var last = sip.SentOf("NOTIFY").Single(notify => notify.Header("Subscription-State") == "terminated;reason=rejected");
        Assert.Equal("call-0", last.Header("Call-ID"));
        sip.Respond(last, 200);
        sip.Driver.SetMessageWaiting(Alice, 1, 0);
        Assert.Equal(["call-1", "call-2"], sip.SentOf("NOTIFY").TakeLast(2).Select(notify => notify.Header("Call-ID")));
    }

    [Fact]
    public async Task Route_of_the_subscription_is_kept()
    {
        await using var sip = await DriverHarness.StartAsync();

        var accepted = Subscribe(sip, extra: "Record-Route: <sip:192.0.2.77;lr>\n");

        Assert.Equal("<sip:192.0.2.77;lr>", accepted.Header("Record-Route"));
        Assert.Equal("<sip:192.0.2.77;lr>", sip.Last.Header("Route"));
        Assert.Equal("192.0.2.77:5060", sip.Last.To.ToString());
    }

    [Theory]
    [InlineData("NOTIFY", "SIP/2.0 489 Bad Event")]
    [InlineData("BYE", "SIP/2.0 481 Call/Transaction Does Not Exist")]
    [InlineData("OPTIONS", "SIP/2.0 200 OK")]
    public async Task Other_requests_in_the_dialog_have_an_answer(string method, string expected)
    {
        await using var sip = await DriverHarness.StartAsync();
        var tag = DriverHarness.TagOf(Subscribe(sip));
        Confirm(sip);

        Assert.Equal(expected, Send(sip, Request("message-summary", tag, 3, 600, method: method)).StartLine);
    }

    [Fact]
    public async Task Phone_that_never_subscribed_is_told_only_where_the_host_wants_it()
    {
        await using var quiet = await DriverHarness.StartAsync();
        quiet.Register("<sip:alice@192.0.2.1:5070>");
        quiet.Driver.SetMessageWaiting(Alice, 1, 0);
        Assert.Empty(quiet.SentOf("NOTIFY"));

        await using var sip = await DriverHarness.StartAsync(options => options.UnsolicitedMessageWaiting = true);
        sip.Driver.SetMessageWaiting(Alice, 1, 0);
        Assert.Empty(sip.SentOf("NOTIFY"));
        sip.Register("<sip:alice@192.0.2.1:5070>");

        var notify = Assert.Single(sip.SentOf("NOTIFY"));
        Assert.Equal("192.0.2.1:5070", notify.To.ToString());
        Assert.Equal("terminated", notify.Header("Subscription-State"));
        Assert.Contains("Voice-Message: 1/0", notify.Text, StringComparison.Ordinal);
        sip.Driver.SetMessageWaiting(Alice, 0, 1);
        Assert.Equal(2, sip.SentOf("NOTIFY").Count());
    }

    [Fact]
    public async Task Counts_are_not_negative()
    {
        await using var sip = await DriverHarness.StartAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => sip.Driver.SetMessageWaiting(Alice, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => sip.Driver.SetMessageWaiting(Alice, 0, -1));
    }

    private FakeTransport.Sending Subscribe(
        DriverHarness sip, string package = "message-summary", uint? expires = 600, string user = "alice", string password = "secret",
        string contact = "<sip:alice@192.0.2.1:5060;line=1>", string extra = "", string callId = "sub")
    {
        var challenge = Send(sip, Request(package, "", 1, expires, contact, extra, callId));
        if (!challenge.StartLine.Contains("401", StringComparison.Ordinal))
            return challenge;
        var authorization = DriverHarness.Authorize(challenge, "SUBSCRIBE", user, password);
        return Send(sip, Request(package, "", 2, expires, contact, $"{extra}Authorization: {authorization}\n", callId));
    }

    // The answer to the request, which may be followed by a NOTIFY.
    private static FakeTransport.Sending Send(DriverHarness sip, string request)
    {
        var before = sip.Sent.Count;
        sip.Transport.Receive(request, Phone);
        return sip.Sent.Skip(before).First(sending => sending.StartLine.StartsWith("SIP/2.0", StringComparison.Ordinal));
    }

    private static FakeTransport.Sending Confirm(DriverHarness sip)
    {
        var notify = sip.SentOf("NOTIFY").Last();
        sip.Respond(notify, 200);
        return notify;
    }

    private string Request(
        string package, string tag, int cseq, uint? expires, string contact = "<sip:alice@192.0.2.1:5060;line=1>", string extra = "", string callId = "sub", string method = "SUBSCRIBE") =>
        $"{method} sip:alice@test SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKs{++_branch}\nMax-Forwards: 70\nFrom: <sip:alice@test>;tag=near\n"
        + $"To: <sip:alice@test>{(tag.Length > 0 ? ";tag=" + tag : "")}\nCall-ID: {callId}\nCSeq: {cseq} {method}\n"
        + $"{(contact.Length > 0 ? $"Contact: {contact}\n" : "")}{(package.Length > 0 ? $"Event: {package}\n" : "")}"
        + $"{(expires is { } seconds ? $"Expires: {seconds}\n" : "")}{extra}Content-Length: 0\n\n";
}

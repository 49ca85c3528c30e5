using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Sip.Messages;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>Places that are tried one after another, and how far a call may travel.</summary>
public sealed class StageTests
{
    [Fact]
    public async Task Next_stage_is_tried_when_all_of_the_one_before_have_refused()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(Stage(sip, "a", "b"), Stage(sip, "c"));
        Assert.Equal(["a", "b"], Rung(sip));

        sip.Respond(Invite(sip, "a"), 503);
        Assert.Equal(["a", "b"], Rung(sip));
        sip.Respond(Invite(sip, "b"), 404);
        Assert.Equal(["a", "b", "c"], Rung(sip));

        sip.Respond(Invite(sip, "c"), 200, body: DriverHarness.Sdp);
        Assert.IsType<DialOutcome.Answered>(await dialling);
        Assert.Equal(1, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Stage_decides_by_the_status_whether_the_next_is_tried()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(Stage(sip, "a") with { FailsOver = status => status >= 500 }, Stage(sip, "b"));

        sip.Respond(Invite(sip, "a"), 486);

        Assert.Equal(new DialOutcome.Busy(), await dialling);
        Assert.Equal(["a"], Rung(sip));
    }

    [Fact]
    public async Task Refusal_for_everywhere_ends_the_search()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(Stage(sip, "a"), Stage(sip, "b"));

        sip.Respond(Invite(sip, "a"), 603);

        Assert.Equal(new DialOutcome.Rejected(603), await dialling);
        Assert.Equal(["a"], Rung(sip));
    }

    [Fact]
    public async Task Place_that_says_nothing_is_left_after_its_patience_and_a_late_answer_there_is_ended()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(Stage(sip, "a") with { Patience = TimeSpan.FromSeconds(3) }, Stage(sip, "b"));

        sip.Advance(2980);
        Assert.Equal(["a"], Rung(sip));
        sip.Advance(40);
        Assert.Equal(["a", "b"], Rung(sip));

        sip.Respond(Invite(sip, "a"), 200, tag: "late", body: DriverHarness.Sdp);
        Assert.Equal("late", DriverHarness.TagOf(Assert.Single(sip.SentOf("BYE"))));
        sip.Respond(Invite(sip, "b"), 200, body: DriverHarness.Sdp);
        Assert.IsType<DialOutcome.Answered>(await dialling);
    }

    [Fact]
    public async Task Place_that_was_left_and_speaks_gives_the_next_no_more_time()
    {
        await using var sip = await DriverHarness.StartAsync();
        var patience = TimeSpan.FromSeconds(3);
        _ = sip.DialAsync(Stage(sip, "a") with { Patience = patience }, Stage(sip, "b") with { Patience = patience }, Stage(sip, "c"));
        sip.Advance(3020);

        sip.Respond(Invite(sip, "a"), 180);
        sip.Advance(3020);

        Assert.Equal(["a", "b", "c"], Rung(sip));
    }

    [Fact]
    public async Task Place_that_demands_encryption_is_offered_no_less_because_another_was_heard_before()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync(
            new DialStage([sip.Contact("a") with { Srtp = SrtpPolicy.Never }]),
            new DialStage([sip.Contact("b") with { Srtp = SrtpPolicy.Required, Codecs = [AudioCodecs.Default.Single(codec => codec.Name == "PCMU")] }]));
        sip.Respond(Invite(sip, "a"), 183, body: DriverHarness.Sdp);
        sip.Respond(Invite(sip, "a"), 503);

        Assert.Contains(" RTP/SAVP 0 101", Invite(sip, "b").Text, StringComparison.Ordinal);
        Assert.Contains("a=crypto:1 ", Invite(sip, "b").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_server_of_a_trunk_has_all_the_time_of_its_transaction()
    {
        await using var sip = await DriverHarness.StartAsync(
            options => options.Trunks.Add(new() { Name = "carrier", Host = "192.0.2.1", Addresses = { "192.0.2.1" }, HealthInterval = TimeSpan.Zero }));
        var dialling = sip.DialAsync(new DialTarget.ToNumber("49301234", []));

        sip.Advance(31_990);
        Assert.False(dialling.IsCompleted);
        sip.Advance(20);

        Assert.IsType<DialOutcome.Unreachable>(await dialling);
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Place_that_was_left_is_cancelled_once_it_speaks()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync(Stage(sip, "a") with { Patience = TimeSpan.FromSeconds(3) }, Stage(sip, "b"));
        sip.Advance(3020);

        sip.Respond(Invite(sip, "a"), 180);

        Assert.Equal(Invite(sip, "a").Header("Via"), Assert.Single(sip.SentOf("CANCEL")).Header("Via"));
        Assert.Empty(sip.Told);
    }

    [Fact]
    public async Task Place_that_says_anything_is_waited_for()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync(Stage(sip, "a") with { Patience = TimeSpan.FromSeconds(3) }, Stage(sip, "b"));

        sip.Respond(Invite(sip, "a"), 100);
        sip.Advance(60_000);

        Assert.Equal(["a"], Rung(sip));
    }

    [Fact]
    public async Task Last_place_has_all_the_time_of_its_transaction()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(Stage(sip, "a") with { Patience = TimeSpan.FromSeconds(3) });

        sip.Advance(31_990);
        Assert.False(dialling.IsCompleted);
        sip.Advance(20);

        Assert.IsType<DialOutcome.Unreachable>(await dialling);
    }

    [Fact]
    public async Task Places_that_cannot_be_sent_to_are_passed_over_at_once()
    {
        await using var sip = await DriverHarness.StartAsync();
        sip.Transport.Fails = true;

        Assert.IsType<DialOutcome.Unreachable>(await sip.DialAsync(Stage(sip, "a", "b"), Stage(sip, "c")));
        Assert.Equal(0, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Each_place_has_its_own_caller_headers_and_codecs()
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync(
            new DialStage([sip.Contact("a") with
            {
                From = "<sip:trunk@provider>",
                Headers = [(SipHeader.PAssertedIdentity, "<sip:200@provider>")],
                Codecs = [AudioCodecs.Default.Single(codec => codec.Name == "PCMU")],
            }]),
            Stage(sip, "b"));
        Assert.StartsWith("<sip:trunk@provider>;tag=", sip.Last.Header("From"), StringComparison.Ordinal);
        Assert.Equal("<sip:200@provider>", sip.Last.Header("P-Asserted-Identity"));
        Assert.Contains(" RTP/AVP 0 101", sip.Last.Text, StringComparison.Ordinal);

        sip.Respond(sip.Last, 503);

        Assert.StartsWith("<sip:200@192.0.2.99:5060>;tag=", Invite(sip, "b").Header("From"), StringComparison.Ordinal);
        Assert.DoesNotContain("P-Asserted-Identity", Invite(sip, "b").Text, StringComparison.Ordinal);
        Assert.Contains(" RTP/AVP 8 0 9 101", Invite(sip, "b").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcome_is_what_the_place_that_said_most_said()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync(Stage(sip, "a"), Stage(sip, "b"));

        sip.Respond(Invite(sip, "a"), 486);
        sip.Respond(Invite(sip, "b"), 503);

        Assert.Equal(new DialOutcome.Busy(), await dialling);
    }

    [Theory]
    [InlineData(70, 69)]
    [InlineData(1, 0)]
    public async Task Call_that_follows_from_another_may_travel_one_hop_less(int hops, int left)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Transport.Receive(sip.Request("INVITE", body: DriverHarness.Sdp).Replace("Max-Forwards: 70", $"Max-Forwards: {hops}", StringComparison.Ordinal));

        _ = sip.Driver.DialAsync(Following(sip.Call), default).AsTask();

        Assert.Equal($"{left}", sip.Last.Header("Max-Forwards"));
    }

    [Fact]
    public async Task Call_that_has_travelled_far_enough_goes_no_further()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Transport.Receive(sip.Request("INVITE", body: DriverHarness.Sdp).Replace("Max-Forwards: 70", "Max-Forwards: 0", StringComparison.Ordinal));

        Assert.Equal(new DialOutcome.Rejected(483), await sip.Driver.DialAsync(Following(sip.Call), default));

        Assert.Empty(sip.SentOf("INVITE"));
    }

    private static DialRequest Following(ICall call) =>
        new() { Id = new(Guid.Empty), Target = new DialTarget.ToAddress("sip:b@192.0.2.1"), Caller = new("200"), PreferFormatsOf = call };

    private static DialStage Stage(DriverHarness sip, params string[] users) => new([.. users.Select(user => sip.Contact(user))]);

    private static FakeTransport.Sending Invite(DriverHarness sip, string user) =>
        sip.SentOf("INVITE").First(invite => invite.StartLine.Contains($"sip:{user}@", StringComparison.Ordinal));

    private static IEnumerable<string> Rung(DriverHarness sip) => sip.SentOf("INVITE").Select(invite => invite.StartLine.Split(':', '@')[1]).Distinct();
}

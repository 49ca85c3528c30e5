using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>INVITE with Replaces (RFC 3891 §3).</summary>
public sealed class ReplacesTests
{
    [Fact]
    public async Task Call_in_place_of_another_is_told_to_the_host_which_ends_the_other_itself()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var (first, replaces) = await FirstAsync(sip);

        sip.Invite(extra: "Require: replaces\n" + replaces);

        Assert.Equal(first.Id, sip.Call.Replaces);
        Assert.NotEqual(first.Id, sip.Call.Id);
        Assert.Equal(CallState.Trying, sip.Call.State);
        Assert.Equal(CallState.Answered, first.State);
        await sip.Call.AnswerAsync(default);
        first.HangUp(HangUpCause.Normal);
        Assert.Equal("SIP/2.0 200 OK", sip.ResponsesTo("INVITE").Last().StartLine);
        Assert.Single(sip.SentOf("BYE"));
    }

    [Fact]
    public async Task Dialled_party_can_be_replaced_too()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var (call, invite) = await sip.ConnectOutboundAsync();
        var ours = invite.Header("From").Split(";tag=")[1];

        sip.Invite(extra: $"Replaces: {invite.Header("Call-ID")};from-tag=far;to-tag={ours}\n");

        Assert.Equal(call.Id, sip.Call.Replaces);
    }

    [Theory]
    [InlineData("Replaces: inbound-9;to-tag={tag};from-tag=near\n", 481)]
    [InlineData("Replaces: inbound;to-tag={tag};from-tag=far\n", 481)]
    [InlineData("Replaces: inbound;to-tag=near;from-tag={tag}\n", 481)]
    [InlineData("Replaces: inbound;to-tag=0;from-tag=near\n", 481)]
    [InlineData("Replaces: inbound;to-tag={tag};from-tag=near;early-only\n", 486)]
    [InlineData("Replaces: inbound\n", 400)]
    [InlineData("Replaces: inbound;to-tag={tag}\n", 400)]
    [InlineData("Replaces: ;to-tag={tag};from-tag=near\n", 400)]
    [InlineData("Replaces: inbound;to-tag={tag};from-tag=near\nReplaces: inbound;to-tag={tag};from-tag=near\n", 400)]
    public async Task Call_in_place_of_nothing_that_can_be_replaced_is_refused(string replaces, int status)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        var told = sip.Told.Count;

        sip.Invite(extra: replaces.Replace("{tag}", tag, StringComparison.Ordinal));

        Assert.StartsWith($"SIP/2.0 {status} ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Equal(told, sip.Told.Count);
        Assert.Equal(1, sip.Driver.LiveCalls);
    }

    [Fact]
    public async Task Call_in_place_of_one_that_has_just_ended_is_declined()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var (first, replaces) = await FirstAsync(sip);
        first.HangUp(HangUpCause.Normal);

        sip.Invite(extra: replaces);

        Assert.Equal("SIP/2.0 603 Decline", sip.Last.StartLine);
    }

    [Fact]
    public async Task Call_in_place_of_one_that_is_not_answered_is_refused()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.RingAsync(default);

        sip.Invite(extra: $"Replaces: inbound;to-tag={DriverHarness.TagOf(sip.Last)};from-tag=near\n");

        Assert.StartsWith("SIP/2.0 481 ", sip.Last.StartLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("REFER")]
    [InlineData("REGISTER")]
    public async Task Replaces_in_anything_but_an_invite_is_a_mistake(string method)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();

        Assert.StartsWith("SIP/2.0 400 ", sip.Ask(method, "Replaces: a;to-tag=b;from-tag=c\n").StartLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stranger_replaces_nobody()
    {
        await using var sip = await DriverHarness.StartAsync(options => options.AllowStrangers = true);
        var (_, replaces) = await FirstAsync(sip);

        sip.Invite(extra: replaces);

        Assert.Equal("SIP/2.0 403 Forbidden", sip.Last.StartLine);
    }

    private static async Task<(ICall First, string Replaces)> FirstAsync(DriverHarness sip)
    {
        var tag = await sip.ConnectAsync();
        return (sip.Call, $"Replaces: {sip.CallId};to-tag={tag};from-tag=near\n");
    }
}

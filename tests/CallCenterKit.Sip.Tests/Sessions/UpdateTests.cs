using System.Globalization;
using CallCenterKit.Sip.Tests.Transactions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>RFC 3311.</summary>
public sealed class UpdateTests
{
    [Fact]
    public async Task Offer_in_an_update_is_answered_at_once_and_a_hold_is_told()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        var answer = sip.Ask("UPDATE", toTag: tag, cseq: 2, body: DriverHarness.SdpAt(4100) + "a=sendonly\n");

        Assert.Equal("SIP/2.0 200 OK", answer.StartLine);
        Assert.Contains("a=recvonly", answer.Text, StringComparison.Ordinal);
        Assert.Equal("<sip:192.0.2.99:5060>", answer.Header("Contact"));
        Assert.Equal("HoldAsked", sip.Told[^1]);
        Assert.Equal(4100, DriverHarness.RemotePort(sip.Call));
    }

    [Fact]
    public async Task Update_without_offer_moves_the_target_only()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        var answer = sip.Ask("UPDATE", "Contact: <sip:carol@192.0.2.1:5070>\n", tag, 2);
        Assert.DoesNotContain("m=audio", answer.Text, StringComparison.Ordinal);

        sip.Call.HangUp(HangUpCause.Normal);
        Assert.Equal("BYE sip:carol@192.0.2.1:5070 SIP/2.0", sip.Last.StartLine);
    }

    [Theory]
    [InlineData("application/sdp", "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 4000 RTP/AVP 18\n", 488)]
    [InlineData("application/sdp", "nonsense", 400)]
    [InlineData("text/plain", "hello", 415)]
    public async Task Update_that_is_refused_changes_nothing(string type, string body, int status)
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();

        var answer = sip.Ask("UPDATE", "Contact: <sip:carol@192.0.2.1:5070>\n", tag, 2, body, type: type);

        Assert.StartsWith($"SIP/2.0 {status} ", answer.StartLine, StringComparison.Ordinal);
        Assert.Equal(4000, DriverHarness.RemotePort(sip.Call));
        sip.Call.HangUp(HangUpCause.Normal);
        Assert.Equal("BYE sip:carol@192.0.2.1:5060 SIP/2.0", sip.Last.StartLine);
    }

    [Fact]
    public async Task Offer_in_an_update_that_meets_an_offer_of_ours_gets_491()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var tag = await sip.ConnectAsync();
        _ = sip.Call.HoldAsync(true, default).AsTask();

        Assert.Equal("SIP/2.0 491 Request Pending", sip.Ask("UPDATE", toTag: tag, cseq: 2, body: DriverHarness.Sdp).StartLine);
        Assert.Equal("SIP/2.0 200 OK", sip.Ask("UPDATE", toTag: tag, cseq: 3).StartLine);
    }

    [Fact]
    public async Task Offer_in_an_update_before_the_ack_that_answers_ours_gets_491()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite("");
        await sip.Call.AnswerAsync(default);

        Assert.Equal("SIP/2.0 491 Request Pending", sip.Ask("UPDATE", toTag: DriverHarness.TagOf(sip.Last), cseq: 2, body: DriverHarness.Sdp).StartLine);
    }

    [Fact]
    public async Task Offer_in_an_update_before_the_first_is_answered_gets_500_and_when_to_try_again()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.RingAsync(default);
        var tag = DriverHarness.TagOf(sip.Last);

        var answer = sip.Ask("UPDATE", toTag: tag, cseq: 2, body: DriverHarness.Sdp);

        Assert.StartsWith("SIP/2.0 500 ", answer.StartLine, StringComparison.Ordinal);
        Assert.InRange(Seconds(answer), 0, 10);
        Assert.Equal("SIP/2.0 200 OK", sip.Ask("UPDATE", toTag: tag, cseq: 3).StartLine);
    }

    [Fact]
    public async Task Offer_in_an_update_is_taken_before_the_answer_once_the_first_is_known_to_be_answered()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite(extra: "Supported: 100rel\n");
        await sip.Call.StartEarlyAudioAsync(default);
        var tag = DriverHarness.TagOf(sip.Last);
        sip.Ask("PRACK", $"RAck: {sip.Last.Header("RSeq")} 1 INVITE\n", tag, 2);

        var answer = sip.Ask("UPDATE", toTag: tag, cseq: 3, body: DriverHarness.SdpAt(4100));

        Assert.Equal("SIP/2.0 200 OK", answer.StartLine);
        Assert.Contains("m=audio", answer.Text, StringComparison.Ordinal);
        Assert.Equal(4100, DriverHarness.RemotePort(sip.Call));
        await sip.Call.AnswerAsync(default);
        Assert.DoesNotContain("m=audio", sip.Last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Early_update_starts_no_session()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.RingAsync(default);

        sip.Ask("UPDATE", "Supported: timer\nSession-Expires: 90;refresher=uac\n", DriverHarness.TagOf(sip.Last), 2);
        sip.Advance(95_000);

        Assert.Equal(CallState.Ringing, sip.Call.State);
    }

    [Theory]
    [InlineData(false, "SIP/2.0 491 Request Pending")]
    [InlineData(true, "SIP/2.0 200 OK")]
    public async Task Dialled_party_may_offer_before_it_answers_once_our_offer_is_answered(bool isReliable, string expected)
    {
        await using var sip = await DriverHarness.StartAsync();
        _ = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 183, extra: isReliable ? "Require: 100rel\nRSeq: 1\n" : "", body: DriverHarness.Sdp);

        Assert.Equal(expected, sip.FarAsk(invite, "UPDATE", body: DriverHarness.SdpAt(4100)).StartLine);
        Assert.Equal("SIP/2.0 200 OK", sip.FarAsk(invite, "UPDATE", cseq: 2).StartLine);
    }

    private static int Seconds(FakeTransport.Sending response) => int.Parse(response.Header("Retry-After"), CultureInfo.InvariantCulture);
}

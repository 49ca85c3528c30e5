using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>Audio before the answer, in both directions (RFC 3261 §13.2.1, RFC 3960).</summary>
public sealed class EarlyAudioTests
{
    [Fact]
    public async Task Caller_hears_us_before_the_answer_and_the_answer_repeats_the_sdp()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();

        await sip.Call.StartEarlyAudioAsync(default);
        Assert.Equal("SIP/2.0 183 Session Progress", sip.Last.StartLine);
        Assert.Equal(CallState.Ringing, sip.Call.State);
        var early = sip.Last.Text[sip.Last.Text.IndexOf("v=0", StringComparison.Ordinal)..];
        sip.Call.Listen();

        await sip.Call.AnswerAsync(default);
        Assert.EndsWith(early, sip.Last.Text, StringComparison.Ordinal);
        Assert.Equal(DriverHarness.TagOf(sip.Sent[0]), DriverHarness.TagOf(sip.Last));
    }

    [Fact]
    public async Task Early_audio_is_started_once_and_changes_nothing_after_the_answer()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.StartEarlyAudioAsync(default);
        await sip.Call.StartEarlyAudioAsync(default);
        await sip.Call.RingAsync(default);
        Assert.Single(sip.Sent);

        await sip.Call.AnswerAsync(default);
        var sent = sip.Sent.Count;
        await sip.Call.StartEarlyAudioAsync(default);
        Assert.Equal(sent, sip.Sent.Count);
    }

    [Fact]
    public async Task Refused_call_with_early_audio_gives_its_port_back()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        sip.Invite();
        await sip.Call.StartEarlyAudioAsync(default);
        Assert.Equal(1, sip.PortsTaken);

        sip.Call.HangUp(HangUpCause.NoAnswer);

        Assert.StartsWith("SIP/2.0 480 ", sip.Last.StartLine, StringComparison.Ordinal);
        Assert.Equal(0, sip.PortsTaken);
        Assert.Throws<CallEndedException>(() => sip.Call.Listen());
        await Assert.ThrowsAsync<CallEndedException>(async () => await sip.Call.StartEarlyAudioAsync(default));
    }

    [Fact]
    public async Task Dialled_party_that_speaks_early_is_told_as_ringing_and_as_early_audio_once()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;

        sip.Respond(invite, 183, body: DriverHarness.Sdp);
        sip.Respond(invite, 183, body: DriverHarness.Sdp);
        Assert.Equal(["Ringing", "EarlyAudio"], sip.Told);

        sip.Respond(invite, 200, body: DriverHarness.Sdp);
        await dialling;
        Assert.Equal(["Ringing", "EarlyAudio", "Answered"], sip.Told);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\nm=audio 4000 RTP/AVP 18\n")]
    [InlineData("nonsense")]
    public async Task Progress_without_audio_we_can_hear_is_ringing_only_and_the_answer_still_counts(string body)
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;

        sip.Respond(invite, 183, body: body);
        Assert.Equal(["Ringing"], sip.Told);

        sip.Respond(invite, 200, body: DriverHarness.Sdp);
        Assert.IsType<DialOutcome.Answered>(await dialling);
    }

    [Fact]
    public async Task Of_several_parties_that_speak_early_the_last_is_heard_and_who_answers_counts()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 183, tag: "one", extra: "Require: 100rel\nRSeq: 1\n", body: DriverHarness.SdpAt(4100));
        sip.Respond(invite, 183, tag: "two", extra: "Require: 100rel\nRSeq: 1\n", body: DriverHarness.SdpAt(4200));

        sip.Respond(invite, 200, tag: "one");

        Assert.Equal(4100, DriverHarness.RemotePort(Assert.IsType<DialOutcome.Answered>(await dialling).Call));
    }

    [Fact]
    public async Task Party_that_answers_without_sdp_cannot_use_the_early_answer_of_another()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 183, tag: "one", extra: "Require: 100rel\nRSeq: 1\n", body: DriverHarness.SdpAt(4100));

        sip.Respond(invite, 200, tag: "two");

        Assert.Equal(new DialOutcome.Rejected(488), await dialling);
        Assert.EndsWith(";tag=two", Assert.Single(sip.SentOf("BYE")).Header("To"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Party_that_answers_after_another_changed_its_early_audio_is_heard()
    {
        await using var sip = await DriverHarness.StartAsync();
        var dialling = sip.DialAsync();
        var invite = sip.Last;
        sip.Respond(invite, 183, tag: "one", extra: "Require: 100rel\nRSeq: 1\n", body: DriverHarness.SdpAt(4100));
        sip.FarAsk(invite, "UPDATE", tag: "one", body: DriverHarness.SdpAt(4150));

        sip.Respond(invite, 200, tag: "two", body: DriverHarness.SdpAt(4200));

        Assert.Equal(4200, DriverHarness.RemotePort(Assert.IsType<DialOutcome.Answered>(await dialling).Call));
    }
}

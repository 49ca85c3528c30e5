using CallCenterKit.Configuration;
using CallCenterKit.Records;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Interop;

/// <summary>What a carrier's equipment may do, played by sipp from an address the center trusts.</summary>
[Collection(InteropCollection.Name)]
public class SippProtocolTests
{
    private static SippScript Call(string headers = "") =>
        new SippScript().Invite(headers).Expect(100, optional: true).Expect(180, optional: true).Expect(183, optional: true).Expect(200, records: true).Ack();

    [Fact]
    public Task A_trunk_calls_and_hangs_up() => PassesAsync(Call().Pause(300).HangUp());

    [Fact]
    public Task A_trunk_calls_over_tcp() => PassesAsync(Call().Pause(300).HangUp(), tcp: true);

    [Fact]
    public Task A_trunk_holds_and_resumes_by_reinvite() => PassesAsync(Call()
        .Request("INVITE", sdp: SippScript.Sdp + "\na=sendonly").Expect(100, optional: true).Expect(200, header: "a=recvonly").Ack()
        .Pause(300)
        .Request("INVITE", sdp: SippScript.Sdp).Expect(100, optional: true).Expect(200, header: "a=sendrecv").Ack()
        .Pause(300).HangUp());

    [Fact]
    public Task A_trunk_holds_the_old_way() => PassesAsync(Call()
        .Request("INVITE", sdp: SippScript.Sdp.Replace("[media_ip]", "0.0.0.0", StringComparison.Ordinal)).Expect(100, optional: true).Expect(200).Ack()
        .Pause(300).HangUp());

    [Fact]
    public Task A_trunk_cancels() => PassesAsync(
        new SippScript().Invite().Expect(100, optional: true).Expect(180).Cancel().Expect(200).Expect(487).AckRefusal(), PbxFixture.RingingQueue, agentRings: true);

    [Fact]
    public Task Goodbyes_that_cross_are_both_answered() => PassesAsync(
        new SippScript().Invite().Expect(100, optional: true).Expect(200, records: true).Ack()
            .ExpectAndKeep("BYE").Request("BYE").Expect(200).RespondToKept(200, "OK"), PbxFixture.Announcement);

    [Fact]
    public Task An_ack_that_comes_late_finds_the_call_alive() => PassesAsync(
        new SippScript().Invite().Expect(100, optional: true).Expect(200, records: true).Pause(1200).Ack().Pause(500).HangUp());

    [Fact]
    public async Task A_call_whose_ack_never_comes_is_given_up_after_64_T1()
    {
        await using var pbx = await StartAsync(options => options.Sip.Timers.T1 = TimeSpan.FromMilliseconds(50));

        var result = await RunAsync(pbx, new SippScript().Invite().Expect(100, optional: true).Expect(200, records: true).ExpectRequest("BYE").Respond(200, "OK"), PbxFixture.Menu);

        result.AssertPassed();
        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallEndedBy.Network, HangUpCause.NetworkLost), (record.EndedBy, record.Cause));
        Assert.Equal(0, pbx.Sip.LiveCalls);
    }

    [Fact]
    public Task A_trunk_that_wants_reliable_provisional_responses_gets_them() => PassesAsync(
        new SippScript().Invite("Require: 100rel").Expect(100, optional: true).Expect(180, header: "RSeq: ([0-9]+)", records: true)
            .Request("PRACK", "RAck: [$2] 1 INVITE").Expect(200).Cancel(1).Expect(200).Expect(487).AckRefusal(1), PbxFixture.RingingQueue, agentRings: true);

    [Fact]
    public Task A_trunk_asks_for_session_timers() => PassesAsync(
        new SippScript().Invite("Supported: timer\nSession-Expires: 90;refresher=uac").Expect(100, optional: true)
            .Expect(200, header: "Session-Expires: 90;refresher=uac", records: true).Ack()
            .Request("UPDATE", "Supported: timer\nSession-Expires: 90;refresher=uac").Expect(200, header: "Session-Expires: 90;refresher=uac")
            .Request("INVITE", "Supported: timer\nSession-Expires: 120;refresher=uas", SippScript.Sdp).Expect(100, optional: true)
            .Expect(200, header: "Session-Expires: 120;refresher=uas").Ack().HangUp());

    [Fact]
    public Task A_session_that_is_too_short_is_refused() => PassesAsync(
        new SippScript().Invite("Supported: timer\nSession-Expires: 60").Expect(100, optional: true).Expect(422, header: "Min-SE: 90").AckRefusal(), becomesCall: false);

    [Fact]
    public Task A_trunk_updates_the_session() => PassesAsync(Call()
        .Request("UPDATE").Expect(200)
        .Request("UPDATE", sdp: SippScript.Sdp + "\na=sendonly").Expect(200, header: "a=recvonly")
        .HangUp());

    [Fact]
    public Task A_trunk_leaves_the_offer_to_us() => PassesAsync(
        new SippScript().Invite(sdp: "").Expect(100, optional: true).Expect(180, optional: true).Expect(200, header: "m=audio ", records: true).Ack(SippScript.Sdp)
            .Request("INVITE").Expect(100, optional: true).Expect(200, header: "m=audio ").Ack(SippScript.Sdp)
            .Pause(300).HangUp());

    private static Task<PbxFixture> StartAsync(Action<CallCenterOptions>? configure = null) => PbxFixture.StartAsync(options =>
    {
        options.Sip.TrustedPeers.Add(new() { Name = "lab", Address = Sipp.TrustedAddress });
        configure?.Invoke(options);
    });

    private static Task<SippResult> RunAsync(PbxFixture pbx, SippScript script, string extension, bool tcp = false) => Sipp.RunAsync(new()
    {
        Script = script.ToString(),
        Target = tcp ? pbx.TcpAddress : pbx.Address,
        User = "4930123456",
        Extension = extension,
        Local = Sipp.TrustedAddress,
        Tcp = tcp,
    });

    private static async Task PassesAsync(SippScript script, string extension = PbxFixture.Menu, bool tcp = false, bool agentRings = false, bool becomesCall = true)
    {
        await using var pbx = await StartAsync();
        await using var agent = agentRings ? await pbx.StartPhoneAsync("200", toneHz: 1033) : null;

        (await RunAsync(pbx, script, extension, tcp)).AssertPassed();

        if (becomesCall)
            Assert.NotEqual(CallRecordEnding.Interrupted, (await pbx.SingleRecordAsync()).Ending);
        Assert.Equal(0, pbx.Sip.LiveCalls);
        Assert.Equal("", pbx.Log);
    }
}

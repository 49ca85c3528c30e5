using CallCenterKit.Conversations;
using CallCenterKit.Records;
using CallCenterKit.Routing;

namespace CallCenterKit.Tests.Interop;

/// <summary>REFER and Replaces, played by sipp as a phone of ours and as somebody outside.</summary>
[Collection(InteropCollection.Name)]
public class SippTransferTests
{
    private const int AliceHz = 1033;
    private const int BobHz = 1627;

    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task A_phone_that_refers_is_told_how_it_went_and_released()
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var alice = await pbx.StartPhoneAsync("200", AliceHz, autoAnswer: true);
        await using var bob = await pbx.StartPhoneAsync("201", BobHz, autoAnswer: true);

        var result = await pbx.RunSippAsync(
            new SippScript().InviteAsPhone().Expect(100, optional: true).Expect(180, optional: true).Expect(200, records: true).Ack().Pause(300)
                .Request("REFER", "Refer-To: <sip:200@[remote_ip]:[remote_port]>").Expect(202)
                .ExpectNews("SIP/2.0 200").ExpectRequest("BYE").Respond(200, "OK"),
            "100", "201");
        await Task.WhenAll(bob.WaitEstablishedAsync(), alice.WaitEstablishedAsync());
        await Task.Delay(Talk, TimeProvider.System);
        await bob.HangUpAsync();
        await alice.WaitClosedAsync();

        result.AssertPassed();
        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.Completed, "endpoint:100", new AgentId("alice")), (record.Ending, record.Origin, record.Agent!.Value));
        var transfer = Assert.Single(record.Transfers);
        Assert.Equal((TransferKind.Blind, "extension:200", TransferEnd.Completed), (transfer.Kind, transfer.To, transfer.End!.Value));
        await AssertHeardAsync(alice, BobHz, AliceHz);
        await AssertHeardAsync(bob, AliceHz, BobHz);
        Assert.Equal("", pbx.Log);
    }

    [Fact]
    public async Task Somebody_outside_passes_nobody_on()
    {
        await using var pbx = await PbxFixture.StartAsync(options => options.Sip.TrustedPeers.Add(new() { Name = "lab", Address = Sipp.TrustedAddress }));
        await using var bob = await pbx.StartPhoneAsync("201", BobHz, autoAnswer: true);

        var result = await Sipp.RunAsync(new()
        {
            Script = new SippScript().Invite().Expect(100, optional: true).Expect(180, optional: true).Expect(200, records: true).Ack()
                .Request("REFER", "Refer-To: <sip:100@[remote_ip]:[remote_port]>").Expect(202)
                .ExpectNews("SIP/2.0 603").Pause(500).HangUp().ToString(),
            Target = pbx.Address,
            User = "4930123456",
            Extension = "201",
            Local = Sipp.TrustedAddress,
        });

        result.AssertPassed();
        await bob.WaitClosedAsync();
        Assert.Empty((await pbx.SingleRecordAsync()).Transfers);
    }

    [Fact]
    public async Task A_phone_that_names_a_call_of_a_colleague_takes_its_place()
    {
        await using var pbx = await PbxFixture.StartAsync();
        pbx.Sip.StartTrace(new() { Endpoint = new("201") });
        await using var caller = await pbx.StartPhoneAsync("100", AliceHz);
        await using var bob = await pbx.StartPhoneAsync("201", BobHz, autoAnswer: true);
        await caller.DialAsync(pbx.UriOf("201"));
        await Task.WhenAll(caller.WaitEstablishedAsync(), bob.WaitEstablishedAsync());
        await Task.Delay(Talk, TimeProvider.System);
        var replaces = TracedDialog.ReplacesFirst(pbx.Sip.ReadTrace());

        var result = await pbx.RunSippAsync(
            new SippScript().InviteAsPhone($"Require: replaces\nReplaces: {replaces}").Expect(100, optional: true).Expect(200, records: true).Ack()
                .Pause((int)Talk.TotalMilliseconds).HangUp(),
            "200", "201");
        await Task.WhenAll(caller.WaitClosedAsync(), bob.WaitClosedAsync());

        result.AssertPassed();
        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.Completed, new AgentId("alice")), (record.Ending, record.Agent!.Value));
        Assert.Equal([new("bob"), new("alice")], record.Legs.Select(leg => leg.Agent!.Value));
        Assert.All(record.Legs, leg => Near.AssertNear(Talk, leg.Talk, TimeSpan.FromSeconds(0.6)));
        Assert.Equal("", pbx.Log);
    }

    [Fact]
    public async Task Nobody_outside_takes_the_place_of_a_phone()
    {
        await using var pbx = await PbxFixture.StartAsync(options => options.Sip.TrustedPeers.Add(new() { Name = "lab", Address = Sipp.TrustedAddress }));
        pbx.Sip.StartTrace(new() { Endpoint = new("201") });
        await using var caller = await pbx.StartPhoneAsync("100", AliceHz);
        await using var bob = await pbx.StartPhoneAsync("201", BobHz, autoAnswer: true);
        await caller.DialAsync(pbx.UriOf("201"));
        await Task.WhenAll(caller.WaitEstablishedAsync(), bob.WaitEstablishedAsync());
        var replaces = TracedDialog.ReplacesFirst(pbx.Sip.ReadTrace());

        var result = await Sipp.RunAsync(new()
        {
            Script = new SippScript().Invite($"Replaces: {replaces}").Expect(100, optional: true).Expect(403).AckRefusal().ToString(),
            Target = pbx.Address,
            User = "4930123456",
            Extension = "201",
            Local = Sipp.TrustedAddress,
        });
        await caller.HangUpAsync();
        await bob.WaitClosedAsync();

        result.AssertPassed();
        Assert.Equal(new AgentId("bob"), (await pbx.SingleRecordAsync()).Agent);
    }

    private static async Task AssertHeardAsync(BaresipPhone phone, int otherHz, int ownHz)
    {
        var parts = await phone.StopAndListenAsync();
        Tones.AssertHolds(parts[^1], 0, otherHz, ownHz, Talk - TimeSpan.FromSeconds(0.4));
    }
}

using System.Net;
using CallCenterKit.Configuration;
using CallCenterKit.Records;
using CallCenterKit.Routing;
using CallCenterKit.Sip;
using CallCenterKit.Sip.Transport;
using CallCenterKit.Voice;

namespace CallCenterKit.Tests.Interop;

/// <summary>A carrier's proxy (Kamailio), phones outside behind it, and the whole house.</summary>
[Collection(InteropCollection.Name)]
public class CarrierTests
{
    private const string Ours = "4930555";
    private const string Theirs = "4930777";
    private const int OutsideHz = 437;
    private const int AgentHz = 1033;

    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_call_from_outside_comes_where_the_center_has_registered_and_reaches_the_number_it_dialled()
    {
        await using var carrier = await KamailioProxy.StartAsync();
        await using var pbx = await PbxFixture.StartAsync(options =>
        {
            options.Sip.Trunks.Add(Registered(carrier));
            options.DialPlan[Ours] = "queue:support";
        });
        await pbx.WaitForLogAsync("Trunk carrier is Up");
        await using var outside = await StartOutsideAsync();
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz, autoAnswer: true);

        await outside.DialAsync($"sip:{Ours}@{carrier.Address}");
        await Task.WhenAll(outside.WaitEstablishedAsync(), agent.WaitEstablishedAsync());
        await Task.Delay(Moment, TimeProvider.System);
        await outside.HoldAsync();
        await Task.Delay(Moment, TimeProvider.System);
        await outside.ResumeAsync();
        await Task.Delay(Talk, TimeProvider.System);
        await outside.HangUpAsync();
        await Task.WhenAll(outside.WaitClosedAsync(), agent.WaitClosedAsync());

        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallDirection.Inbound, "trunk:carrier", Theirs, Ours), (record.Direction, record.Origin, record.Number, record.Dialled));
        Assert.Equal((CallRecordEnding.Completed, CallEndedBy.Party, new AgentId("alice")), (record.Ending, record.EndedBy, record.Agent));
        Near.AssertNear(Moment, record.Hold, TimeSpan.FromSeconds(0.5));
        Near.AssertNear(Moment + Talk, record.Talk, TimeSpan.FromSeconds(0.6));
        Tones.AssertHolds((await outside.StopAndListenAsync())[0], 0, AgentHz, OutsideHz, Moment * 0.5);
        await AssertHeardAsync(agent, OutsideHz, AgentHz);
        Assert.Equal("", pbx.Log);
    }

    [Fact]
    public async Task An_agent_dials_a_number_outside_and_talks_with_whoever_answers()
    {
        await using var outside = await StartOutsideAsync();
        await using var carrier = await KamailioProxy.StartAsync(outside.Address);
        await using var pbx = await PbxFixture.StartAsync(options =>
        {
            options.Sip.Trunks.Add(Registered(carrier));
            LeadOutside(options, "carrier");
        });
        pbx.Sip.StartTrace(new() { Address = carrier.Address.Address });
        await pbx.WaitForLogAsync("Trunk carrier is Up");
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);

        await agent.DialAsync(pbx.UriOf($"0{Theirs}"));
        var incoming = await outside.WaitIncomingAsync();
        await agent.WaitRingingAsync();
        await outside.AcceptAsync();
        await Task.WhenAll(outside.WaitEstablishedAsync(), agent.WaitEstablishedAsync());
        await Task.Delay(Talk, TimeProvider.System);
        await agent.HangUpAsync();
        await Task.WhenAll(outside.WaitClosedAsync(), agent.WaitClosedAsync());

        Assert.Contains($"sip:{Ours}@", incoming.PeerUri, StringComparison.Ordinal);
        Assert.Contains(pbx.Sip.ReadTrace(), entry => entry.Text.StartsWith("SIP/2.0 407 ", StringComparison.Ordinal));
        AssertCalledOut(await pbx.SingleRecordAsync(), Theirs);
        await AssertHeardAsync(outside, AgentHz, OutsideHz);
        await AssertHeardAsync(agent, OutsideHz, AgentHz);
        Assert.Equal("", pbx.Log);
    }

    [Fact]
    public async Task A_carrier_that_is_out_of_service_gives_way_to_the_next_before_the_caller_notices()
    {
        await using var carrier = await KamailioProxy.StartAsync();
        await using var backup = await SippRun.StartAsync(AtCarrier(new SippScript().ExpectCall()
            .AnswerCall(180, "Ringing").AnswerCall(200, "OK", SippScript.Sdp).ExpectRequest("ACK").ExpectRequest("BYE").Respond(200, "OK")));
        await using var pbx = await PbxFixture.StartAsync(options =>
        {
            options.Sip.Trunks.Add(Registered(carrier));
            options.Sip.Trunks.Add(new() { Name = "backup", Host = backup.Address.ToString(), HealthInterval = TimeSpan.Zero });
            LeadOutside(options, "carrier", "backup");
        });
        pbx.Sip.StartTrace(new() { Address = carrier.Address.Address });
        await pbx.WaitForLogAsync("Trunk carrier is Up");
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);

        await agent.DialAsync(pbx.UriOf($"0{KamailioProxy.BrokenNumber}"));
        await agent.WaitRingingAsync();
        await agent.WaitEstablishedAsync();
        await Task.Delay(Talk, TimeProvider.System);
        await agent.HangUpAsync();

        (await backup.EndAsync()).AssertPassed();
        Assert.Contains(pbx.Sip.ReadTrace(), entry => entry.Text.StartsWith("SIP/2.0 503 ", StringComparison.Ordinal));
        AssertCalledOut(await pbx.SingleRecordAsync(), KamailioProxy.BrokenNumber);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_that_belongs_to_a_call_goes_by_the_proxy_that_has_recorded_its_route(bool agentHangsUp)
    {
        const string ByProxy = "Via: SIP/2.0/UDP 127\\.0\\.0\\.3:";
        var script = new SippScript().ExpectCall()
            .AnswerCall(180, "Ringing", recordsRoute: true).AnswerCall(200, "OK", SippScript.Sdp, recordsRoute: true)
            .ExpectRequest("ACK", header: ByProxy);
        script = agentHangsUp ? script.ExpectRequest("BYE", header: ByProxy).Respond(200, "OK") : script.Pause((int)Talk.TotalMilliseconds).HangUpCall();
        await using var proxy = await KamailioProxy.StartAsync();
        await using var carrier = await SippRun.StartAsync(AtCarrier(script));
        await using var pbx = await PbxFixture.StartAsync(options =>
        {
            options.Sip.Trunks.Add(new()
            {
                Name = "carrier",
                Host = carrier.Address.ToString(),
                OutboundProxy = proxy.Address.ToString(),
                User = KamailioProxy.User,
                Password = KamailioProxy.Password,
            });
            LeadOutside(options, "carrier");
        });
        pbx.Sip.StartTrace(new() { Address = carrier.Address.Address });
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);

        await agent.DialAsync(pbx.UriOf($"0{Theirs}"));
        await agent.WaitEstablishedAsync();
        if (agentHangsUp)
        {
            await Task.Delay(Talk, TimeProvider.System);
            await agent.HangUpAsync();
        }

        await agent.WaitClosedAsync();
        (await carrier.EndAsync()).AssertPassed();
        var record = await pbx.SingleRecordAsync();
        AssertCalledOut(record, Theirs);
        Assert.Equal(agentHangsUp ? CallEndedBy.Center : CallEndedBy.Party, record.EndedBy);
        Assert.Empty(pbx.Sip.ReadTrace());
        Assert.Equal("", pbx.Log);
    }

    [Fact]
    public async Task What_a_carrier_lets_be_heard_before_the_answer_is_heard_by_the_agent()
    {
        var script = new SippScript().ExpectCall()
            .AnswerCall(183, "Session Progress", SippScript.Sdp).Play().Pause(2500).AnswerCall(486, "Busy Here").ExpectRequest("ACK");
        await using var carrier = await SippRun.StartAsync(AtCarrier(script) with { ToneHz = OutsideHz });
        await using var pbx = await PbxFixture.StartAsync(options =>
        {
            options.Sip.Trunks.Add(new() { Name = "carrier", Host = carrier.Address.ToString(), HealthInterval = TimeSpan.Zero });
            LeadOutside(options, "carrier");
        });
        await using var agent = await pbx.StartPhoneAsync("200", AgentHz);

        await agent.DialAsync(pbx.UriOf($"0{Theirs}"));
        await agent.WaitProgressAsync();
        var end = await agent.WaitClosedAsync();

        Assert.StartsWith("486", end.Param, StringComparison.Ordinal);
        (await carrier.EndAsync()).AssertPassed();
        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.NotReached, HangUpCause.Busy), (record.Ending, record.Cause));
        await AssertHeardAsync(agent, OutsideHz, AgentHz);
    }

    [Fact]
    public async Task A_carrier_that_goes_away_is_down_and_up_again_when_it_is_back()
    {
        var carrier = await KamailioProxy.StartAsync();
        await using var pbx = await PbxFixture.StartAsync(options => options.Sip.Trunks.Add(Registered(carrier, trunk =>
        {
            trunk.Transport = SipTransportProtocol.Tcp;
            trunk.RetryInterval = TimeSpan.FromSeconds(1);
            trunk.MaxRetryInterval = TimeSpan.FromSeconds(1);
        })));
        await pbx.WaitForLogAsync("Trunk carrier is Up");

        await carrier.DisposeAsync();
        await pbx.WaitForLogAsync("Trunk carrier is Down");
        await using var back = await KamailioProxy.StartAsync(port: carrier.Address.Port);

        await pbx.WaitForLogAsync("Trunk carrier is Up", times: 2);
    }

    private static Task<BaresipPhone> StartOutsideAsync() => BaresipPhone.StartAsync(new() { User = Theirs, Address = KamailioProxy.Outside, ToneHz = OutsideHz });

    private static SippOptions AtCarrier(SippScript script) => new() { Script = script.ToString(), Local = KamailioProxy.Outside.ToString() };

    private static SipTrunkOptions Registered(KamailioProxy carrier, Action<SipTrunkOptions>? configure = null)
    {
        var trunk = new SipTrunkOptions
        {
            Name = "carrier",
            Host = carrier.Address.ToString(),
            User = KamailioProxy.User,
            Password = KamailioProxy.Password,
            Register = true,
        };
        configure?.Invoke(trunk);
        return trunk;
    }

    private static void LeadOutside(CallCenterOptions options, params string[] trunks)
    {
        options.DialPlan["0*"] = "outside:city";
        options.OutsideRules["city"] = new() { Strip = 1, CallerId = Ours };
        foreach (var trunk in trunks)
            options.OutsideRules["city"].Trunks.Add(trunk);
    }

    private static void AssertCalledOut(CallRecord record, string number)
    {
        Assert.Equal(
            (CallDirection.Outbound, "endpoint:200", "outside:city", number, Ours),
            (record.Direction, record.Origin, record.Flow, record.Number, record.Dialled));
        Assert.Equal((CallRecordEnding.Completed, new AgentId("alice")), (record.Ending, record.Agent));
        Near.AssertNear(Talk, record.Talk, TimeSpan.FromSeconds(0.6));
    }

    /// <summary>What was heard at the end, for as long as they talked there.</summary>
    private static async Task AssertHeardAsync(BaresipPhone phone, int otherHz, int ownHz)
    {
        var heard = (await phone.StopAndListenAsync())[^1];
        var from = heard.Length - (Talk * 0.9);
        var end = new WavSamples(heard.SampleRateHz, [heard.Between(0, from > TimeSpan.Zero ? from : TimeSpan.Zero, heard.Length).ToArray()]);
        Tones.AssertHolds(end, 0, otherHz, ownHz, Talk * 0.75);
    }
}

using CallCenterKit.Media.Srtp;
using CallCenterKit.Records;
using CallCenterKit.Sip.Transport;

namespace CallCenterKit.Tests.Interop;

/// <summary>Real softphones over UDP, TCP and TLS, that encrypt what they say and that do not.</summary>
[Collection(InteropCollection.Name)]
public class EncryptedCallTests
{
    private const int CallerHz = 437;
    private const int CalleeHz = 1033;

    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("srtp")]
    [InlineData("srtp-mand")]
    public async Task A_phone_that_encrypts_and_one_that_does_not_hear_each_other(string encryption)
    {
        await using var pbx = await PbxFixture.StartAsync();
        await using var caller = await PbxFixture.StartPhoneAsync(pbx.Phone("100", CallerHz) with { MediaEncryption = encryption });
        await using var callee = await pbx.StartPhoneAsync("201", CalleeHz, autoAnswer: true);

        await caller.DialAsync(pbx.UriOf("201"));
        await Task.WhenAll(caller.WaitEstablishedAsync(), callee.WaitEstablishedAsync());
        await TalkHoldAndTalkAsync(caller);
        await caller.HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), callee.WaitClosedAsync());

        await AssertHeardAsync(caller, callee);
    }

    [Theory]
    [InlineData("tcp", "")]
    [InlineData("tls", "srtp")]
    [InlineData("tls", "srtp-mand")]
    public async Task Caller_and_agent_hear_each_other_over_connections(string transport, string encryption)
    {
        await using var pbx = await PbxFixture.StartAsync(options => options.Extensions["200"].Srtp = encryption == "" ? null : SrtpPolicy.Required, tls: true);
        pbx.Sip.StartTrace(new());
        await using var caller = await PbxFixture.StartPhoneAsync(pbx.Phone("100", CallerHz, transport) with { MediaEncryption = encryption });
        await using var agent = await PbxFixture.StartPhoneAsync(pbx.Phone("200", CalleeHz, transport) with { MediaEncryption = encryption, AutoAnswer = true });

        await caller.DialAsync(pbx.UriOf(PbxFixture.Queue, transport));
        await Task.WhenAll(caller.WaitEstablishedAsync(), agent.WaitEstablishedAsync());
        await TalkHoldAndTalkAsync(caller);
        await caller.HangUpAsync();
        await Task.WhenAll(caller.WaitClosedAsync(), agent.WaitClosedAsync());

        var record = await pbx.SingleRecordAsync();
        Assert.Equal((CallRecordEnding.Completed, "endpoint:100", new AgentId("alice")), (record.Ending, record.Origin, record.Agent));
        await AssertHeardAsync(caller, agent);
        AssertOneConnectionEach(pbx, transport == "tls" ? SipTransportProtocol.Tls : SipTransportProtocol.Tcp, encryption != "");
        Assert.Equal("", pbx.Log);
    }

    private static async Task TalkHoldAndTalkAsync(BaresipPhone caller)
    {
        await Task.Delay(Talk, TimeProvider.System);
        await caller.HoldAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        await caller.ResumeAsync();
        await Task.Delay(Talk, TimeProvider.System);
    }

    private static async Task AssertHeardAsync(BaresipPhone caller, BaresipPhone callee)
    {
        var least = Talk - TimeSpan.FromSeconds(0.5);
        Tones.AssertHolds((await caller.StopAndListenAsync())[^1], 0, CalleeHz, CallerHz, least);
        var wholeCall = Assert.Single(await callee.StopAndListenAsync());
        Assert.True(Tones.Measure(wholeCall, 0, CallerHz).Length > 2 * least);
    }

    /// <summary>What we send to a phone goes over the connection by which it has registered.</summary>
    private static void AssertOneConnectionEach(PbxFixture pbx, SipTransportProtocol protocol, bool isEncrypted)
    {
        var trace = pbx.Sip.ReadTrace();
        Assert.All(trace, entry => Assert.Equal(protocol, entry.Protocol));
        var registered = trace.Where(entry => entry.IsReceived && entry.Text.StartsWith("REGISTER ", StringComparison.Ordinal)).Select(entry => entry.Remote);
        Assert.Equal(2, registered.Distinct().Count());
        Assert.Equal(registered.ToHashSet(), trace.Select(entry => entry.Remote).ToHashSet());
        Assert.Equal(isEncrypted, trace.Single(entry => !entry.IsReceived && entry.Text.StartsWith("INVITE ", StringComparison.Ordinal)).Text.Contains(" RTP/SAVP ", StringComparison.Ordinal));
    }
}

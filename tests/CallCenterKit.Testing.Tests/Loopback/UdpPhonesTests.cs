using System.Net;

namespace CallCenterKit.Testing.Loopback;

public sealed class UdpPhonesTests
{
    [Fact]
    public async Task Two_phones_talk_over_real_udp()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        await using var alice = Phone("alice", PhoneVoice.Tone(440));
        await using var bob = Phone("bob", PhoneVoice.Tone(1000));
        var calling = alice.CallAsync(bob.Contact, limit.Token);
        var called = await bob.NextCallAsync(limit.Token);
        called.Ring();
        Assert.True(await called.AnswerAsync());
        var caller = Assert.IsType<ScriptedCallOutcome.Answered>(await calling).Call;

        await Task.WhenAll(
            caller.Heard.WaitForToneAsync(1000, cancellationToken: limit.Token),
            called.Heard.WaitForToneAsync(440, cancellationToken: limit.Token));
        await caller.SendDigitsAsync("5");
        Assert.Equal(200, await caller.HoldAsync());
        Assert.Equal(200, await caller.ResumeAsync());

        Assert.Equal(ScriptedCallEnd.HungUpHere, await called.HangUpAsync());
        Assert.Equal(ScriptedCallEnd.HungUpThere, await caller.Ended);
        Assert.Equal("5", called.Heard.Digits);
    }

    [Fact]
    public async Task A_port_in_use_is_refused()
    {
        await using var alice = Phone("alice", PhoneVoice.Silence);

        Assert.Throws<System.Net.Sockets.SocketException>(() => new ScriptedPhone(
            alice.Options with { Local = alice.LocalEndPoint }, UdpNetwork.Instance, TimeProvider.System));
    }

    private static ScriptedPhone Phone(string user, PhoneVoice voice) => new(
        new() { User = user, Local = new IPEndPoint(IPAddress.Loopback, 0), Voice = voice }, UdpNetwork.Instance, TimeProvider.System);
}

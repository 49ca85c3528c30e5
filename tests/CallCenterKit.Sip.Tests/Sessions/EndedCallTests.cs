using System.Runtime.CompilerServices;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Sessions;

public sealed class EndedCallTests
{
    [Fact]
    public async Task A_call_that_has_ended_is_not_kept_by_its_transactions_that_linger()
    {
        await using var sip = await DriverHarness.StartTrustedAsync();
        var received = await ReceiveAndHangUpAsync(sip);
        var dialled = await DialAndHangUpAsync(sip);
        await DialAndHangUpAsync(sip); // the harness keeps the last call it was told of, either way
        sip.Invite();
        sip.Advance(6_000); // the BYE is repeated for 5 s at most (RFC 3261 §17.1.2.2, timer K)
        sip.RunMedia();

        GC.Collect();

        Assert.True(sip.Transactions.ServerCount > 1);
        Assert.NotEqual(0, sip.Transactions.ClientCount);
        Assert.False(dialled.IsAlive);
        Assert.False(received.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> DialAndHangUpAsync(DriverHarness sip)
    {
        var (call, _) = await sip.ConnectOutboundAsync();
        call.HangUp(HangUpCause.Normal);
        sip.Respond(sip.Last, 200);
        return new(((SipCall)call).Leg);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ReceiveAndHangUpAsync(DriverHarness sip)
    {
        await sip.ConnectAsync();
        var leg = new WeakReference(((SipCall)sip.Call).Leg);
        sip.Call.HangUp(HangUpCause.Normal);
        sip.Respond(sip.Last, 200);
        return leg;
    }
}

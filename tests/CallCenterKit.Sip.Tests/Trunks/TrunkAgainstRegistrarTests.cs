using System.Text;
using CallCenterKit.Sip.Tests.Sessions;
using CallCenterKit.Sip.Trunks;

namespace CallCenterKit.Sip.Tests.Trunks;

/// <summary>Our own registrar as the carrier: what one side writes, the other has to understand.</summary>
public sealed class TrunkAgainstRegistrarTests
{
    [Fact]
    public async Task Trunk_registers_renews_and_leaves()
    {
        await using var carrier = await DriverHarness.StartAsync();
        using var sip = new TrunkHarness(TrunkHarness.Registering(configure: trunk =>
        {
            trunk.User = "alice";
            trunk.Expires = TimeSpan.FromSeconds(30); // Under the carrier's minimum.
        })).Started();

        Exchange(sip, carrier);
        Assert.Equal("SIP/2.0 200 OK", carrier.Last.StartLine);
        Assert.Equal((SipTrunkState.Up, true), (sip.Trunk.Status.State, carrier.Driver.IsReachable(new("alice"))));

        for (var i = 0; i < 20; i++)
        {
            // Both clocks: the nonce gets too old on the way.
            sip.Advance(52);
            Exchange(sip, carrier);
            carrier.Advance(52_000);
        }
        Assert.Equal(["alice reachable"], carrier.Told);
        Assert.Equal(21, sip.Trunk.Counters.Registrations);

        var stopping = sip.Trunks.StopAsync();
        Exchange(sip, carrier);
        await stopping;
        Assert.Equal(["alice reachable", "alice lost"], carrier.Told);
    }

    [Fact]
    public async Task Trunk_with_a_wrong_password_is_refused()
    {
        await using var carrier = await DriverHarness.StartAsync();
        using var sip = new TrunkHarness(TrunkHarness.Registering(configure: trunk =>
        {
            trunk.User = "alice";
            trunk.Password = "wrong";
        })).Started();

        Exchange(sip, carrier);

        Assert.Equal(SipTrunkState.Refused, sip.Trunk.Status.State);
        Assert.Empty(carrier.Told);
    }

    // Carries what the trunk has sent to the registrar and its answer back, until the trunk says nothing new.
    private static void Exchange(TrunkHarness sip, DriverHarness carrier)
    {
        var request = sip.Last;
        while (true)
        {
            carrier.Transport.Receive(Encoding.UTF8.GetBytes(request.Text));
            sip.Transport.Receive(Encoding.UTF8.GetBytes(carrier.Last.Text), request.To);
            if (sip.Last == request)
                return;
            request = sip.Last;
        }
    }
}

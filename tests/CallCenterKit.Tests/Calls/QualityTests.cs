using CallCenterKit.Conversations;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using CallCenterKit.Voice;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenterKit.Tests.Calls;

/// <summary>What a driver says of the sound of a leg is in the journal of its interaction.</summary>
public sealed class QualityTests
{
    [Fact]
    public async Task A_leg_that_sounds_poor_is_in_the_journal_with_figures_and_without_personal_values()
    {
        var driver = new FakeTelephony();
        await using var center = await TestCenter.StartAsync(cc =>
        {
            cc.Services.AddSingleton<ITelephony>(driver);
            cc.Configure(options => options.DialPlan["0*"] = "outside");
        });
        var caller = driver.Incoming("101", "030123");
        await center.AdvanceAsync(1);
        driver.Answer();
        await center.AdvanceAsync(1);

        caller.Signal(new CallSignal.QualityChanged(new(true, 2.5, 0.2, TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(300))));
        driver.Dialled.Signal(new CallSignal.QualityChanged(new(false, 4.2, 0, TimeSpan.Zero, TimeSpan.Zero)));
        await center.AdvanceAsync(1);

        var events = center.Memory.Journal.Entries.Select(entry => entry.Event).ToList();
        var poor = Assert.Single(events.OfType<LegQualityPoor>());
        Assert.Equal((caller.Id, 2.5, 0.2), (poor.Leg, poor.Mos, poor.Loss));
        Assert.Equal(driver.Dialled.Id, Assert.Single(events.OfType<LegQualityGood>()).Leg);
    }

    [Fact]
    public async Task A_network_that_loses_a_quarter_of_what_a_phone_says_is_noticed_once_and_so_is_that_it_has_recovered()
    {
        await using var world = await OutgoingWorld.StartAsync();
        await world.OutsideAsync(new() { Talk = TimeSpan.FromSeconds(60), Voice = PhoneVoice.Tone(Sounds.Customer) });
        var phone = await world.PhoneAsync(voice: PhoneVoice.Tone(Sounds.Alice));
        var packets = 0;
        world.Center.World.Network.DropWhen = (from, to, bytes) =>
            IsRtp(bytes.Span) && to.Address.Equals(World.CenterAddress.Address) && from.Address.Equals(phone.LocalEndPoint.Address) && ++packets % 4 == 0;
        phone.Dial("030123");
        await world.Center.AdvanceAsync(30);
        Assert.Equal(0.25, Assert.Single(EventsOf(world).OfType<LegQualityPoor>()).Loss, 0.05);
        Assert.Empty(EventsOf(world).OfType<LegQualityGood>());

        world.Center.World.Network.DropWhen = null;
        await world.Center.AdvanceAsync(15);

        var poor = Assert.Single(EventsOf(world).OfType<LegQualityPoor>());
        Assert.Equal(poor.Leg, Assert.Single(EventsOf(world).OfType<LegQualityGood>()).Leg);
    }

    private static IEnumerable<CallCenterKit.Journal.CenterEvent> EventsOf(OutgoingWorld world) =>
        world.Center.Memory.Journal.Entries.Select(entry => entry.Event);

    // Version 2 and no RTCP (RFC 5761 §4); SIP is text.
    private static bool IsRtp(ReadOnlySpan<byte> bytes) => bytes.Length > 12 && bytes[0] >> 6 == 2 && bytes[1] is < 192 or > 223;
}

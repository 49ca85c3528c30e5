using CallCenterKit.Conversations;
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
}

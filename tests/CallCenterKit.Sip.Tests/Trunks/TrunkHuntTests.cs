using CallCenterKit.Sip.Trunks;
using CallCenterKit.Voice;

namespace CallCenterKit.Sip.Tests.Trunks;

public sealed class TrunkHuntTests
{
    private static TrunkHarness Sip() => new TrunkHarness(
        TrunkHarness.Plain("first", "192.0.2.1", trunk =>
        {
            trunk.Gateways.Add("192.0.2.2");
            trunk.MaxCalls = 1;
        }),
        TrunkHarness.Plain("second", "192.0.2.3", trunk => trunk.Priority = 1)).Started();

    private static TrunkHunt Hunt(TrunkHarness sip, bool isEmergency = false, params string[] trunks) => new(sip.Trunks, new("110", trunks), new("200"), isEmergency);

    /// <summary>Where INVITEs go when each is answered like this; null is silence.</summary>
    private static async Task<string[]> RunAsync(TrunkHunt hunt, params int?[] answers)
    {
        List<string> tried = [];
        foreach (var answer in answers)
        {
            if (await hunt.NextAsync(default) is not { } next)
                break;
            tried.Add(next.Hop.Hop.EndPoint.Address.ToString());
            if (!hunt.GoesOn(answer))
                break;
        }
        return [.. tried];
    }

    [Fact]
    public async Task Dead_servers_give_way_to_the_next_and_the_last_to_the_next_trunk()
    {
        using var sip = Sip();
        var hunt = Hunt(sip);

        Assert.Equal(["192.0.2.1", "192.0.2.2", "192.0.2.3"], await RunAsync(hunt, null, 503, 408, null));
        Assert.Null(await hunt.NextAsync(default));
        Assert.Equal(
            "Udp 192.0.2.1:5060 of trunk 'first' did not answer. Trunk 'first' answered 503. Trunk 'second' answered 408.", hunt.Why);
        Assert.Equal((0, 0), (sip.Trunks.Find("first")!.Calls, sip.Trunks.Find("second")!.Calls));
        Assert.Equal(2, sip.Trunks.Find("first")!.Counters.Failovers);
    }

    [Fact]
    public async Task Trunk_that_fails_as_a_whole_is_left_at_once()
    {
        using var sip = Sip();

        Assert.Equal(["192.0.2.1", "192.0.2.3"], await RunAsync(Hunt(sip), 500, 486));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(486)]
    [InlineData(603)]
    public async Task Answer_of_the_called_party_ends_the_hunt(int status)
    {
        using var sip = Sip();
        var hunt = Hunt(sip);

        Assert.Equal(["192.0.2.1"], await RunAsync(hunt, status, null));
        Assert.Equal(1, sip.Trunks.Find("first")!.Calls);
        hunt.End();
        Assert.Equal(0, sip.Trunks.Find("first")!.Calls);
    }

    [Fact]
    public async Task Answered_call_keeps_its_place()
    {
        using var sip = Sip();
        var hunt = Hunt(sip);
        await RunAsync(hunt, 503);
        await hunt.NextAsync(default);

        Assert.Equal(1, sip.Trunks.Find("first")!.Calls);
        Assert.Equal(["192.0.2.3"], await RunAsync(Hunt(sip), 486)); // The first is full.
        Assert.Equal("192.0.2.2", (await Hunt(sip, true, "first").NextAsync(default))!.Hop.Hop.EndPoint.Address.ToString());
        hunt.Slot!.End();
        Assert.Equal(1, sip.Trunks.Find("first")!.Calls);
    }

    [Fact]
    public async Task Trunk_that_cannot_be_found_is_passed_over_with_a_reason()
    {
        using var sip = new TrunkHarness(TrunkHarness.Plain("lost", "nowhere.example"), TrunkHarness.Plain("found", "192.0.2.3", trunk => trunk.Priority = 1)).Started();
        var hunt = Hunt(sip);

        Assert.Equal(["192.0.2.3"], await RunAsync(hunt, 486));
        Assert.Equal("Trunk 'lost': 'nowhere.example' has no address.", hunt.Why);
        Assert.Equal(0, sip.Trunks.Find("lost")!.Calls);
    }

    [Fact]
    public async Task Nothing_to_try_says_why()
    {
        using var none = new TrunkHarness().Started();
        var hunt = Hunt(none);

        Assert.Null(await hunt.NextAsync(default));
        Assert.Equal("There is no trunk.", hunt.Why);
        Assert.False(hunt.GoesOn(503));
    }
}

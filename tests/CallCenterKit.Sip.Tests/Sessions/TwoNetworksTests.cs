using System.Net;
using CallCenterKit.Sip.Sessions;
using CallCenterKit.Voice;
using static CallCenterKit.Sip.Tests.Sessions.TextWorld.TextPeer;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>Phones on one network and a trunk on another: each side is reached by its own address of ours, and told it everywhere.</summary>
public sealed class TwoNetworksTests
{
    private const string Inside = "10.0.0.1:5060", Outside = "192.0.2.99:5060", Public = "203.0.113.9";

    [Fact]
    public async Task Trunk_is_called_from_the_address_on_its_side_and_told_the_public_one()
    {
        await using var world = await StartAsync();
        var trunk = world.Open("198.51.100.7:5060", Outside);
        var dialling = DialAsync(world, new DialTarget.ToNumber("49301234", []));
        await world.SettleAsync();

        AssertTold(trunk, "INVITE", Outside, Public);
        await trunk.RespondAsync(trunk.Last, 200, hasSdp: true);
        var call = Assert.IsType<DialOutcome.Answered>(await dialling).Call;
        AssertTold(trunk, "ACK", Outside, Public, hasSdp: false);

        var holding = call.HoldAsync(true, default).AsTask();
        await world.SettleAsync();
        AssertTold(trunk, "INVITE", Outside, Public);
        await trunk.RespondAsync(trunk.Last, 200, hasSdp: true);
        await holding;
    }

    [Fact]
    public async Task Phone_is_called_from_the_address_on_its_side()
    {
        await using var world = await StartAsync();
        var phone = world.Open("10.0.0.5:5060", Inside);
        _ = DialAsync(world, new DialTarget.ToEndpoint(new("alice")));
        await world.SettleAsync();

        AssertTold(phone, "INVITE", Inside, "10.0.0.1");
    }

    [Fact]
    public async Task Address_outside_is_called_from_the_address_on_its_side()
    {
        await using var world = await StartAsync();
        var peer = world.Open("198.51.100.8:5060", Outside);
        _ = DialAsync(world, new DialTarget.ToAddress("sip:bob@198.51.100.8"));
        await world.SettleAsync();

        AssertTold(peer, "INVITE", Outside, Public);
    }

    [Fact]
    public async Task Call_from_the_trunk_is_answered_and_ended_on_its_side()
    {
        await using var world = await StartAsync();
        var trunk = world.Open("198.51.100.7:5060", Outside);
        await trunk.RequestAsync("INVITE", "in", hasSdp: true);
        var answering = world.LastIncoming.AnswerAsync(default).AsTask();
        await world.SettleAsync();
        await answering;

        var answer = trunk.First("SIP/2.0 200");
        Assert.Equal($"<sip:{Public}:5060>", Header(answer, "Contact"));
        Assert.Equal(Public, AudioAddress(answer));
        await trunk.RequestAsync("ACK", "in", Header(answer, "To").Split(";tag=")[1]);
        world.LastIncoming.HangUp(HangUpCause.Normal);
        await world.SettleAsync();
        AssertTold(trunk, "BYE", Outside, Public, hasSdp: false);
    }

    [Fact]
    public async Task Two_phones_rung_at_once_are_each_told_where_audio_reaches_us_from_there()
    {
        await using var world = await StartAsync();
        var inside = world.Open("10.0.0.6:5060", Inside);
        var outside = world.Open("198.51.100.9:5060", Outside);
        var dialling = world.DialAsync(new DialStage([world.Contact("10.0.0.6:5060"), world.Contact("198.51.100.9:5060")]));
        await world.SettleAsync();

        AssertTold(inside, "INVITE", Inside, "10.0.0.1");
        AssertTold(outside, "INVITE", Outside, Public);
        await inside.RespondAsync(inside.Last, 200, hasSdp: true);
        var call = Assert.IsType<DialOutcome.Answered>(await dialling).Call;
        _ = call.HoldAsync(true, default).AsTask();
        await world.SettleAsync();
        AssertTold(inside, "INVITE", Inside, "10.0.0.1");
    }

    [Fact]
    public async Task Next_place_on_another_network_is_told_its_own_address()
    {
        await using var world = await StartAsync();
        var inside = world.Open("10.0.0.6:5060", Inside);
        var outside = world.Open("198.51.100.9:5060", Outside);
        _ = world.DialAsync(new([world.Contact("198.51.100.9:5060")]), new([world.Contact("10.0.0.6:5060")]));
        await world.SettleAsync();
        await outside.RespondAsync(outside.Last, 503);

        AssertTold(inside, "INVITE", Inside, "10.0.0.1");
    }

    private static Task<TextWorld> StartAsync() => TextWorld.StartAsync(options =>
    {
        options.Listen.Add(Inside);
        options.Listen.Add(Outside);
        options.Networks.Add(new() { Network = "198.51.100.0/24", AdvertisedAddress = Public, ListenAddress = "192.0.2.99" });
        options.Accounts.Add(new() { Endpoint = "alice", Password = "secret", Contact = "sip:alice@10.0.0.5:5060" });
        options.Trunks.Add(new() { Name = "carrier", Host = "198.51.100.7", HealthInterval = TimeSpan.Zero });
    });

    private static Task<DialOutcome> DialAsync(TextWorld world, DialTarget target) =>
        world.Driver.DialAsync(new() { Id = new(Guid.Empty), Target = target, Caller = new("200") }, default).AsTask();

    private static void AssertTold(TextWorld.TextPeer peer, string method, string from, string address, bool hasSdp = true)
    {
        var (text, source) = peer.Received.Last(message => message.Text.StartsWith(method + " ", StringComparison.Ordinal));
        Assert.Equal(IPEndPoint.Parse(from), source);
        Assert.StartsWith($"SIP/2.0/UDP {address}:5060;", Header(text, "Via"), StringComparison.Ordinal);
        if (!hasSdp)
            return;
        Assert.Equal($"<sip:{address}:5060>", Header(text, "Contact"));
        Assert.Equal(address, AudioAddress(text));
        Assert.Contains($" IN IP4 {address}\r\n", text.Split("\r\n\r\n")[1].Split("s=")[0], StringComparison.Ordinal);
    }
}

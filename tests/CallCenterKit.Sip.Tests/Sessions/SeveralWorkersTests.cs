using System.Text;
using CallCenterKit.Voice;
using static CallCenterKit.Sip.Tests.Sessions.TextWorld.TextPeer;

namespace CallCenterKit.Sip.Tests.Sessions;

/// <summary>Calls that concern each other may live on different workers.</summary>
public sealed class SeveralWorkersTests
{
    private static readonly string[] CallIds = [.. Enumerable.Range(0, 12).Select(i => $"other-{i}")];

    [Fact]
    public async Task Call_takes_the_place_of_one_on_any_worker()
    {
        var (world, peer) = await StartAsync();
        await using var _ = world;
        var tag = await peer.ConnectAsync("first");
        var first = world.LastIncoming;

        foreach (var callId in CallIds)
        {
            await peer.RequestAsync("INVITE", callId, extra: $"Replaces: first;to-tag={tag};from-tag=near\n", hasSdp: true);

            Assert.Equal(first.Id, world.LastIncoming.Replaces);
            Assert.NotEqual(first.Id, world.LastIncoming.Id);
        }
        await peer.RequestAsync("INVITE", "wrong", extra: "Replaces: none;to-tag=0;from-tag=near\n", hasSdp: true);
        Assert.StartsWith("SIP/2.0 481 ", peer.Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transfer_joins_calls_of_any_two_workers()
    {
        var (world, peer) = await StartAsync();
        await using var _ = world;
        var tag = await peer.ConnectAsync("first");
        var first = world.LastIncoming;
        var cseq = 1;
        foreach (var callId in CallIds)
        {
            var other = await peer.ConnectAsync(callId);
            var otherCall = world.LastIncoming;

            await peer.RequestAsync("REFER", "first", tag, ++cseq, $"Refer-To: <sip:200@test?Replaces={callId}%3Bto-tag%3D{other}%3Bfrom-tag%3Dnear>\n");

            Assert.Equal((first, new CallSignal.TransferAsked("200", otherCall.Id)), world.Told.Last());
            first.ReportTransfer(TransferProgress.Rejected);
            await world.SettleAsync();
            foreach (var notify in peer.Received.Where(message => message.Text.StartsWith("NOTIFY ", StringComparison.Ordinal)).ToList())
                await peer.RespondAsync(notify.Text, 200);
            peer.Received.Clear();
        }
    }

    [Fact]
    public async Task Requests_within_a_call_find_it_on_its_worker()
    {
        var (world, peer) = await StartAsync();
        await using var _ = world;
        foreach (var callId in CallIds)
        {
            await peer.RequestAsync("INVITE", callId, extra: "Require: 100rel\n", hasSdp: true);
            var ringing = world.LastIncoming.RingAsync(default).AsTask();
            await world.SettleAsync();
            await ringing;
            var progress = peer.First("SIP/2.0 180");
            await peer.RequestAsync("PRACK", callId, Header(progress, "To").Split(";tag=")[1], 2, $"RAck: {Header(progress, "RSeq")} 1 INVITE\n");
            Assert.StartsWith("SIP/2.0 200 ", peer.Last, StringComparison.Ordinal);
            peer.Received.Clear();
        }
        foreach (var callId in CallIds)
        {
            await peer.RequestAsync("INVITE", callId + "c", hasSdp: true);
            await peer.CancelAsync(callId + "c");
            Assert.Contains(peer.Received, message => message.Text.StartsWith("SIP/2.0 487 ", StringComparison.Ordinal));
            peer.Received.Clear();
        }
        Assert.Equal(CallIds.Length, world.Driver.LiveCalls);
    }

    private static async Task<(TextWorld World, TextWorld.TextPeer Peer)> StartAsync()
    {
        var world = await TextWorld.StartAsync(options =>
        {
            options.Workers = 4;
            options.Listen.Add("192.0.2.99:5060");
            options.TrustedPeers.Add(new() { Name = "lab", Address = "192.0.2.1" });
        });
        Assert.InRange(CallIds.Append("first").Select(callId => world.Driver.Stack!.WorkerFor(Encoding.ASCII.GetBytes(callId)).Index).Distinct().Count(), 2, 4);
        return (world, world.Open("192.0.2.1:5060", "192.0.2.99:5060"));
    }
}

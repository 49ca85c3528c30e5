using System.Net;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Engine;

public sealed class QualityTests : IDisposable
{
    private readonly SteppedMedia _media = new();
    private readonly Party _party;

    public QualityTests() => _party = _media.Connect();

    public void Dispose() => _media.Dispose();

    [Fact]
    public void Before_anything_comes_nothing_is_estimated()
    {
        _media.Step(100);

        Assert.Null(_party.Leg.Statistics.EstimatedMos);
    }

    [Fact]
    public void A_clean_leg_has_the_best_score_and_nobody_is_told()
    {
        Talk(20);

        Assert.InRange(_party.Leg.Statistics.EstimatedMos!.Value, 4.35, 4.45);
        Assert.Empty(_party.Sink.Qualities);
    }

    [Fact]
    public void A_leg_that_loses_much_is_poor_after_10_s_and_good_again_when_it_has_recovered()
    {
        Talk(9, lossEvery: 4);
        Assert.Empty(_party.Sink.Qualities);

        Talk(3, lossEvery: 4);
        var poor = Assert.Single(_party.Sink.Qualities);
        Assert.True(poor.IsPoor);
        Assert.InRange(poor.Mos, 1, 3.1);
        Assert.Equal(0.25, poor.Loss, 0.02);

        Talk(30, lossEvery: 4);
        Assert.Single(_party.Sink.Qualities);                 // told once

        Talk(12);
        Assert.Equal([true, false], _party.Sink.Qualities.Select(quality => quality.IsPoor));
    }

    [Fact]
    public void A_little_better_than_poor_is_not_good_yet()
    {
        Talk(12, lossEvery: 5);
        Assert.Single(_party.Sink.Qualities);

        Talk(20, lossEvery: 8);                               // 3.1 to 3.4
        Assert.InRange(_party.Leg.Statistics.EstimatedMos!.Value, 3.1, 3.4);
        Assert.Single(_party.Sink.Qualities);
    }

    [Fact]
    public void The_threshold_is_an_option()
    {
        using var media = new SteppedMedia(options => options.PoorMos = 1);
        var party = media.Connect();
        media.Step(50 * 20, i => Say(party, i, lossEvery: 2));

        Assert.InRange(party.Leg.Statistics.EstimatedMos!.Value, 1, 2);
        Assert.Empty(party.Sink.Qualities);
    }

    [Fact]
    public void What_the_far_end_loses_of_ours_counts_too_while_it_tells()
    {
        Talk(6);
        var ssrc = _party.Sent.First().Header.Ssrc;
        var datagram = new byte[100];
        var writer = new RtcpWriter(datagram);
        writer.TryWriteReceiverReport(_party.Ssrc, [new RtcpReportBlock(ssrc, 77, 5, 100, 3, 0, 0)]);
        _party.Rtcp.Arrive(datagram[..writer.Length], new IPEndPoint(_party.Remote.Address, _party.Remote.Port + 1).Serialize());
        Talk(6);
        Assert.Equal(0.3, Assert.Single(_party.Sink.Qualities).Loss, 0.01);

        Talk(20);
        Assert.Equal([true, false], _party.Sink.Qualities.Select(quality => quality.IsPoor));
    }

    [Fact]
    public void Where_audio_is_decoded_what_was_concealed_counts_and_not_what_came_too_late_to_be_lost()
    {
        var bridge = _media.Engine.CreateBridge();
        var other = _media.Connect(AudioCodecs.Pcmu);
        bridge.Add(_party.Leg, new BridgeRole.Member());
        bridge.Add(other.Leg, new BridgeRole.Member());
        // Every fifth packet never comes; besides it nothing is missing.
        Talk(20, lossEvery: 5);

        Assert.Equal(0.2, Assert.Single(_party.Sink.Qualities).Loss, 0.02);
        // Packets that come a second late are not lost to the network, but nobody hears them.
        var late = _media.Connect();
        bridge.Add(late.Leg, new BridgeRole.Member());
        var held = new Queue<(RtpHeader Header, byte[] Payload)>();
        _media.Step(50 * 15, i =>
        {
            if (i % 4 != 3)
                late.Say(400);
            else
                held.Enqueue((new RtpHeader(8, false, late.Sequence++, late.Timestamp, late.Ssrc), new byte[160]));
            if (i % 4 == 3)
                late.Timestamp += 160;
            if (held.Count > 4)
                late.Arrive(held.Peek().Header, held.Dequeue().Payload);
        });

        Assert.InRange(late.Leg.Statistics.PacketsLost, 0, 5);
        Assert.Equal(0.25, Assert.Single(late.Sink.Qualities).Loss, 0.03);
    }

    [Fact]
    public void A_silent_leg_is_neither_poor_nor_good()
    {
        Talk(12, lossEvery: 4);
        _media.Step(50 * 30);

        Assert.Null(_party.Leg.Statistics.EstimatedMos);
        Assert.Single(_party.Sink.Qualities);
    }

    private void Talk(int seconds, int lossEvery = 0) => _media.Step(50 * seconds, i => Say(_party, i, lossEvery));

    private static void Say(Party party, int i, int lossEvery)
    {
        if (lossEvery > 0 && i % lossEvery == lossEvery / 2)
            party.SayLost();
        else
            party.Say(440);
    }
}

using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Tests.Engine;

public sealed class RtpSenderTests
{
    private const long FrameTicks = 20 * TimeSpan.TicksPerMillisecond;
    private static readonly TimeSpan Frame = TimeSpan.FromTicks(FrameTicks);

    private readonly RtpSender _sender = new(new RtpSenderStart(7, 65534, uint.MaxValue - 100), 8000, now: 0);

    [Fact]
    public void Frames_follow_each_other_across_the_wrap()
    {
        var headers = Enumerable.Range(0, 4).Select(i => _sender.Frame(8, i * FrameTicks, Frame)).ToList();

        Assert.Equal([65534, 65535, 0, 1], headers.Select(header => (int)header.SequenceNumber));
        Assert.All(headers.Zip(headers.Skip(1)), pair => Assert.Equal(160u, pair.Second.Timestamp - pair.First.Timestamp));
        Assert.Equal([true, false, false, false], headers.Select(header => header.Marker));
        Assert.All(headers, header => Assert.Equal(7u, header.Ssrc));
    }

    [Fact]
    public void A_pause_shows_in_the_timestamp_and_not_in_the_sequence()
    {
        var before = _sender.Frame(8, 0, Frame);
        var after = _sender.Frame(8, 50 * FrameTicks, Frame);

        Assert.Equal(1, RtpArithmetic.SequenceDistance(before.SequenceNumber, after.SequenceNumber));
        Assert.Equal(8000u, after.Timestamp - before.Timestamp);
        Assert.True(after.Marker);
    }

    [Fact]
    public void A_relayed_stream_goes_on_from_what_was_sent_before()
    {
        var before = _sender.Frame(8, 0, Frame);

        Assert.True(_sender.TryRelay(0, new RtpHeader(8, false, 500, 90_000, 55), FrameTicks, out var relayed));

        Assert.Equal(7u, relayed.Ssrc);
        Assert.Equal(0, relayed.PayloadType);
        Assert.True(relayed.Marker);
        Assert.Equal(1, RtpArithmetic.SequenceDistance(before.SequenceNumber, relayed.SequenceNumber));
        Assert.Equal(160u, relayed.Timestamp - before.Timestamp);
    }

    [Fact]
    public void Losses_and_order_of_a_relayed_stream_stay_visible()
    {
        var first = Relay(500, 90_000);
        var skipped = Relay(503, 90_480);
        var late = Relay(502, 90_320);

        Assert.Equal(3, RtpArithmetic.SequenceDistance(first.SequenceNumber, skipped.SequenceNumber));
        Assert.Equal(2, RtpArithmetic.SequenceDistance(first.SequenceNumber, late.SequenceNumber));
        Assert.Equal(320u, late.Timestamp - first.Timestamp);
    }

    [Fact]
    public void A_packet_from_before_the_switch_is_dropped_because_its_number_is_taken()
    {
        _sender.Frame(8, 0, Frame);
        Relay(500, 90_000);

        Assert.False(_sender.TryRelay(8, new RtpHeader(8, false, 499, 89_840, 55), FrameTicks, out _));
    }

    [Fact]
    public void A_long_relay_goes_on_when_its_numbers_have_wrapped_twice()
    {
        var last = Relay(0, 0);
        for (var i = 1; i < 140_000; i++)
        {
            Assert.True(_sender.TryRelay(8, new RtpHeader(8, false, (ushort)i, (uint)(i * 160), 55), i * FrameTicks, out var next));
            Assert.Equal(1, RtpArithmetic.SequenceDistance(last.SequenceNumber, next.SequenceNumber));
            Assert.Equal(160u, next.Timestamp - last.Timestamp);
            last = next;
        }
    }

    [Fact]
    public void A_peer_that_was_interrupted_shortly_keeps_its_time_base()
    {
        var first = Relay(500, 90_000);
        var own = _sender.Frame(8, 2 * FrameTicks, Frame);
        Assert.True(_sender.TryRelay(8, new RtpHeader(8, false, 504, 90_640, 55), 4 * FrameTicks, out var again));

        Assert.Equal(640u, again.Timestamp - first.Timestamp);
        Assert.Equal(1, RtpArithmetic.SequenceDistance(own.SequenceNumber, again.SequenceNumber));
    }

    [Fact]
    public void Another_peer_follows_without_a_hole_in_the_sequence()
    {
        var first = Relay(500, 90_000);
        Assert.True(_sender.TryRelay(8, new RtpHeader(8, false, 9000, 1, 66), 2 * FrameTicks, out var second));

        Assert.Equal(1, RtpArithmetic.SequenceDistance(first.SequenceNumber, second.SequenceNumber));
        Assert.True(RtpArithmetic.TimestampDistance(first.Timestamp, second.Timestamp) > 0);
    }

    private RtpHeader Relay(ushort sequence, uint timestamp)
    {
        Assert.True(_sender.TryRelay(8, new RtpHeader(8, false, sequence, timestamp, 55), FrameTicks, out var header));
        return header;
    }
}

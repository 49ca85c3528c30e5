using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Tests.Rtp;

public sealed class RtpReceiverStatisticsTests
{
    private readonly RtpReceiverStatistics _statistics = new(8000);

    private void Receive(int packet, int lateMilliseconds = 0, uint ssrc = 1, int sequenceOffset = 65000) => _statistics.Receive(
        new RtpHeader(8, false, (ushort)(packet + sequenceOffset), (uint)(packet * 160), ssrc),
        TimeSpan.FromMilliseconds((packet * 20) + lateMilliseconds));

    private RtcpReportBlock Report()
    {
        Assert.True(_statistics.TryReport(TimeSpan.FromMinutes(1), out var block));
        return block;
    }

    [Fact]
    public void Nothing_is_reported_before_the_first_packet() => Assert.False(_statistics.TryReport(TimeSpan.Zero, out _));

    [Fact]
    public void An_even_stream_has_no_loss_and_no_jitter_across_the_wrap()
    {
        for (var i = 0; i < 1000; i++)
            Receive(i);

        Assert.Equal((1000L, 1000L, 0L), (_statistics.Received, _statistics.Expected, _statistics.Lost));
        Assert.Equal(TimeSpan.Zero, _statistics.Jitter);
        Assert.Equal(new RtcpReportBlock(1, 0, 0, 65000 + 999, 0, 0, 0), Report());
    }

    [Fact]
    public void Lost_packets_are_reported_for_the_interval_and_in_total()
    {
        for (var i = 0; i <= 100; i++)
        {
            if (i % 4 != 1)
                Receive(i);
        }

        var first = Report();
        Assert.Equal((25, 25 * 256 / 101), (first.CumulativeLost, first.FractionLost));

        for (var i = 101; i <= 200; i++)
            Receive(i);
        var second = Report();
        Assert.Equal((25, 0), (second.CumulativeLost, second.FractionLost));
    }

    [Fact]
    public void Late_packets_are_not_lost_and_doubled_ones_count_below_zero()
    {
        foreach (var i in (int[])[0, 2, 1, 3, 3, 3])
            Receive(i);
        Assert.Equal(-2, Report().CumulativeLost);
    }

    [Fact]
    public void Jitter_follows_the_formula_of_the_rfc()
    {
        var jitter = 0.0;
        for (var i = 0; i < 400; i++)
        {
            var late = i % 2 == 0 ? 0 : 10;
            Receive(i, late);
            jitter += i == 0 ? 0 : (80 - jitter) / 16;        // 10 ms are 80 ticks
        }

        Assert.Equal(jitter, (double)Report().Jitter, 1.0);
        Assert.Equal(10, _statistics.Jitter.TotalMilliseconds, 0.2);
    }

    [Fact]
    public void Packets_under_one_timestamp_do_not_make_jitter()
    {
        for (var i = 0; i < 50; i++)
            _statistics.Receive(new RtpHeader(101, i == 0, (ushort)i, 0, 1), TimeSpan.FromMilliseconds(20 * i));
        Receive(50, sequenceOffset: 0);
        Assert.Equal(TimeSpan.Zero, _statistics.Jitter);
    }

    [Fact]
    public void A_new_source_begins_a_new_count()
    {
        Receive(0);
        Receive(10);
        Receive(11, ssrc: 2);
        Assert.Equal((2u, 1L, 0L), (_statistics.Ssrc, _statistics.Received, _statistics.Lost));
    }

    [Fact]
    public void One_stray_packet_is_ignored_and_two_in_a_row_are_a_restart()
    {
        Receive(0);
        Receive(1);
        Receive(2, sequenceOffset: 20_000);
        Receive(2);
        Assert.Equal((3L, 0L), (_statistics.Received, _statistics.Lost));

        Receive(3, sequenceOffset: 20_000);
        Receive(4, sequenceOffset: 20_000);
        Assert.Equal((1L, 0L, 20_004u), (_statistics.Received, _statistics.Lost, Report().HighestSequence));
    }

    [Fact]
    public void The_delay_since_the_last_sender_report_is_reported()
    {
        Receive(0);
        _statistics.ReceiveSenderReport(new RtcpSenderInfo(new NtpTimestamp(0x0000_1234_5678_0000), 0, 0, 0), TimeSpan.FromSeconds(58.5));
        var block = Report();
        Assert.Equal((0x12345678u, 98304u), (block.LastSenderReport, block.DelaySinceLastSenderReport));
    }
}

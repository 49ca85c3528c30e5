using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Tests.Rtp;

public sealed class RtcpTests
{
    private static readonly RtcpSenderInfo Info = new(new NtpTimestamp(0x0123456789ABCDEF), 1000, 50, 8000);
    private static readonly RtcpReportBlock Block = new(9, 64, -3, 0x0001FFFF, 17, 0x456789AB, 65536);

    [Fact]
    public void A_compound_packet_is_read_back()
    {
        var buffer = new byte[256];
        var writer = new RtcpWriter(buffer);
        Assert.True(writer.TryWriteSenderReport(7, Info, [Block, Block with { Ssrc = 10, CumulativeLost = 0x7FFFFF }]));
        Assert.True(writer.TryWriteReceiverReport(7, [Block]));
        Assert.True(writer.TryWriteSourceDescription(7, "leg@host"u8));
        Assert.True(writer.TryWriteGoodbye(7));
        Assert.Equal(0, writer.Length % 4);

        var reader = new RtcpReader(buffer.AsSpan(0, writer.Length));
        Assert.True(reader.TryRead(out var senderReport));
        Assert.Equal(RtcpPacketType.SenderReport, senderReport.Type);
        Assert.True(senderReport.TryReadSource(out var ssrc));
        Assert.Equal(7u, ssrc);
        Assert.True(senderReport.TryReadSenderInfo(out var info));
        Assert.Equal(Info, info);
        Assert.True(senderReport.TryReadReportBlock(0, out var first));
        Assert.Equal(Block, first);
        Assert.True(senderReport.TryReadReportBlock(1, out var second));
        Assert.Equal(0x7FFFFF, second.CumulativeLost);
        Assert.False(senderReport.TryReadReportBlock(2, out _));

        Assert.True(reader.TryRead(out var receiverReport));
        Assert.False(receiverReport.TryReadSenderInfo(out _));
        Assert.True(receiverReport.TryReadReportBlock(0, out var received));
        Assert.Equal(Block, received);

        Assert.True(reader.TryRead(out var description));
        Assert.True(description.TryReadCanonicalName(out var name));
        Assert.Equal("leg@host"u8.ToArray(), name.ToArray());
        Assert.False(description.TryReadReportBlock(0, out _));

        Assert.True(reader.TryRead(out var goodbye));
        Assert.Equal(RtcpPacketType.Goodbye, goodbye.Type);
        Assert.True(goodbye.TryReadSource(out ssrc));
        Assert.Equal(7u, ssrc);
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void Names_of_any_length_end_on_a_word_with_a_zero_before()
    {
        for (var length = 0; length < 256; length++)
        {
            var name = new byte[length];
            Array.Fill(name, (byte)'n');
            var buffer = new byte[512];
            Array.Fill(buffer, (byte)0xEE);
            var writer = new RtcpWriter(buffer);
            Assert.True(writer.TryWriteSourceDescription(1, name));
            Assert.Equal(0, buffer[writer.Length - 1]);
            Assert.Equal(0xEE, buffer[writer.Length]);
            var reader = new RtcpReader(buffer.AsSpan(0, writer.Length));
            Assert.True(reader.TryRead(out var packet));
            Assert.True(packet.TryReadCanonicalName(out var read));
            Assert.Equal(length, read.Length);
        }
    }

    [Fact]
    public void Nothing_is_written_where_there_is_no_room()
    {
        var writer = new RtcpWriter(new byte[27]);
        Assert.False(writer.TryWriteSenderReport(7, Info, []));
        Assert.False(writer.TryWriteSourceDescription(7, new byte[256]));
        Assert.False(writer.TryWriteReceiverReport(7, new RtcpReportBlock[32]));
        Assert.Equal(0, writer.Length);
        Assert.True(writer.TryWriteReceiverReport(7, []));
        Assert.Equal(8, writer.Length);
    }

    [Fact]
    public void Rtcp_is_told_from_rtp_on_one_port()
    {
        Assert.True(RtcpReader.IsRtcp([0x80, 200, 0, 6]));
        Assert.False(RtcpReader.IsRtcp([0x80, 0x80 | 8, 0, 6]));
        Assert.False(RtcpReader.IsRtcp([0x80, 101, 0, 6]));
        Assert.False(RtcpReader.IsRtcp([0x80, 200, 0]));
    }

    [Fact]
    public void Random_datagrams_never_throw()
    {
        var random = new Random(3550);
        var packets = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var datagram = new byte[random.Next(0, 120)];
            random.NextBytes(datagram);
            for (var at = 0; at + 4 <= datagram.Length; at += 4 * random.Next(1, 12))
                (datagram[at], datagram[at + 1], datagram[at + 2]) = ((byte)(0x80 | (datagram[at] & 0x3F)), (byte)random.Next(199, 206), 0);

            var reader = new RtcpReader(datagram);
            while (reader.TryRead(out var packet))
            {
                packets++;
                packet.TryReadSource(out _);
                packet.TryReadSenderInfo(out _);
                packet.TryReadCanonicalName(out _);
                for (var block = 0; packet.TryReadReportBlock(block, out _); block++)
                {
                    Assert.InRange(block, 0, 30);
                }
            }
        }

        Assert.NotEqual(0, packets);
    }

    [Fact]
    public void Wall_time_has_seconds_since_1900_and_fractions()
    {
        var half = NtpTimestamp.From(new DateTimeOffset(1970, 1, 1, 0, 0, 0, 500, TimeSpan.Zero));
        Assert.Equal((2208988800UL << 32) | 0x80000000UL, half.Value);
        Assert.Equal(0x7E808000u, half.Middle);
    }

    [Fact]
    public void The_round_trip_is_what_neither_side_kept()
    {
        // The example of RFC 3550 §6.4.1: 0xb710:8000 - 0x0005:4000 - 0xb705:2000 = 6.125 s.
        var block = Block with { LastSenderReport = 0xB7052000, DelaySinceLastSenderReport = 0x00054000 };
        Assert.Equal(TimeSpan.FromSeconds(6.125), block.RoundTrip(new NtpTimestamp(0x0000_B710_8000_0000)));
        Assert.Null((block with { LastSenderReport = 0 }).RoundTrip(default));
    }
}

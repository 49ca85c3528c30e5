using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Tests.Rtp;

public sealed class RtpHeaderTests
{
    private static readonly RtpHeader Header = new(8, true, 0xFFFE, 0x80000001, 0xDEADBEEF);

    [Fact]
    public void A_written_header_is_read_back()
    {
        var packet = new byte[16];
        Assert.Equal(12, Header.Write(packet));
        packet[12] = 42;

        Assert.True(RtpHeader.TryRead(packet, out var header, out var payload));

        Assert.Equal(Header, header);
        Assert.Equal([42, 0, 0, 0], payload.ToArray());
        Assert.Equal(new byte[] { 0x80, 0x88, 0xFF, 0xFE, 0x80, 0, 0, 1, 0xDE, 0xAD, 0xBE, 0xEF }, packet[..12]);
    }

    [Fact]
    public void Sources_extension_and_padding_are_no_payload()
    {
        byte[] packet =
        [
            0xB2, 0x00, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3,   // padding, extension, two sources
            1, 1, 1, 1, 2, 2, 2, 2,
            0xBE, 0xDE, 0, 1, 9, 9, 9, 9,               // one word of extension
            7, 8,
            0, 2,                                       // padding
        ];

        Assert.True(RtpHeader.TryRead(packet, out var header, out var payload));

        Assert.Equal(new RtpHeader(0, false, 1, 2, 3), header);
        Assert.Equal([7, 8], payload.ToArray());
    }

    [Theory]
    [InlineData("8000000100000002000000")]               // 11 bytes
    [InlineData("400000010000000200000003")]             // version 1
    [InlineData("8100000100000002000000030000")]         // a source is missing
    [InlineData("900000010000000200000003BEDE")]         // half an extension header
    [InlineData("900000010000000200000003BEDE000100")]   // extension longer than the packet
    [InlineData("A0000001000000020000000300")]           // padding of 0
    [InlineData("A0000001000000020000000302")]           // padding longer than the payload
    [InlineData("A00000010000000200000003")]             // padding that would eat the header
    public void What_is_no_whole_packet_is_refused(string packet) =>
        Assert.False(RtpHeader.TryRead(Convert.FromHexString(packet), out _, out _));

    [Fact]
    public void Random_packets_never_throw_and_payloads_stay_inside()
    {
        var random = new Random(20260101);
        var accepted = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var packet = new byte[random.Next(0, 64)];
            random.NextBytes(packet);
            if (packet.Length > 0 && random.Next(2) == 0)
                packet[0] = (byte)(0x80 | (packet[0] & 0x31));
            if (!RtpHeader.TryRead(packet, out _, out var payload))
                continue;
            accepted++;
            Assert.True(payload.Length <= packet.Length - RtpHeader.Size);
        }

        Assert.NotEqual(0, accepted);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(65535, 0, 1)]
    [InlineData(0, 65535, -1)]
    [InlineData(65000, 100, 636)]
    public void Sequence_numbers_wrap(int from, int to, int distance) =>
        Assert.Equal(distance, RtpArithmetic.SequenceDistance((ushort)from, (ushort)to));

    [Theory]
    [InlineData(0u, 160u, 160)]
    [InlineData(0xFFFFFF60u, 0u, 160)]
    [InlineData(80u, 0xFFFFFFB0u, -160)]
    public void Timestamps_wrap(uint from, uint to, int distance) =>
        Assert.Equal(distance, RtpArithmetic.TimestampDistance(from, to));
}

using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Srtp;

namespace CallCenterKit.Media.Tests.Srtp;

public sealed class SrtpPacketTests
{
    private const uint Ssrc = 0xCAFEBABE;

    public static TheoryData<SrtpSuite> Suites { get; } = [.. SrtpSuiteExtensions.Preferred];

    private static byte[] Packet(int sequence, uint ssrc = Ssrc, byte fill = 7, int payloadBytes = 160)
    {
        var packet = new byte[RtpHeader.Size + payloadBytes];
        packet.AsSpan().Fill(fill);
        new RtpHeader(8, false, (ushort)sequence, 160u * (uint)sequence, ssrc).Write(packet);
        return packet;
    }

    private static byte[] Protect(SrtpSender sender, byte[] packet)
    {
        var output = new byte[packet.Length + SrtpCipher.MaxGrowth];
        Assert.True(sender.TryProtectRtp(packet, output, out var length));
        return output[..length];
    }

    private static SrtpVerdict Unprotect(SrtpReceiver receiver, byte[] packet, byte[]? expected = null)
    {
        var copy = packet.ToArray();
        var verdict = receiver.UnprotectRtp(copy, out var length);
        if (expected is not null)
            Assert.Equal(expected, copy[..length]);
        return verdict;
    }

    private static (SrtpSender Sender, SrtpReceiver Receiver) Pair(SrtpSuite suite, byte[]? identifier = null)
    {
        var key = SrtpKey.Draw(suite);
        var material = Convert.FromBase64String(key.ToBase64());
        return (new SrtpSender(key), new SrtpReceiver(new SrtpKey(suite, material, identifier)));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void What_was_sent_is_received_and_reads_otherwise_on_the_way(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite);
        foreach (var size in (int[])[0, 1, 15, 16, 17, 160, 480, 1500])
        {
            var packet = Packet(size, payloadBytes: size);

            var sent = Protect(sender, packet);

            Assert.Equal(packet.Length + suite.TagSize(), sent.Length);
            Assert.Equal(packet[..RtpHeader.Size], sent[..RtpHeader.Size]);
            if (size > 8)
                Assert.NotEqual(packet[RtpHeader.Size..], sent[RtpHeader.Size..packet.Length]);
            Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, sent, packet));
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Sequence_numbers_wrap_and_the_count_of_wraps_is_kept_on_both_sides(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite);
        for (var i = 32000; i < (3 * 65536) + 10; i += i % 65536 is < 3 or > 65530 ? 1 : 997)
        {
            var packet = Packet(i);
            Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, Protect(sender, packet), packet));
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Packets_may_change_places_across_a_wrap(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite);
        var sent = Enumerable.Range(65530, 12).Select(i => Protect(sender, Packet(i))).ToList();

        foreach (var i in (int[])[0, 1, 2, 7, 5, 6, 3, 9, 4, 11, 8, 10])
            Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, sent[i], Packet(65530 + i)));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Reordered_packets_are_sent_under_the_right_count_of_wraps(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite);

        foreach (var i in (int[])[65533, 65536, 65534, 65537, 65535])
            Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, Protect(sender, Packet(i)), Packet(i)));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_packet_that_comes_again_or_64_late_is_not_taken(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite);
        var sent = Enumerable.Range(100, 66).Select(i => Protect(sender, Packet(i))).ToList();

        Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, sent[0]));
        Assert.Equal(SrtpVerdict.Replayed, Unprotect(receiver, sent[0]));
        Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, sent[65]));
        Assert.Equal(SrtpVerdict.Replayed, Unprotect(receiver, sent[0]));
        Assert.Equal(SrtpVerdict.Replayed, Unprotect(receiver, sent[1]));
        Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, sent[2]));
        Assert.Equal(SrtpVerdict.Replayed, Unprotect(receiver, sent[2]));
        Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, sent[3]));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_packet_that_was_changed_anywhere_is_not_taken_and_does_no_harm(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite);
        var packet = Packet(1);
        var sent = Protect(sender, packet);

        for (var i = 0; i < sent.Length; i++)
        {
            var changed = sent.ToArray();
            changed[i] ^= 0x10;
            Assert.Equal(SrtpVerdict.NotAuthentic, Unprotect(receiver, changed));
        }

        for (var length = 0; length < sent.Length; length++)
            Assert.Equal(SrtpVerdict.NotAuthentic, Unprotect(receiver, sent[..length]));
        Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, sent, packet));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Noise_and_plain_packets_are_not_taken(SrtpSuite suite)
    {
        var (_, receiver) = Pair(suite);
        var noise = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var datagram = new byte[noise.Next(0, 300)];
            noise.NextBytes(datagram);
            Assert.NotEqual(SrtpVerdict.Authentic, receiver.UnprotectRtp(datagram, out _));
            Assert.NotEqual(SrtpVerdict.Authentic, receiver.UnprotectRtcp(datagram, out _));
        }

        Assert.Equal(SrtpVerdict.NotAuthentic, Unprotect(receiver, Packet(5)));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_key_of_another_is_told(SrtpSuite suite)
    {
        var (sender, _) = Pair(suite);
        var (_, receiver) = Pair(suite);

        Assert.Equal(SrtpVerdict.NotAuthentic, Unprotect(receiver, Protect(sender, Packet(5))));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_source_that_changes_begins_a_count_of_its_own(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite);
        for (var source = 0u; source < 10; source++)
        {
            for (var i = 60000 + (int)source; i < 70000; i += 3000)
                Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, Protect(sender, Packet(i, source)), Packet(i, source)));
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Two_sources_may_speak_in_turn(SrtpSuite suite)
    {
        var key = SrtpKey.Draw(suite);
        using var first = new SrtpSender(key);
        using var second = new SrtpSender(key);
        using var receiver = new SrtpReceiver(key);
        var early = Protect(first, Packet(10, ssrc: 1));
        for (var i = 10; i < 20; i++)
        {
            Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, i == 10 ? early : Protect(first, Packet(i, ssrc: 1))));
            Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, Protect(second, Packet(40000 + i, ssrc: 2))));
        }

        Assert.Equal(SrtpVerdict.Replayed, Unprotect(receiver, early));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_number_is_never_sent_twice_under_one_key(SrtpSuite suite)
    {
        var (sender, _) = Pair(suite);
        var output = new byte[300];
        Protect(sender, Packet(10));
        Protect(sender, Packet(12));

        Assert.False(sender.TryProtectRtp(Packet(10, fill: 9), output, out _));
        Assert.True(sender.TryProtectRtp(Packet(11), output, out _));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Contributing_sources_and_extensions_stay_readable(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite);
        byte[] packet =
        [
            0xB1, 8, 0, 9, 0, 0, 1, 0, 0, 0, 0, 7,            // version 2, padding, extension, one contributing source
            0, 0, 0, 99,
            0xBE, 0xDE, 0, 1, 0x10, 0x20, 0, 0,
            1, 2, 3, 4, 5, 6, 0, 2,
        ];

        var sent = Protect(sender, packet);

        Assert.Equal(packet[..24], sent[..24]);
        Assert.NotEqual(packet[24..], sent[24..32]);
        Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, sent, packet));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_master_key_identifier_is_checked_and_taken_off(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite, identifier: [0, 3]);
        var packet = Packet(1);
        var sent = Protect(sender, packet);
        var tag = suite.IsAead() ? 0 : suite.TagSize();

        byte[] marked = [.. sent.AsSpan(0, sent.Length - tag), 0, 3, .. sent.AsSpan(sent.Length - tag)];
        byte[] other = [.. sent.AsSpan(0, sent.Length - tag), 0, 4, .. sent.AsSpan(sent.Length - tag)];

        Assert.Equal(SrtpVerdict.NotAuthentic, Unprotect(receiver, other));
        Assert.Equal(SrtpVerdict.NotAuthentic, Unprotect(receiver, sent));
        Assert.Equal(SrtpVerdict.Authentic, Unprotect(receiver, marked, packet));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Reports_are_protected_too_and_come_once(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite);
        var buffer = new byte[160];
        var writer = new RtcpWriter(buffer);
        Assert.True(writer.TryWriteReceiverReport(Ssrc, []) && writer.TryWriteSourceDescription(Ssrc, "name"u8));
        var report = buffer[..writer.Length];
        for (var i = 0; i < 3; i++)
        {
            report.CopyTo(buffer, 0);
            var sent = buffer[..sender.ProtectRtcp(buffer, report.Length)];
            var changed = sent.ToArray();
            changed[^1] ^= 1;
            var received = sent.ToArray();

            Assert.True(sent.Length > report.Length);
            Assert.NotEqual(SrtpVerdict.Authentic, receiver.UnprotectRtcp(changed, out _));
            Assert.Equal(SrtpVerdict.Authentic, receiver.UnprotectRtcp(received, out var length));
            Assert.Equal(report, received[..length]);
            Assert.Equal(SrtpVerdict.Replayed, receiver.UnprotectRtcp(sent, out _));
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void No_packet_allocates(SrtpSuite suite)
    {
        var (sender, receiver) = Pair(suite);
        var (packet, output) = (Packet(0), new byte[300]);
        void One(int i)
        {
            new RtpHeader(8, false, (ushort)i, 0, Ssrc).Write(packet);
            sender.TryProtectRtp(packet, output, out var length);
            if (receiver.UnprotectRtp(output.AsSpan(0, length), out _) != SrtpVerdict.Authentic)
                throw new InvalidOperationException("not authentic");
        }

        for (var i = 0; i < 200; i++)
            One(i);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 200; i < 5000; i++)
            One(i);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_key_tells_nothing_about_itself()
    {
        var key = SrtpKey.Draw(SrtpSuite.AeadAes256Gcm);
        var parameters = new SrtpParameters(key, SrtpKey.Draw(SrtpSuite.AeadAes256Gcm));

        Assert.Equal("key of AEAD_AES_256_GCM", key.ToString());
        Assert.Equal("AEAD_AES_256_GCM", parameters.ToString());
        Assert.Equal(key, new SrtpKey(key.Suite, Convert.FromBase64String(key.ToBase64())));
        Assert.NotEqual(key, SrtpKey.Draw(key.Suite));
        Assert.Throws<ArgumentException>(() => new SrtpKey(SrtpSuite.AeadAes128Gcm, new byte[30]));
    }
}

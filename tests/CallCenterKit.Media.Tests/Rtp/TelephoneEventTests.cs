using CallCenterKit.Media.Rtp;

namespace CallCenterKit.Media.Tests.Rtp;

public sealed class TelephoneEventTests
{
    private const int Ssrc = 77;
    private static readonly TimeSpan Tone = TimeSpan.FromMilliseconds(100);

    private static List<(RtpHeader Header, byte[] Payload)> Send(string digits, uint start = 0xFFFFFF00)
    {
        var sender = new TelephoneEventSender(8000, 20);
        sender.Enqueue(digits, Tone);
        var packets = new List<(RtpHeader, byte[])>();
        ushort sequence = 65530;
        for (var timestamp = start; sender.IsBusy; timestamp += 160)
        {
            if (!sender.TryStep(timestamp, out var packet))
                continue;
            var payload = new byte[4];
            packet.Payload.Write(payload);
            packets.Add((new RtpHeader(101, packet.Marker, sequence++, packet.Timestamp, Ssrc), payload));
        }

        return packets;
    }

    private static List<TelephoneEventReport> Receive(IEnumerable<(RtpHeader Header, byte[] Payload)> packets)
    {
        var receiver = new TelephoneEventReceiver(8000);
        var reports = packets.Select(packet => receiver.Receive(packet.Header, packet.Payload)).ToList();
        reports.Add(receiver.ReceiveOther(new RtpHeader(8, false, 0, 0x00100000, Ssrc)));
        return reports.FindAll(report => report != default);
    }

    private static string Started(List<TelephoneEventReport> reports) =>
        string.Concat(reports.Where(report => report.Started is not null).Select(report => report.Started));

    private static string Ended(List<TelephoneEventReport> reports) =>
        string.Concat(reports.Where(report => report.Ended is not null).Select(report => report.Ended));

    [Fact]
    public void A_key_is_sent_with_a_growing_duration_and_three_ends()
    {
        var events = Send("5").ConvertAll(packet =>
        {
            Assert.True(TelephoneEventPayload.TryRead(packet.Payload, out var read));
            return (packet.Header.Marker, packet.Header.Timestamp, read.Event, read.End, read.Duration);
        });

        Assert.Equal(
            [
                (true, 0xFFFFFF00u, 5, false, 160),
                (false, 0xFFFFFF00u, 5, false, 320),
                (false, 0xFFFFFF00u, 5, false, 480),
                (false, 0xFFFFFF00u, 5, false, 640),
                (false, 0xFFFFFF00u, 5, true, 800),
                (false, 0xFFFFFF00u, 5, true, 800),
                (false, 0xFFFFFF00u, 5, true, 800),
            ],
            events.Select(e => (e.Marker, e.Timestamp, (int)e.Event, e.End, (int)e.Duration)));
    }

    [Fact]
    public void Audio_goes_on_between_keys_and_afterwards()
    {
        var sender = new TelephoneEventSender(8000, 20, pauseMilliseconds: 100);
        sender.Enqueue("12", TimeSpan.FromMilliseconds(40));
        var steps = string.Concat(Enumerable.Range(0, 16).Select(i => sender.TryStep((uint)i * 160, out var packet) ? packet.Payload.Digit : '-'));

        Assert.Equal("1111---2222-----", steps);
        Assert.False(sender.IsBusy);
    }

    [Fact]
    public void A_character_that_is_no_key_is_refused_whole()
    {
        var sender = new TelephoneEventSender(8000, 20);
        Assert.Throws<ArgumentException>(() => sender.Enqueue("1x", Tone));
        Assert.Throws<ArgumentOutOfRangeException>(() => sender.Enqueue("1", TimeSpan.FromMilliseconds(39)));
        Assert.Throws<ArgumentOutOfRangeException>(() => sender.Enqueue("1", TimeSpan.FromMilliseconds(5001)));
        Assert.False(sender.IsBusy);
    }

    [Fact]
    public void A_cleared_sender_sends_nothing()
    {
        var sender = new TelephoneEventSender(8000, 20);
        sender.Enqueue("12", Tone);
        Assert.True(sender.TryStep(0, out _));
        sender.Clear();
        Assert.False(sender.IsBusy);
        Assert.False(sender.TryStep(160, out _));
    }

    [Fact]
    public void Each_key_is_reported_once_with_its_length()
    {
        var reports = Receive(Send("1129#"));

        Assert.Equal("1129#", Started(reports));
        Assert.Equal("1129#", Ended(reports));
        Assert.All(reports.Where(report => report.Ended is not null), report => Assert.Equal(Tone, report.Held));
    }

    [Fact]
    public void A_key_is_reported_when_it_goes_down()
    {
        var (header, payload) = Send("7")[0];
        Assert.Equal(new TelephoneEventReport('7', null, TimeSpan.Zero), new TelephoneEventReceiver(8000).Receive(header, payload));
    }

    [Fact]
    public void A_key_whose_start_is_lost_is_reported_by_its_end()
    {
        var reports = Receive(Send("4").TakeLast(1));
        Assert.Equal(new TelephoneEventReport('4', '4', Tone), Assert.Single(reports));
    }

    [Fact]
    public void A_key_whose_end_is_lost_ends_with_the_next_key()
    {
        var packets = Send("46");
        var reports = Receive(packets.Take(3).Concat(packets.Skip(7)));

        Assert.Equal("46", Started(reports));
        Assert.Equal("46", Ended(reports));
        Assert.Equal(TimeSpan.FromMilliseconds(60), reports[1].Held);
    }

    [Fact]
    public void A_key_whose_end_is_lost_ends_when_audio_has_moved_on()
    {
        var receiver = new TelephoneEventReceiver(8000);
        var (header, payload) = Send("4", start: 1000)[0];
        receiver.Receive(header, payload);

        Assert.Equal(default, receiver.ReceiveOther(new RtpHeader(8, false, 1, 1000 + 160, Ssrc)));
        Assert.Equal('4', receiver.ReceiveOther(new RtpHeader(8, false, 2, 1000 + 160 + 800, Ssrc)).Ended);
        Assert.Equal(default, receiver.ReceiveOther(new RtpHeader(8, false, 3, 1000 + 320 + 800, Ssrc)));
    }

    [Fact]
    public void Any_single_packet_of_a_key_is_enough_whatever_order_and_copies()
    {
        var random = new Random(4733);
        for (var round = 0; round < 2000; round++)
        {
            var kept = new List<(RtpHeader Header, byte[] Payload)>();
            foreach (var key in Send("1223").GroupBy(packet => packet.Header.Timestamp))
            {
                var survivors = key.Where(_ => random.Next(3) == 0).ToList();
                if (survivors.Count == 0)
                    survivors.Add(key.ElementAt(random.Next(key.Count())));
                survivors.AddRange(survivors.Where(_ => random.Next(2) == 0).ToList());
                kept.AddRange(survivors.OrderBy(_ => random.Next()));
            }

            var reports = Receive(kept);
            Assert.Equal("1223", Started(reports));
            Assert.Equal("1223", Ended(reports));
        }
    }

    [Fact]
    public void A_late_packet_of_an_earlier_key_reports_nothing()
    {
        var packets = Send("12");
        var late = packets[6];
        var reports = Receive([.. packets.Where(packet => packet != late), late]);
        Assert.Equal("12", Started(reports));
    }

    [Fact]
    public void A_sender_that_counts_anew_is_heard()
    {
        var receiver = new TelephoneEventReceiver(8000);
        var (_, payload) = Send("3")[0];
        Assert.Equal('3', receiver.Receive(new RtpHeader(101, true, 1, 0x40000000, Ssrc), payload).Started);
        Assert.Equal('3', receiver.Receive(new RtpHeader(101, true, 1, 0x30000000, Ssrc), payload).Started);
        Assert.Equal('3', receiver.Receive(new RtpHeader(101, true, 1, 0x30000000, Ssrc + 1), payload).Started);
    }

    [Fact]
    public void A_key_held_longer_than_the_field_can_say_is_one_key()
    {
        var receiver = new TelephoneEventReceiver(8000);
        var bytes = new byte[4];
        new TelephoneEventPayload(2, false, 10, ushort.MaxValue).Write(bytes);
        receiver.Receive(new RtpHeader(101, true, 1, 100, Ssrc), bytes);
        new TelephoneEventPayload(2, true, 10, 800).Write(bytes);

        var report = receiver.Receive(new RtpHeader(101, false, 2, 100 + 65535, Ssrc), bytes);

        Assert.Equal((null, '2'), (report.Started, report.Ended));
        Assert.Equal((65535 + 800) / 8000.0, report.Held.TotalSeconds, 6);
    }

    [Fact]
    public void Events_that_are_no_keys_and_short_payloads_report_nothing()
    {
        var receiver = new TelephoneEventReceiver(8000);
        var header = new RtpHeader(101, true, 1, 100, Ssrc);
        Assert.Equal(default, receiver.Receive(header, [16, 0, 0, 160]));
        Assert.Equal(default, receiver.Receive(header, [1, 0, 0]));
        Assert.Equal(default, receiver.ReceiveOther(header));
    }
}

using System.Net;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Engine;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Tests.Fakes;
using Microsoft.Extensions.Logging;

namespace CallCenterKit.Media.Tests.Engine;

public sealed class MediaLegTests : IDisposable
{
    private readonly SteppedMedia _media = new(options => (options.FirstPort, options.LastPort) = (20000, 20004));

    public void Dispose() => _media.Dispose();

    [Fact]
    public void A_leg_holds_its_ports_from_open_to_the_end()
    {
        var party = _media.Opened();
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 20000), party.Leg.LocalRtp);
        Assert.Equal(2, _media.Engine.FreePorts);
        Assert.Equal(MediaLegState.Open, party.Leg.State);

        party.Leg.Dispose();
        _media.Run();

        Assert.Equal(3, _media.Engine.FreePorts);
        Assert.True(party.Rtp.IsDisposed);
        Assert.True(party.Rtcp.IsDisposed);
        Assert.Equal(MediaLegState.Closed, party.Leg.State);
        Assert.Equal(0, _media.Engine.Legs);
    }

    [Fact]
    public void Opening_again_gives_the_same_port()
    {
        var party = _media.Opened();

        Assert.Equal(party.Leg.LocalRtp, party.Leg.Open());
        Assert.Equal(2, _media.Engine.FreePorts);
    }

    [Fact]
    public void Without_a_free_port_the_error_names_the_range()
    {
        for (var i = 0; i < 3; i++)
            _media.Opened();

        var error = Assert.Throws<MediaPortsExhaustedException>(() => _media.Opened());

        Assert.Contains("20000 to 20004", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ports_that_are_used_up_are_logged_once_until_one_is_free_again_and_each_refusal_is_counted()
    {
        var log = new KeptLog();
        using var media = new SteppedMedia(options => (options.FirstPort, options.LastPort) = (20000, 20000), logger: log);
        var first = media.Opened();
        for (var i = 0; i < 3; i++)
            Assert.Throws<MediaPortsExhaustedException>(() => media.Opened());

        Assert.Equal(3, media.Engine.PortRefusals);
        var line = Assert.Single(log.Lines);
        Assert.Equal((2007, LogLevel.Error), (line.Id, line.Level));
        Assert.Contains("20000 to 20000", line.Text, StringComparison.Ordinal);

        first.Leg.Dispose();
        media.Run();
        media.Opened();
        Assert.Throws<MediaPortsExhaustedException>(() => media.Opened());
        Assert.Equal((4, 2), (media.Engine.PortRefusals, log.Lines.Count));
    }

    [Fact]
    public void A_port_that_another_program_holds_is_passed_over()
    {
        _media.Transports.Taken.Add(20000);

        Assert.Equal(20002, _media.Opened().Leg.LocalRtp!.Port);
    }

    [Fact]
    public void A_leg_without_a_source_is_sent_silence_every_20_ms()
    {
        var party = _media.Connect();

        _media.Step(10);

        Assert.Equal(10, party.SentAudio.Count());
        Assert.All(party.Heard(), sample => Assert.InRange(sample, -16, 16));
        Assert.All(party.Sent, packet => Assert.Equal(party.Remote, packet.To));
    }

    [Theory]
    [InlineData(MediaDirection.ReceiveOnly)]
    [InlineData(MediaDirection.Inactive)]
    public void A_party_that_does_not_want_to_hear_is_sent_nothing(MediaDirection direction)
    {
        var party = _media.Connect(direction: direction);

        _media.Step(10);

        Assert.Empty(party.Sent);
    }

    [Fact]
    public void Frames_of_a_remote_side_that_asked_for_40_ms_travel_in_pairs()
    {
        var party = _media.Opened();
        party.Leg.Apply(party.Negotiated() with { PacketMilliseconds = 40 });
        _media.Run();

        _media.Step(10);

        var sent = party.Sent.ToList();
        Assert.Equal(5, sent.Count);
        Assert.All(sent, packet => Assert.Equal(320, packet.Payload.Length));
        Assert.All(sent.Zip(sent.Skip(1)), pair => Assert.Equal(320u, pair.Second.Header.Timestamp - pair.First.Header.Timestamp));
    }

    [Fact]
    public void A_key_press_is_told_once_with_its_length()
    {
        var party = _media.Connect();

        party.Press('5');
        party.Press('#');
        _media.Step();

        Assert.Equal([('5', TimeSpan.FromMilliseconds(100)), ('#', TimeSpan.FromMilliseconds(100))], party.Sink.Digits);
    }

    [Fact]
    public async Task Digits_are_sent_as_events_that_end_three_times()
    {
        var party = _media.Connect();

        var sending = party.Leg.SendDigitsAsync("1*", TimeSpan.FromMilliseconds(100));
        _media.Step(40);

        Assert.True(await sending);
        var events = party.SentEvents.ToList();
        var groups = events.GroupBy(packet => packet.Header.Timestamp).ToList();
        Assert.Equal(2, groups.Count);
        Assert.All(groups, group => Assert.Equal(3, group.Count(IsEnd)));
        Assert.All(groups, group => Assert.Equal(1, group.Count(packet => packet.Header.Marker)));
        Assert.Equal([1, 10], groups.Select(group => (int)group.First().Payload[0]));
        AssertUnbroken(party.Sent);
    }

    [Fact]
    public async Task Digits_to_a_party_that_takes_none_are_not_sent()
    {
        var party = _media.Opened();
        party.Leg.Apply(party.Negotiated() with { TelephoneEventPayloadType = null });

        var sending = party.Leg.SendDigitsAsync("1", TimeSpan.FromMilliseconds(100));
        _media.Step(10);

        Assert.False(await sending);
    }

    [Fact]
    public async Task Cancelling_finishes_the_key_being_sent_and_no_other()
    {
        var party = _media.Connect();
        using var cancellation = new CancellationTokenSource();
        var sending = party.Leg.SendDigitsAsync("123", TimeSpan.FromMilliseconds(100), cancellation.Token);
        _media.Step(2);

        await cancellation.CancelAsync();
        _media.Step(60);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Single(party.SentEvents.GroupBy(packet => packet.Header.Timestamp));
    }

    [Theory]
    [InlineData("1x", 100)]
    [InlineData("1", 20)]
    [InlineData("1", 6000)]
    public async Task What_is_no_key_or_no_tone_is_the_callers_mistake(string digits, int milliseconds)
    {
        var party = _media.Connect();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => party.Leg.SendDigitsAsync(digits, TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Fact]
    public void Silence_of_the_party_is_told_once_until_it_speaks_again()
    {
        var party = _media.Connect();

        _media.Step(50 * 65);
        Assert.InRange(Assert.Single(party.Sink.Timeouts), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));

        party.Say(440);
        _media.Step(50 * 40);
        Assert.Equal(2, party.Sink.Timeouts.Count);
    }

    [Fact]
    public void A_party_on_hold_may_be_silent()
    {
        var party = _media.Connect(direction: MediaDirection.SendOnly);

        _media.Step(50 * 40);

        Assert.Empty(party.Sink.Timeouts);
    }

    [Fact]
    public void Packets_from_elsewhere_are_refused_and_counted()
    {
        var party = _media.Connect();
        party.Say(440);
        _media.Step();

        party.From = new IPEndPoint(IPAddress.Parse("203.0.113.66"), 9).Serialize();
        party.Press('9');
        _media.Step();

        Assert.Empty(party.Sink.Digits);
        Assert.Equal(7, party.Leg.Statistics.PacketsRefused);
        Assert.Equal(1, party.Leg.Statistics.PacketsReceived);
    }

    [Fact]
    public void What_is_no_rtp_is_refused_and_harms_nothing()
    {
        var party = _media.Connect();
        var noise = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var datagram = new byte[noise.Next(0, 200)];
            noise.NextBytes(datagram);
            party.Rtp.Arrive(datagram, party.From);
            party.Rtcp.Arrive(datagram, party.From);
        }

        _media.Step();
        party.Press('1');
        _media.Step();

        Assert.NotEqual(MediaLegState.Closed, party.Leg.State);
        Assert.Contains(party.Sink.Digits, digit => digit.Digit == '1');
    }

    [Fact]
    public void Reports_go_out_every_5_seconds_and_a_goodbye_at_the_end()
    {
        var party = _media.Connect();

        _media.Step(50 * 20, _ => party.Say(440));
        Assert.Equal(4, party.Rtcp.Sent.Count);
        Assert.All(party.Rtcp.Sent, sent => Assert.Equal(party.Remote.Port + 1, sent.To.Port));
        var reader = new RtcpReader(party.Rtcp.Sent[^1].Datagram);
        Assert.True(reader.TryRead(out var report));
        Assert.Equal(RtcpPacketType.SenderReport, report.Type);
        Assert.True(report.TryReadReportBlock(0, out var block));
        Assert.Equal(party.Ssrc, block.Ssrc);
        Assert.Equal(0, block.CumulativeLost);

        party.Leg.Dispose();
        _media.Run();
        Assert.Contains(TypesOf(party.Rtcp.Sent[^1].Datagram), type => type == RtcpPacketType.Goodbye);
    }

    [Fact]
    public void The_remote_report_tells_round_trip_and_loss()
    {
        var party = _media.Connect();
        _media.Step(50 * 6);
        var reader = new RtcpReader(party.Rtcp.Sent[^1].Datagram);
        Assert.True(reader.TryRead(out var ours));
        Assert.True(ours.TryReadSenderInfo(out var info));
        Assert.True(ours.TryReadSource(out var ssrc));
        party.Say(440);

        var datagram = new byte[100];
        var writer = new RtcpWriter(datagram);
        writer.TryWriteReceiverReport(party.Ssrc, [new RtcpReportBlock(ssrc, 64, 5, 100, 3, info.Ntp.Middle, 0)]);
        party.Rtcp.Arrive(datagram[..writer.Length], new IPEndPoint(party.Remote.Address, party.Remote.Port + 1).Serialize());
        _media.Run();

        Assert.Equal(0.25, party.Leg.Statistics.RemoteLoss);
        Assert.InRange(party.Leg.Statistics.RoundTrip, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void Reports_of_another_port_are_not_believed_and_do_not_lead_ours_away()
    {
        var party = _media.Connect();
        _media.Step(50 * 6, _ => party.Say(440));
        var ssrc = party.Sent.First().Header.Ssrc;
        var datagram = new byte[100];
        var writer = new RtcpWriter(datagram);
        writer.TryWriteReceiverReport(party.Ssrc, [new RtcpReportBlock(ssrc, 64, 5, 100, 3, 0, 0)]);
        party.Rtcp.Arrive(datagram[..writer.Length], new IPEndPoint(party.Remote.Address, party.Remote.Port + 1).Serialize());
        _media.Run();

        var forged = new byte[100];
        writer = new RtcpWriter(forged);
        writer.TryWriteReceiverReport(party.Ssrc, [new RtcpReportBlock(ssrc, 255, 5, 100, 3, 0, 0)]);
        party.Rtcp.Arrive(forged[..writer.Length], new IPEndPoint(party.Remote.Address, 9).Serialize());
        _media.Step(50 * 6, _ => party.Say(440));

        Assert.Equal(0.25, party.Leg.Statistics.RemoteLoss);
        Assert.Equal(party.Remote.Port + 1, party.Rtcp.Sent[^1].To.Port);
    }

    [Fact]
    public void A_leg_that_has_stopped_sending_reports_as_a_receiver_and_under_a_name_of_its_own()
    {
        var (first, second) = (_media.Connect(), _media.Connect());
        _media.Step(50 * 6, _ => first.Say(440));
        first.Leg.Apply(first.Negotiated(MediaDirection.ReceiveOnly));
        _media.Step(50 * 15, _ => first.Say(440));

        Assert.Equal(RtcpPacketType.SenderReport, TypesOf(first.Rtcp.Sent[0].Datagram)[0]);
        Assert.Equal(RtcpPacketType.ReceiverReport, TypesOf(first.Rtcp.Sent[^1].Datagram)[0]);
        Assert.NotEqual(NameIn(first.Rtcp.Sent[0].Datagram), NameIn(second.Rtcp.Sent[0].Datagram));
        Assert.Equal(NameIn(first.Rtcp.Sent[0].Datagram), NameIn(first.Rtcp.Sent[^1].Datagram));
    }

    [Fact]
    public void Lost_packets_are_counted()
    {
        var party = _media.Connect();

        _media.Step(100, i =>
        {
            if (i % 10 == 5)
                party.SayLost();
            else
                party.Say(440);
        });

        Assert.Equal(10, party.Leg.Statistics.PacketsLost);
        Assert.Equal(90, party.Leg.Statistics.PacketsReceived);
    }

    [Fact]
    public void Another_codec_after_a_new_agreement_goes_on_in_the_same_stream()
    {
        var party = _media.Connect(AudioCodecs.Pcma);
        _media.Step(5);
        party.Leg.Apply(party.Negotiated() with
        {
            Codec = AudioCodecs.Pcmu,
            PayloadType = 0,
            ReceivePayloadType = 0,
            ReceiveFormats = [new ReceiveFormat(0, AudioCodecs.Pcmu)],
        });

        _media.Step(5);

        Assert.Equal([8, 8, 8, 8, 8, 0, 0, 0, 0, 0], party.Sent.Select(packet => (int)packet.Header.PayloadType));
        AssertUnbroken(party.Sent);
    }

    [Fact]
    public void A_closed_leg_takes_no_more_orders()
    {
        var party = _media.Connect();
        party.Leg.Dispose();
        party.Leg.Apply(party.Negotiated());
        party.Leg.StopPlayback();
        party.Leg.Dispose();
        _media.Step(2);

        Assert.Empty(party.Sent);
        Assert.Throws<ObjectDisposedException>(() => party.Leg.Open());
    }

    [Fact]
    public void Next_due_is_the_next_frame_while_there_is_something_to_send()
    {
        Assert.Null(_media.Engine.NextDue);
        var party = _media.Connect();

        Assert.Equal(_media.Now + SteppedMedia.Frame, _media.Engine.NextDue);

        party.Leg.Dispose();
        Assert.Equal(_media.Now, _media.Engine.NextDue);
        _media.Run();
        Assert.Null(_media.Engine.NextDue);
    }

    internal static void AssertUnbroken(IEnumerable<SentPacket> sent)
    {
        var packets = sent.ToList();
        foreach (var (first, second) in packets.Zip(packets.Skip(1)))
        {
            Assert.Equal(first.Header.Ssrc, second.Header.Ssrc);
            Assert.Equal(1, RtpArithmetic.SequenceDistance(first.Header.SequenceNumber, second.Header.SequenceNumber));
            Assert.True(RtpArithmetic.TimestampDistance(first.Header.Timestamp, second.Header.Timestamp) >= 0);
        }
    }

    private static bool IsEnd(SentPacket packet) => (packet.Payload[1] & 0x80) != 0;

    private static string NameIn(byte[] datagram)
    {
        var reader = new RtcpReader(datagram);
        while (reader.TryRead(out var packet))
        {
            if (packet.TryReadCanonicalName(out var name))
                return System.Text.Encoding.ASCII.GetString(name);
        }

        return "";
    }

    private static List<RtcpPacketType> TypesOf(byte[] datagram)
    {
        var types = new List<RtcpPacketType>();
        var reader = new RtcpReader(datagram);
        while (reader.TryRead(out var packet))
            types.Add(packet.Type);
        return types;
    }
}

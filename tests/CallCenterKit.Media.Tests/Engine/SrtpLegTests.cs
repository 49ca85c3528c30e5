using System.Net;
using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Srtp;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Engine;

/// <summary>Legs whose party encrypts: everything behind the socket sees plain RTP.</summary>
public sealed class SrtpLegTests : IDisposable
{
    private static readonly IPEndPoint Elsewhere = new(IPAddress.Parse("203.0.113.66"), 9000);

    private readonly SteppedMedia _media = new();
    private readonly TestWav _files = new();

    public static TheoryData<SrtpSuite> Suites { get; } = [.. SrtpSuiteExtensions.Preferred];

    public void Dispose()
    {
        _media.Dispose();
        _files.Dispose();
    }

    private void Bridge(params Party[] parties)
    {
        var bridge = _media.Engine.CreateBridge();
        foreach (var party in parties)
            bridge.Add(party.Leg, new BridgeRole.Member());
        _media.Run();
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void An_encrypted_and_a_plain_party_hear_each_other_without_decoding(SrtpSuite suite)
    {
        var (alice, bob) = (_media.ConnectEncrypted(suite), _media.Connect());
        Bridge(alice, bob);

        var (byAlice, byBob) = (new List<byte[]>(), new List<byte[]>());
        _media.Step(20, _ =>
        {
            byAlice.Add(alice.Say(440));
            byBob.Add(bob.Say(600));
        });

        Assert.Equal(byAlice, bob.Sent.Select(packet => packet.Payload));
        Assert.Equal(byBob, alice.Sent.Select(packet => packet.Payload));
        Assert.All(alice.Rtp.Sent, sent => Assert.Equal(RtpHeader.Size + 160 + suite.TagSize(), sent.Datagram.Length));
        MediaLegTests.AssertUnbroken(alice.Sent);
        Assert.Equal((20, 0, 0), (alice.Leg.Statistics.PacketsReceived, alice.Leg.Statistics.PacketsNotAuthentic, alice.Leg.Statistics.PacketsReplayed));
    }

    [Fact]
    public void Two_encrypted_parties_with_different_suites_hear_each_other()
    {
        var (alice, bob) = (_media.ConnectEncrypted(SrtpSuite.AeadAes256Gcm), _media.ConnectEncrypted(SrtpSuite.AesCm128HmacSha1Tag32));
        Bridge(alice, bob);

        var said = new List<byte[]>();
        _media.Step(20, _ => said.Add(alice.Say(440)));

        Assert.Equal(said, bob.Sent.Select(packet => packet.Payload));
    }

    [Fact]
    public void Key_presses_pass_from_and_to_an_encrypted_party()
    {
        var (alice, bob) = (_media.ConnectEncrypted(SrtpSuite.AesCm128HmacSha1Tag80), _media.Connect());
        Bridge(alice, bob);

        alice.Press('7');
        bob.Press('4');
        _media.Step();

        Assert.Equal('7', Assert.Single(alice.Sink.Digits).Digit);
        Assert.Equal('4', Assert.Single(bob.Sink.Digits).Digit);
        Assert.Equal(7, bob.SentEvents.Count());
        Assert.Equal(7, alice.SentEvents.Count());
    }

    [Fact]
    public async Task Keys_of_our_own_and_prompts_go_out_encrypted()
    {
        var party = _media.ConnectEncrypted(SrtpSuite.AeadAes128Gcm);

        var sending = party.Leg.SendDigitsAsync("5", TimeSpan.FromMilliseconds(100));
        _media.Step(20);

        Assert.True(await sending);
        Assert.All(party.SentEvents, packet => Assert.Equal(5, packet.Payload[0]));
        Assert.NotEmpty(party.SentEvents);
        Assert.NotEmpty(party.SentAudio);
        MediaLegTests.AssertUnbroken(party.Sent);
    }

    [Fact]
    public void Encrypted_parties_are_mixed_and_recorded_in_clear()
    {
        var (alice, bob) = (_media.ConnectEncrypted(SrtpSuite.AesCm128HmacSha1Tag80), _media.ConnectEncrypted(SrtpSuite.AeadAes256Gcm, AudioCodecs.Pcmu));
        Bridge(alice, bob);
        var recording = _media.Engine.Record(alice.Leg, new RecordingOptions(_files.PathOf("call.wav")));
        _media.Run();
        _media.Step(50, _ =>
        {
            alice.Say(440);
            bob.Say(600);
        });
        var stopped = recording.StopAsync();
        _media.Step(2);

        Assert.True(stopped.IsCompletedSuccessfully);
        var (left, right) = TestWav.ReadStereo(_files.PathOf("call.wav"));
        Assert.True(Tone.Has(left.AsSpan(320, 6400), 440));
        Assert.True(Tone.Has(right.AsSpan(640, 6400), 600));
        Assert.True(Tone.Has(bob.Heard().AsSpan(640), 440));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_stranger_without_the_key_is_neither_heard_nor_sent_to(SrtpSuite suite)
    {
        var party = _media.ConnectEncrypted(suite);
        var plain = new byte[RtpHeader.Size + 160];
        for (ushort i = 0; i < 20; i++)
        {
            new RtpHeader(8, false, i, 0, 66).Write(plain);
            party.Rtp.Arrive([.. plain], Elsewhere.Serialize());
        }

        var stranger = new SrtpSender(SrtpKey.Draw(suite));
        var output = new byte[200];
        for (ushort i = 0; i < 20; i++)
        {
            new RtpHeader(Party.TelephoneEvent, false, i, 0, 66).Write(plain);
            stranger.TryProtectRtp(plain, output, out var length);
            party.Rtp.Arrive(output[..length], Elsewhere.Serialize());
        }

        _media.Step(5);

        Assert.All(party.Sent, packet => Assert.Equal(party.Remote, packet.To));
        Assert.Equal((0, 40), (party.Leg.Statistics.PacketsReceived, party.Leg.Statistics.PacketsNotAuthentic));

        party.Say(440);
        _media.Step();
        Assert.Equal(1, party.Leg.Statistics.PacketsReceived);
    }

    [Fact]
    public void A_party_behind_a_nat_is_found_by_packets_that_are_authentic()
    {
        var party = _media.ConnectEncrypted(SrtpSuite.AesCm128HmacSha1Tag80);
        party.From = Elsewhere.Serialize();
        party.Say(440);
        party.Say(440);
        _media.Run();
        party.Forget();

        _media.Step(3);

        Assert.All(party.Sent, packet => Assert.Equal(Elsewhere, packet.To));
        Assert.Equal(3, party.Sent.Count());
    }

    [Fact]
    public void Once_the_party_is_known_strangers_are_refused_unread()
    {
        var party = _media.ConnectEncrypted(SrtpSuite.AeadAes128Gcm);
        party.Say(440);
        _media.Step();

        party.Rtp.Arrive(new byte[200], Elsewhere.Serialize());
        _media.Run();

        Assert.Equal((1, 0), (party.Leg.Statistics.PacketsRefused, party.Leg.Statistics.PacketsNotAuthentic));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_packet_that_comes_again_is_dropped_and_counted(SrtpSuite suite)
    {
        var (alice, bob) = (_media.ConnectEncrypted(suite), _media.Connect());
        Bridge(alice, bob);
        var twice = new byte[300];
        var plain = new byte[RtpHeader.Size + 160];
        new RtpHeader(8, false, 100, 0, alice.Ssrc).Write(plain);
        Assert.True(alice.Protect!.TryProtectRtp(plain, twice, out var length));

        alice.Rtp.Arrive(twice[..length], alice.From);
        alice.Rtp.Arrive(twice[..length], alice.From);
        _media.Run();

        Assert.Single(bob.Sent);
        Assert.Equal((1, 1), (alice.Leg.Statistics.PacketsReceived, alice.Leg.Statistics.PacketsReplayed));
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_duplicate_of_a_plain_peer_is_not_sent_under_the_same_number(SrtpSuite suite)
    {
        var (alice, bob) = (_media.Connect(), _media.ConnectEncrypted(suite));
        Bridge(alice, bob);
        alice.Say(440);
        alice.Sequence--;
        alice.Say(600);
        alice.Say(440);
        _media.Run();

        Assert.Equal(2, bob.Sent.Count());
        Assert.Equal(2, bob.Leg.Statistics.PacketsSent);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Both_directions_survive_wraps_of_the_sequence_number_and_new_agreements(SrtpSuite suite)
    {
        var (alice, bob) = (_media.ConnectEncrypted(suite), _media.ConnectEncrypted(suite));
        Bridge(alice, bob);
        var said = new byte[160];
        for (var round = 0; round < 70; round++)
        {
            for (var i = 0; i < 1000; i++)
                alice.SayPayload(said);
            _media.Run();
            Assert.Equal(1000, bob.Sent.Count());
            bob.Forget();
            if (round % 23 == 22)
            {
                bob.Leg.Apply(bob.Negotiated());
                alice.Leg.Apply(alice.Negotiated(MediaDirection.SendReceive) with { RemoteRtcp = Elsewhere });
            }
        }

        Assert.Equal((70_000, 0, 0), (alice.Leg.Statistics.PacketsReceived, alice.Leg.Statistics.PacketsNotAuthentic, alice.Leg.Statistics.PacketsReplayed));
    }

    [Fact]
    public void New_keys_hold_from_the_agreement_on()
    {
        var party = _media.ConnectEncrypted(SrtpSuite.AesCm128HmacSha1Tag80);
        party.Say(440);
        _media.Step();
        party.Forget();
        var old = party.Protect!;

        party.Encrypt(SrtpSuite.AeadAes256Gcm);
        party.Leg.Apply(party.Negotiated());
        _media.Run();
        party.Say(440);
        var late = new byte[300];
        var plain = new byte[RtpHeader.Size + 160];
        new RtpHeader(8, false, party.Sequence, 0, party.Ssrc).Write(plain);
        Assert.True(old.TryProtectRtp(plain, late, out var length));
        party.Rtp.Arrive(late[..length], party.From);
        _media.Step(3);

        Assert.Equal(3, party.Sent.Count());
        Assert.Equal((2, 1), (party.Leg.Statistics.PacketsReceived, party.Leg.Statistics.PacketsNotAuthentic));
    }

    [Fact]
    public void A_leg_becomes_encrypted_and_plain_again_by_agreement()
    {
        var party = _media.Connect();
        party.Say(440);
        _media.Step();
        party.Forget();

        party.Encrypt(SrtpSuite.AesCm128HmacSha1Tag80);
        party.Leg.Apply(party.Negotiated());
        _media.Run();
        party.Say(440);
        _media.Step(2);
        Assert.Equal(2, party.Sent.Count());
        Assert.Equal(2, party.Leg.Statistics.PacketsReceived);
        party.Forget();

        party.Use(null);
        party.Leg.Apply(party.Negotiated());
        _media.Run();
        party.Say(440);
        _media.Step(2);
        Assert.All(party.Rtp.Sent, sent => Assert.Equal(RtpHeader.Size + 160, sent.Datagram.Length));
        Assert.Equal(3, party.Leg.Statistics.PacketsReceived);
    }

    [Fact]
    public void A_party_that_restarts_its_stream_is_heard()
    {
        var (alice, bob) = (_media.ConnectEncrypted(SrtpSuite.AesCm128HmacSha1Tag80), _media.Connect());
        Bridge(alice, bob);
        _media.Step(5, _ => alice.Say(440));

        (alice.Ssrc, alice.Sequence, alice.Timestamp) = (0x9999, 60_000, 1);
        _media.Step(5, _ => alice.Say(440));

        Assert.Equal(10, bob.Sent.Count());
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Reports_go_out_and_come_in_encrypted(SrtpSuite suite)
    {
        var party = _media.ConnectEncrypted(suite);
        _media.Step(50 * 6, _ => party.Say(440));

        var sent = Assert.Single(party.Rtcp.Sent).Datagram;
        Assert.Equal(SrtpVerdict.Authentic, party.Unprotect!.UnprotectRtcp(sent, out var length));
        var reader = new RtcpReader(sent.AsSpan(0, length));
        Assert.True(reader.TryRead(out var report));
        Assert.Equal(RtcpPacketType.SenderReport, report.Type);
        Assert.True(report.TryReadSource(out var ssrc));

        var datagram = new byte[160];
        var writer = new RtcpWriter(datagram);
        writer.TryWriteReceiverReport(party.Ssrc, [new RtcpReportBlock(ssrc, 64, 5, 100, 3, 0, 0)]);
        var from = new IPEndPoint(party.Remote.Address, party.Remote.Port + 1).Serialize();
        party.Rtcp.Arrive(datagram[..writer.Length], from);
        _media.Run();
        Assert.Equal((0.0, 1), (party.Leg.Statistics.RemoteLoss, party.Leg.Statistics.PacketsNotAuthentic));

        party.Rtcp.Arrive(datagram[..party.Protect!.ProtectRtcp(datagram, writer.Length)], from);
        _media.Run();
        Assert.Equal(0.25, party.Leg.Statistics.RemoteLoss);

        party.Leg.Dispose();
        _media.Run();
        var bye = party.Rtcp.Sent[^1].Datagram;
        Assert.Equal(SrtpVerdict.Authentic, party.Unprotect.UnprotectRtcp(bye, out length));
        Assert.Equal(RtcpPacketType.Goodbye, LastTypeOf(bye.AsSpan(0, length)));
    }

    [Fact]
    public void Reports_on_the_port_of_rtp_are_encrypted_too()
    {
        var party = _media.Opened();
        party.Encrypt(SrtpSuite.AeadAes128Gcm);
        party.Leg.Apply(party.Negotiated() with { RtcpMux = true, RemoteRtcp = party.Remote });
        _media.Run();
        party.Say(440);
        _media.Step();
        var datagram = new byte[160];
        var writer = new RtcpWriter(datagram);
        writer.TryWriteReceiverReport(party.Ssrc, [new RtcpReportBlock(party.Sent.First().Header.Ssrc, 128, 5, 100, 3, 0, 0)]);

        party.Rtp.Arrive(datagram[..party.Protect!.ProtectRtcp(datagram, writer.Length)], party.From);
        _media.Run();

        Assert.Equal(0.5, party.Leg.Statistics.RemoteLoss);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Relaying_ten_thousand_encrypted_packets_allocates_nothing(SrtpSuite suite)
    {
        var (alice, bob) = (_media.ConnectEncrypted(suite), _media.ConnectEncrypted(suite));
        Bridge(alice, bob);
        bob.Rtp.ForgetSent = true;
        for (var i = 0; i < 100; i++)
            alice.Say(440);
        _media.Run();
        for (var i = 0; i < 10_000; i++)
            alice.Say(440);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _media.Run();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(10_100, bob.Rtp.SentCount);
        Assert.Equal(0, allocated);
    }

    private static RtcpPacketType LastTypeOf(ReadOnlySpan<byte> datagram)
    {
        var type = default(RtcpPacketType);
        var reader = new RtcpReader(datagram);
        while (reader.TryRead(out var packet))
            type = packet.Type;
        return type;
    }
}

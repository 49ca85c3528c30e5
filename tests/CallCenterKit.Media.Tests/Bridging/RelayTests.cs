using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Sdp;
using CallCenterKit.Media.Tests.Engine;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Bridging;

public sealed class RelayTests : IDisposable
{
    private readonly SteppedMedia _media = new();
    private readonly AudioBridge _bridge;
    private readonly Party _alice;
    private readonly Party _bob;

    public RelayTests()
    {
        _bridge = _media.Engine.CreateBridge();
        _alice = _media.Connect();
        _bob = _media.Connect();
        _bridge.Add(_alice.Leg, new BridgeRole.Member());
        _bridge.Add(_bob.Leg, new BridgeRole.Member());
        _media.Run();
    }

    public void Dispose() => _media.Dispose();

    [Fact]
    public void Payloads_pass_unchanged_in_the_peers_own_numbers()
    {
        var said = new List<byte[]>();
        _media.Step(20, _ => said.Add(_alice.Say(440)));

        var sent = _bob.Sent.ToList();
        Assert.Equal(said, sent.Select(packet => packet.Payload));
        MediaLegTests.AssertUnbroken(sent);
        Assert.All(sent, packet => Assert.NotEqual(_alice.Ssrc, packet.Header.Ssrc));
        Assert.Empty(_alice.Sent);
    }

    [Fact]
    public void Both_hear_each_other_as_soon_as_the_packet_comes()
    {
        _alice.Say(440);
        _bob.Say(600);
        _media.Run();

        Assert.Single(_alice.Sent);
        Assert.Single(_bob.Sent);
    }

    [Fact]
    public void A_packet_with_extension_and_padding_is_passed_on_bare()
    {
        byte[] packet =
        [
            0xB0, 8, 0, 9, 0, 0, 1, 0, 0, 0, 0, 7,            // version 2, padding, extension
            0xBE, 0xDE, 0, 1, 0x10, 0x20, 0, 0,               // one word of extension
            1, 2, 3, 4, 5, 6, 0, 2,                           // six bytes of audio, two of padding
        ];
        _alice.Rtp.Arrive(packet, _alice.From);
        _media.Run();

        var sent = Assert.Single(_bob.Rtp.Sent).Datagram;
        Assert.Equal(0x80, sent[0]);
        Assert.Equal([1, 2, 3, 4, 5, 6], sent[12..]);
    }

    [Fact]
    public void Key_presses_pass_with_the_peers_payload_type_and_are_told()
    {
        _bob.Leg.Apply(_bob.Negotiated() with { TelephoneEventPayloadType = 96 });
        _alice.Say(440);
        _alice.Press('7');
        _alice.Say(440);
        _media.Step();

        Assert.Equal('7', Assert.Single(_alice.Sink.Digits).Digit);
        Assert.Empty(_bob.Sink.Digits);
        var events = _bob.Sent.Where(packet => packet.Header.PayloadType == 96).ToList();
        Assert.Equal(7, events.Count);
        Assert.Single(events.Select(packet => packet.Header.Timestamp).Distinct());
        Assert.Equal(3, events.Count(packet => (packet.Payload[1] & 0x80) != 0));
        MediaLegTests.AssertUnbroken(_bob.Sent);
    }

    [Fact]
    public void A_peer_that_takes_no_events_is_not_sent_any()
    {
        _bob.Leg.Apply(_bob.Negotiated() with { TelephoneEventPayloadType = null });
        _alice.Press('7');
        _media.Step();

        Assert.Empty(_bob.Sent);
        Assert.Single(_alice.Sink.Digits);
    }

    [Fact]
    public void A_held_party_is_sent_nothing_and_not_heard()
    {
        _bob.Leg.Apply(_bob.Negotiated(MediaDirection.Inactive));
        _media.Step(5, _ =>
        {
            _alice.Say(440);
            _bob.Say(600);
        });

        Assert.Empty(_bob.Sent);
        Assert.Empty(_alice.Sent);
    }

    [Fact]
    public void What_is_played_to_a_bridged_leg_is_heard_instead_of_the_peer()
    {
        _media.Step(5, _ => _alice.Say(440));
        _bob.Forget();
        _bob.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Beep)]));
        _media.Step(10, _ => _alice.Say(440));
        Assert.True(Tone.LevelOf(_bob.Heard(), 1000) > 5000);
        Assert.True(Tone.Lacks(_bob.Heard(), 440));

        _media.Step();
        _bob.Forget();
        _media.Step(10, _ => _alice.Say(440));
        Assert.True(Tone.Has(_bob.Heard(), 440));
    }

    [Fact]
    public void Joining_stops_what_was_played()
    {
        var carol = _media.Connect();
        var music = carol.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Dial)], Loop: true));
        _media.Step(5);

        _bridge.Add(carol.Leg, new BridgeRole.Listener());
        _media.Run();

        Assert.True(music.Completed.IsCompletedSuccessfully);
        Assert.Equal(PlaybackOutcome.Stopped, Assert.Single(carol.Sink.Ended).End.Outcome);
    }

    [Fact]
    public void After_a_leg_has_left_neither_hears_the_other_and_both_hear_silence()
    {
        _bridge.Remove(_bob.Leg);
        _media.Step(10, _ =>
        {
            _alice.Say(440);
            _bob.Say(600);
        });

        Assert.True(Tone.Lacks(_alice.Heard(), 600));
        Assert.True(Tone.Lacks(_bob.Heard(), 440));
        Assert.Equal(10, _alice.SentAudio.Count());
    }

    [Fact]
    public void A_leg_that_closes_leaves_by_itself()
    {
        _bob.Leg.Dispose();
        _media.Step(10, _ => _alice.Say(440));

        Assert.Empty(_bob.Sent);
        Assert.Equal(10, _alice.SentAudio.Count());
    }

    [Fact]
    public void A_leg_that_joins_another_bridge_leaves_the_first()
    {
        var other = _media.Engine.CreateBridge();
        var carol = _media.Connect();
        other.Add(carol.Leg, new BridgeRole.Member());
        other.Add(_bob.Leg, new BridgeRole.Member());
        _bridge.Remove(_bob.Leg);
        _media.Step(10, _ => _bob.Say(600));

        Assert.True(Tone.Has(carol.Heard(), 600));
        Assert.True(Tone.Lacks(_alice.Heard(), 600));
    }

    [Fact]
    public void A_leg_of_another_engine_is_refused()
    {
        using var other = new SteppedMedia();

        Assert.Throws<ArgumentException>(() => _bridge.Add(other.Connect().Leg, new BridgeRole.Member()));
    }

    [Fact]
    public void Codecs_that_become_the_same_are_relayed_and_different_ones_mixed()
    {
        var carol = _media.Connect(AudioCodecs.Pcmu);
        var bridge = _media.Engine.CreateBridge();
        bridge.Add(_alice.Leg, new BridgeRole.Member());
        bridge.Add(carol.Leg, new BridgeRole.Member());
        _media.Step(20, _ =>
        {
            _alice.Say(440);
            carol.Say(600);
        });

        Assert.True(Tone.Has(carol.Heard().AsSpan(320), 440));
        Assert.True(Tone.Has(_alice.Heard().AsSpan(320), 600));
        Assert.Equal(0, carol.Sent.Last().Header.PayloadType);
        Assert.Equal(8, _alice.Sent.Last().Header.PayloadType);
    }

    [Fact]
    public void A_party_that_switches_to_another_agreed_format_is_still_understood()
    {
        _alice.Leg.Apply(_alice.Negotiated() with
        {
            ReceiveFormats = [new ReceiveFormat(8, AudioCodecs.Pcma), new ReceiveFormat(0, AudioCodecs.Pcmu)],
        });
        _media.Step(5, _ => _alice.Say(440));
        _bob.Forget();

        var encoder = AudioCodecs.Pcmu.CreateEncoder();
        var payload = new byte[160];
        _media.Step(20, i =>
        {
            encoder.Encode(Tone.Sine(440, i * 160, 160), payload);
            _alice.Arrive(new RtpHeader(0, false, _alice.Sequence++, _alice.Timestamp, _alice.Ssrc), payload);
            _alice.Timestamp += 160;
        });

        Assert.All(_bob.Sent, packet => Assert.Equal(8, packet.Header.PayloadType));
        Assert.True(Tone.Has(_bob.Heard().AsSpan(640), 440));
    }

    [Fact]
    public void Relaying_ten_thousand_packets_allocates_nothing()
    {
        _bob.Rtp.ForgetSent = true;
        _alice.Rtp.ForgetSent = true;
        for (var i = 0; i < 100; i++)
            _alice.Say(440);
        _media.Run();
        for (var i = 0; i < 10_000; i++)
            _alice.Say(440);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _media.Run();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(10_100, _bob.Rtp.SentCount);
        Assert.Equal(0, allocated);
    }
}

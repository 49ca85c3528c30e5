using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Tests.Engine;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Bridging;

public sealed class MixerTests : IDisposable
{
    private const int AliceHz = 400;
    private const int BobHz = 700;
    private const int CarolHz = 1100;

    private readonly SteppedMedia _media = new();
    private readonly AudioBridge _bridge;
    private readonly Party _alice;
    private readonly Party _bob;
    private readonly Party _carol;

    public MixerTests()
    {
        _bridge = _media.Engine.CreateBridge();
        _alice = _media.Connect(AudioCodecs.Pcma);
        _bob = _media.Connect(AudioCodecs.Pcma);
        _carol = _media.Connect(AudioCodecs.Pcmu);
        _bridge.Add(_alice.Leg, new BridgeRole.Member());
        _bridge.Add(_bob.Leg, new BridgeRole.Member());
    }

    public void Dispose() => _media.Dispose();

    [Fact]
    public void Each_member_hears_the_others_and_not_itself()
    {
        _bridge.Add(_carol.Leg, new BridgeRole.Member());

        Talk(50);

        AssertHears(_alice, BobHz, CarolHz);
        AssertHears(_bob, AliceHz, CarolHz);
        AssertHears(_carol, AliceHz, BobHz);
    }

    [Fact]
    public void A_listener_hears_all_and_is_heard_by_nobody()
    {
        _bridge.Add(_carol.Leg, new BridgeRole.Listener());

        Talk(50);

        AssertHears(_alice, BobHz);
        AssertHears(_bob, AliceHz);
        AssertHears(_carol, AliceHz, BobHz);
    }

    [Fact]
    public void A_whisper_is_heard_by_its_leg_only()
    {
        _bridge.Add(_carol.Leg, new BridgeRole.Whisper(_bob.Leg));

        Talk(50);

        AssertHears(_alice, BobHz);
        AssertHears(_bob, AliceHz, CarolHz);
        AssertHears(_carol, AliceHz, BobHz);
    }

    [Fact]
    public void A_role_changes_in_place()
    {
        _bridge.Add(_carol.Leg, new BridgeRole.Listener());
        Talk(50);
        _bridge.SetRole(_carol.Leg, new BridgeRole.Whisper(_alice.Leg));
        Talk(50);
        AssertHears(_alice, BobHz, CarolHz);
        AssertHears(_bob, AliceHz);

        _bridge.SetRole(_carol.Leg, new BridgeRole.Member());
        Talk(50);
        AssertHears(_bob, AliceHz, CarolHz);
        MediaLegTests.AssertUnbroken(_carol.Sent);
    }

    [Fact]
    public void A_supervisor_joins_and_leaves_without_a_gap_longer_than_a_frame()
    {
        Talk(50);
        _alice.Forget();
        Talk(20, forget: false);
        _bridge.Add(_carol.Leg, new BridgeRole.Listener());
        Talk(20, forget: false);
        _bridge.Remove(_carol.Leg);
        Talk(20, forget: false);

        var heard = _alice.Heard();
        Assert.InRange(heard.Length, 58 * 160, 62 * 160);
        Assert.InRange(LongestQuiet(heard), 0, 160);
        MediaLegTests.AssertUnbroken(_alice.Sent);
    }

    [Fact]
    public void After_the_third_has_gone_two_members_are_relayed_again()
    {
        _bridge.Add(_carol.Leg, new BridgeRole.Member());
        Talk(20);
        _carol.Leg.Dispose();
        _media.Run();
        _bob.Forget();

        var said = _alice.Say(AliceHz);
        _media.Run();

        Assert.Equal(said, Assert.Single(_bob.Sent).Payload);
    }

    [Fact]
    public void Loud_members_are_clipped_and_do_not_wrap()
    {
        _bridge.Add(_carol.Leg, new BridgeRole.Member());
        var loudA = new byte[160];
        var loudU = new byte[160];
        _bob.Codec.CreateEncoder().Encode(Enumerable.Repeat((short)30000, 160).ToArray(), loudA);
        _carol.Codec.CreateEncoder().Encode(Enumerable.Repeat((short)30000, 160).ToArray(), loudU);

        _media.Step(20, _ =>
        {
            _bob.SayPayload(loudA);
            _carol.SayPayload(loudU);
        });

        Assert.All(_alice.Heard().Skip(640), sample => Assert.InRange(sample, 31000, short.MaxValue));
    }

    [Fact]
    public void Uneven_arrival_costs_delay_once_and_then_nothing()
    {
        _bridge.Add(_carol.Leg, new BridgeRole.Listener());
        // Every packet comes alternately on time and 20 ms late, together with the next.
        _media.Step(200, i =>
        {
            if (i % 2 == 0)
                return;
            _alice.Say(AliceHz);
            _alice.Say(AliceHz);
        });

        var heard = _bob.Heard();
        Assert.True(Tone.Has(heard.AsSpan(50 * 160), AliceHz));
        Assert.InRange(LongestQuiet(heard.AsSpan(50 * 160)), 0, 8);
    }

    [Fact]
    public void A_lost_packet_is_concealed_and_moves_nothing()
    {
        _bridge.Add(_carol.Leg, new BridgeRole.Listener());
        _media.Step(50, i =>
        {
            if (i == 25)
                _alice.SayLost();
            else
                _alice.Say(AliceHz);
        });

        var heard = _bob.Heard();
        Assert.InRange(heard.Length, 49 * 160, 50 * 160);
        Assert.InRange(LongestQuiet(heard.AsSpan(320)), 0, 8);
        Assert.True(Tone.Has(heard.AsSpan(25 * 160, 160), AliceHz));
    }

    [Fact]
    public void A_key_pressed_in_a_mix_is_repeated_to_those_who_hear_the_leg()
    {
        _bridge.Add(_carol.Leg, new BridgeRole.Listener());
        _media.Step(5);
        _alice.Press('4');
        _media.Step(30);

        Assert.Equal('4', Assert.Single(_alice.Sink.Digits).Digit);
        Assert.All(_bob.SentEvents, packet => Assert.Equal(4, packet.Payload[0]));
        Assert.Single(_bob.SentEvents.Select(packet => packet.Header.Timestamp).Distinct());
        Assert.NotEmpty(_carol.SentEvents);
        Assert.Empty(_alice.SentEvents);

        _carol.Press('9');
        _media.Step(30);
        Assert.DoesNotContain(_bob.SentEvents, packet => packet.Payload[0] == 9);
    }

    [Fact]
    public void Mixing_allocates_nothing()
    {
        _bridge.Add(_carol.Leg, new BridgeRole.Member());
        foreach (var party in new[] { _alice, _bob, _carol })
            party.Rtp.ForgetSent = true;
        Talk(50, forget: false);
        long allocated = 0;
        for (var i = 0; i < 200; i++)
        {
            _alice.Say(AliceHz);
            _bob.Say(BobHz);
            _carol.Say(CarolHz);
            var before = GC.GetAllocatedBytesForCurrentThread();
            _media.Step();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // Reports apart, which are looked after once a second, nothing is made anew.
        Assert.InRange(allocated, 0, 1000);
    }

    private void Talk(int frames, bool forget = true)
    {
        if (forget)
        {
            _alice.Forget();
            _bob.Forget();
            _carol.Forget();
        }

        _media.Step(frames, _ =>
        {
            _alice.Say(AliceHz);
            _bob.Say(BobHz);
            _carol.Say(CarolHz);
        });
    }

    private static void AssertHears(Party party, params int[] frequencies)
    {
        var heard = party.Heard().AsSpan(5 * 160);
        Assert.True(heard.Length >= 40 * 160);
        foreach (var frequency in new[] { AliceHz, BobHz, CarolHz })
        {
            if (frequencies.Contains(frequency))
                Assert.True(Tone.Has(heard, frequency), $"{frequency} Hz is missing: {Tone.LevelOf(heard, frequency)}");
            else
                Assert.True(Tone.Lacks(heard, frequency), $"{frequency} Hz should not be there: {Tone.LevelOf(heard, frequency)}");
        }
    }

    private static int LongestQuiet(ReadOnlySpan<short> pcm)
    {
        var (longest, run) = (0, 0);
        foreach (var sample in pcm)
        {
            run = Math.Abs((int)sample) < 300 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}

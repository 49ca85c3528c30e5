using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Rtp;
using CallCenterKit.Media.Tests.Engine;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Bridging;

/// <summary>Many parties in one bridge, and bridges that change between relaying and mixing all the time.</summary>
public sealed class ConferenceTests : IDisposable
{
    private static readonly int[] Frequencies = [400, 700, 1100, 1500, 1900, 2300];

    private readonly SteppedMedia _media = new();
    private readonly AudioBridge _bridge;
    private readonly List<Party> _parties = [];

    public ConferenceTests() => _bridge = _media.Engine.CreateBridge();

    public void Dispose() => _media.Dispose();

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Each_hears_all_the_others_at_their_level_and_not_itself(int parties)
    {
        Connect(parties);

        Talk(60, amplitude: 4000);

        for (var listener = 0; listener < parties; listener++)
        {
            var heard = _parties[listener].Heard().AsSpan(8 * Tone.FrameSamples, 48 * Tone.FrameSamples);
            for (var talker = 0; talker < parties; talker++)
            {
                var level = Tone.LevelOf(heard, Frequencies[talker]);
                if (talker == listener)
                    Assert.InRange(level, 0, 40);
                else
                    Assert.InRange(level, 3600, 4400);
            }
        }
    }

    [Fact]
    public void Two_who_whisper_to_one_are_heard_by_that_one_only()
    {
        Connect(4);
        _bridge.SetRole(_parties[2].Leg, new BridgeRole.Whisper(_parties[1].Leg));
        _bridge.SetRole(_parties[3].Leg, new BridgeRole.Whisper(_parties[1].Leg));

        Talk(60, amplitude: 4000);

        AssertHears(0, 1);
        AssertHears(1, 0, 2, 3);
        AssertHears(2, 0, 1);
        AssertHears(3, 0, 1);
    }

    [Fact]
    public void A_whisper_to_one_who_has_left_is_heard_by_nobody()
    {
        Connect(4);
        _bridge.SetRole(_parties[3].Leg, new BridgeRole.Whisper(_parties[1].Leg));
        _bridge.Remove(_parties[1].Leg);

        Talk(60, amplitude: 4000);

        AssertHears(0, 2);
        AssertHears(2, 0);
    }

    [Fact]
    public void Levels_are_measured_while_there_is_a_mix()
    {
        Connect(3);

        _media.Step(50, _ => _parties[0].Say(400)); // an amplitude of 8,000 is -12.2 dB of a full-scale sine, -15.3 dBov

        Assert.InRange(_parties[0].Leg.Statistics.MixedLevel!.Value, -15.8, -14.8);
        Assert.InRange(_parties[1].Leg.Statistics.MixedLevel!.Value, -127, -70);
        _bridge.Remove(_parties[2].Leg);
        _media.Run();
        Assert.All(_parties, party => Assert.Null(party.Leg.Statistics.MixedLevel));
    }

    [Fact]
    public void A_supervisor_who_comes_and_goes_all_the_time_breaks_no_stream()
    {
        Connect(2);
        var boss = _media.Connect(AudioCodecs.Pcma);
        var random = new Random(3);
        Talk(20);
        _parties.ForEach(party => party.Forget());

        for (var i = 0; i < 60; i++)
        {
            if (i % 2 == 0)
                _bridge.Add(boss.Leg, (i % 3) switch { 0 => new BridgeRole.Listener(), 1 => new BridgeRole.Whisper(_parties[0].Leg), _ => new BridgeRole.Member() });
            else
                _bridge.Remove(boss.Leg);
            Talk(random.Next(1, 6));
        }

        Assert.All(_parties, party => MediaLegTests.AssertUnbroken(party.SentAudio));
        Assert.All(_parties.SelectMany(party => party.SentAudio.Zip(party.SentAudio.Skip(1))), pair =>
            Assert.InRange(RtpArithmetic.TimestampDistance(pair.First.Header.Timestamp, pair.Second.Header.Timestamp), 1, 2 * Tone.FrameSamples));
        Assert.All(_parties, party =>
        {
            var heard = party.Heard();
            Assert.InRange(LongestQuiet(heard), 0, Tone.FrameSamples);
            Assert.InRange(heard.Length / Tone.FrameSamples, SpokenFrames - 20 - 30, SpokenFrames - 20 + 30); // of 60 changes every second may cost a frame
        });
    }

    [Fact]
    public void After_any_number_of_changes_two_are_relayed_byte_by_byte()
    {
        Connect(2);
        var boss = _media.Connect(AudioCodecs.Pcma);
        for (var i = 0; i < 10; i++)
        {
            _bridge.Add(boss.Leg, new BridgeRole.Listener());
            Talk(3);
            _bridge.Remove(boss.Leg);
            Talk(3);
        }
        _parties[1].Forget();

        var said = _parties[0].Say(400);
        _media.Run(); // no time passes

        Assert.Equal(said, Assert.Single(_parties[1].SentAudio).Payload);
    }

    private int SpokenFrames { get; set; }

    private void Connect(int parties)
    {
        for (var i = 0; i < parties; i++)
        {
            _parties.Add(_media.Connect(AudioCodecs.Pcma));
            _bridge.Add(_parties[i].Leg, new BridgeRole.Member());
        }

        _media.Run();
    }

    private void Talk(int frames, int amplitude = 8000)
    {
        _media.Step(frames, _ =>
        {
            for (var i = 0; i < _parties.Count; i++)
                _parties[i].Say(Frequencies[i], amplitude);
            SpokenFrames++;
        });
    }

    private void AssertHears(int listener, params int[] talkers)
    {
        var heard = _parties[listener].Heard().AsSpan(8 * Tone.FrameSamples);
        for (var talker = 0; talker < _parties.Count; talker++)
        {
            var level = Tone.LevelOf(heard, Frequencies[talker]);
            Assert.True(talkers.Contains(talker) ? level > 3400 : level < 40, $"{listener} hears {talker} at {level}.");
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

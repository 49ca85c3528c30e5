using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Recording;

/// <summary>What was lost on the way sounds in a recording as it does at a phone; where nothing was said nothing is made up.</summary>
public sealed class RecordingLossTests : IDisposable
{
    private const int VoiceHz = 440;
    private const int SecretHz = 1209;
    private const int Before = 50;

    private readonly SteppedMedia _media = new();
    private readonly TestWav _files = new();

    public void Dispose()
    {
        _media.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_lost_packet_sounds_like_the_voice_before_it(int lost)
    {
        var party = _media.Connect();
        var recording = Start(party);
        Say(party, Before);
        _media.Step(lost, _ => party.SayLost());
        Say(party, Before);

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        var hole = Frames(left, Before, lost);
        Assert.True(Tone.LevelOf(hole[..Tone.FrameSamples], VoiceHz) > 6000, $"The first 20 ms have level {Tone.LevelOf(hole[..Tone.FrameSamples], VoiceHz)}.");
        Assert.True(Tone.LevelOf(hole, VoiceHz) > 4000);
        Assert.True(Tone.Has(Frames(left, Before + lost, Before), VoiceHz));
        Assert.Equal(((2 * Before) + lost) * Tone.FrameSamples, left.Length);
    }

    [Fact]
    public async Task A_long_loss_fades_to_silence()
    {
        var party = _media.Connect();
        var recording = Start(party);
        Say(party, Before);
        _media.Step(12, _ => party.SayLost());
        Say(party, Before);

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        Assert.True(Tone.LevelOf(Frames(left, Before, 1), VoiceHz) > 6000);
        Assert.InRange(Tone.LevelOf(Frames(left, Before + 2, 1), VoiceHz), 200, 4000);
        AssertSilent(Frames(left, Before + 3, 9));
        Assert.True(Tone.Has(Frames(left, Before + 13, Before - 1), VoiceHz));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public async Task A_sender_that_pauses_is_silent(int frames)
    {
        var party = _media.Connect();
        var recording = Start(party);
        Say(party, Before);
        _media.Step(frames, _ => party.Timestamp += Tone.FrameSamples);
        Say(party, Before);

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        AssertSilent(Frames(left, Before, frames));
        Assert.True(Tone.Has(Frames(left, Before + frames, Before), VoiceHz));
    }

    [Fact]
    public async Task A_packet_lost_somewhere_in_a_pause_leaves_it_silent()
    {
        var party = _media.Connect();
        var recording = Start(party);
        Say(party, Before);
        _media.Step(8, _ => party.Timestamp += Tone.FrameSamples);
        _media.Step(1, _ => party.SayLost());
        Say(party, Before);

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        AssertSilent(Frames(left, Before, 9));
    }

    [Fact]
    public async Task A_key_press_is_no_loss()
    {
        var party = _media.Connect();
        var recording = Start(party);
        Say(party, Before);
        party.Press('5');
        _media.Step(7);
        Say(party, Before);

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        AssertSilent(Frames(left, Before, 7));
        Assert.Single(party.Sink.Digits);
    }

    [Fact]
    public async Task Keys_that_are_sent_to_the_party_are_no_loss()
    {
        var (alice, bob) = Bridged();
        var recording = Start(alice);
        Say(bob, Before);
        bob.Press('5');
        _media.Step(7);
        Say(bob, Before);

        var (_, right) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        AssertSilent(SentFrames(right, Before, 7));
        Assert.NotEmpty(alice.SentEvents);
    }

    [Fact]
    public async Task A_packet_that_is_only_late_takes_its_own_place()
    {
        var party = _media.Connect();
        var recording = Start(party);
        Say(party, Before);
        var (sequence, timestamp) = (party.Sequence, party.Timestamp);
        _media.Step(1, _ => party.SayLost());
        Say(party, 5);
        var (nowSequence, nowTimestamp) = (party.Sequence, party.Timestamp);
        (party.Sequence, party.Timestamp) = (sequence, timestamp);
        party.Say(VoiceHz, amplitude: 2000);
        (party.Sequence, party.Timestamp) = (nowSequence, nowTimestamp);
        Say(party, Before);

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        Assert.Equal(2000, Tone.LevelOf(Frames(left, Before, 1), VoiceHz), 100.0);
        Assert.True(Tone.Has(Frames(left, Before + 1, 4), VoiceHz));
    }

    [Fact]
    public async Task What_the_party_is_sent_is_concealed_where_a_packet_for_it_was_lost()
    {
        var (alice, bob) = Bridged();
        var recording = Start(alice);
        Say(bob, Before);
        _media.Step(1, _ => bob.SayLost());
        Say(bob, Before);

        var (_, right) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        Assert.True(Tone.LevelOf(SentFrames(right, Before, 1), VoiceHz) > 6000);
    }

    [Fact]
    public async Task What_is_lost_after_a_pause_is_not_made_of_what_was_said_in_it()
    {
        var party = _media.Connect();
        var recording = Start(party);
        Say(party, Before);
        recording.Pause();
        _media.Step(10, _ => party.Say(SecretHz));
        recording.Resume();
        _media.Step(2, _ => party.SayLost());
        Say(party, Before);

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        Assert.True(Tone.PeakLevelOf(left, SecretHz) < 400, $"The secret has level {Tone.PeakLevelOf(left, SecretHz)}.");
        AssertSilent(Frames(left, Before, 12));
        Assert.True(Tone.Has(Frames(left, Before + 12, Before), VoiceHz));
    }

    private (Party Alice, Party Bob) Bridged()
    {
        var (alice, bob) = (_media.Connect(), _media.Connect());
        var bridge = _media.Engine.CreateBridge();
        bridge.Add(alice.Leg, new BridgeRole.Member());
        bridge.Add(bob.Leg, new BridgeRole.Member());
        _media.Run();
        return (alice, bob);
    }

    private RecordingSession Start(Party party)
    {
        var recording = _media.Engine.Record(party.Leg, new RecordingOptions(_files.PathOf("call.wav")));
        _media.Run();
        return recording;
    }

    private void Say(Party party, int frames) => _media.Step(frames, _ => party.Say(VoiceHz));

    private async Task<RecordingResult> StopAsync(RecordingSession recording)
    {
        var stopping = recording.StopAsync();
        _media.Run();
        return await stopping;
    }

    /// <summary>What was said in these frames.</summary>
    private static ReadOnlySpan<short> Frames(short[] pcm, int first, int count) => pcm.AsSpan(first * Tone.FrameSamples, count * Tone.FrameSamples);

    /// <summary>What the party was sent of that: a packet goes at the end of the frame in which it is said.</summary>
    private static ReadOnlySpan<short> SentFrames(short[] pcm, int first, int count) => Frames(pcm, first + 1, count);

    private static void AssertSilent(ReadOnlySpan<short> pcm) => Assert.Equal(-1, pcm.IndexOfAnyExcept((short)0));
}

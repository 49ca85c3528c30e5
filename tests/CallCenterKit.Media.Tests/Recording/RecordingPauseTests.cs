using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;

namespace CallCenterKit.Media.Tests.Recording;

/// <summary>Nothing said in a pause may be found in the file: card numbers are read out there.</summary>
public sealed class RecordingPauseTests : RecordedLegs
{
    private const int VoiceHz = 440;
    private const int SecretHz = 1209;
    private const int Second = 8000;

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(25)]
    public async Task What_was_said_in_the_pause_and_comes_after_it_stays_out(int heldUp)
    {
        var party = Media.Connect();
        var recording = Record(party);
        Media.Step(50, _ => party.Say(VoiceHz));
        recording.Pause();
        Media.Step(50 - heldUp, _ => party.Say(SecretHz));
        var (sequence, timestamp) = (party.Sequence, party.Timestamp);
        Media.Step(heldUp, _ => party.SayLost());
        recording.Resume();

        var (nowSequence, nowTimestamp) = (party.Sequence, party.Timestamp);
        (party.Sequence, party.Timestamp) = (sequence, timestamp);
        for (var i = 0; i < heldUp; i++)
            party.Say(SecretHz);
        Assert.Equal((nowSequence, nowTimestamp), (party.Sequence, party.Timestamp));
        Media.Step(50, _ => party.Say(VoiceHz));

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        Assert.True(Tone.PeakLevelOf(left, SecretHz) < 400, $"The secret has level {Tone.PeakLevelOf(left, SecretHz)}.");
        AssertSilent(left, Second, 2 * Second);
        Assert.True(Tone.Has(left.AsSpan(320, Second - 640), VoiceHz));
        Assert.True(Tone.Has(left.AsSpan((2 * Second) + 320, Second - 640), VoiceHz));
    }

    [Fact]
    public async Task What_was_said_before_the_pause_stays_to_the_last_packet()
    {
        var party = Media.Connect();
        var recording = Record(party);
        Media.Step(49, _ => party.Say(VoiceHz));
        party.Say(VoiceHz);
        Media.Run();                                         // in the ring or in the window, not in the file
        recording.Pause();
        Media.Step(50);

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        Assert.True(Tone.Has(left.AsSpan(7840 - 320, 320), VoiceHz));
        AssertSilent(left, 49 * 160, left.Length);
    }

    [Fact]
    public async Task A_voice_ahead_of_the_clock_falls_silent_where_the_pause_begins()
    {
        var party = Media.Connect();
        var recording = Record(party);
        Media.Step(46, _ => party.Say(VoiceHz));
        for (var i = 0; i < 5; i++)
            party.Say(VoiceHz);
        Media.Step();
        recording.Pause();
        Media.Step(3);
        recording.Resume();
        Media.Step(47);

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        Assert.True(Tone.Has(left.AsSpan(320, (47 * 160) - 320), VoiceHz));
        AssertSilent(left, 47 * 160, 50 * 160);
    }

    [Fact]
    public async Task A_pause_that_becomes_known_late_is_silent_from_its_beginning()
    {
        var party = Media.Connect();
        var recording = Record(party);
        Media.Step(50, _ => party.Say(VoiceHz));
        Assert.Equal(TimeSpan.FromSeconds(1), recording.Duration);
        recording.Tap.Pauses.Begin(Second - 1200);
        Media.Step(50, _ => party.Say(SecretHz));

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        Assert.True(Tone.Has(left.AsSpan(320, Second - 1520), VoiceHz));
        AssertSilent(left, Second - 1200, 2 * Second);
    }

    [Fact]
    public async Task Many_short_pauses_are_each_silent()
    {
        var party = Media.Connect();
        var recording = Record(party);
        for (var i = 0; i < 10; i++)
        {
            Media.Step(10, _ => party.Say(VoiceHz));
            recording.Pause();
            recording.Pause();
            Media.Step(10, _ => party.Say(SecretHz));
            recording.Resume();
            recording.Resume();
        }

        var (left, right) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        Assert.Equal(10 * 20 * 160, left.Length);
        Assert.True(Tone.PeakLevelOf(left, SecretHz) < 400);
        for (var i = 0; i < 10; i++)
        {
            AssertSilent(left, ((20 * i) + 10) * 160, (20 * i + 20) * 160);
            AssertSilent(right, ((20 * i) + 10) * 160, (20 * i + 20) * 160);
            Assert.True(Tone.Has(left.AsSpan(((20 * i) + 2) * 160, 8 * 160), VoiceHz), $"after pause {i}");
        }
    }

    [Fact]
    public async Task A_recording_that_starts_paused_begins_where_it_is_resumed()
    {
        var party = Media.Connect();
        var recording = Record(party, startPaused: true);
        Media.Step(50, _ => party.Say(SecretHz));
        recording.Resume();
        Media.Step(50, _ => party.Say(VoiceHz));

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        AssertSilent(left, 0, Second);
        Assert.True(Tone.Has(left.AsSpan(Second + 320, Second - 480), VoiceHz));
    }

    [Fact]
    public async Task A_key_pressed_in_the_pause_or_outside_is_no_sound_in_the_file()
    {
        var party = Media.Connect();
        var recording = Record(party);
        party.Press('4');
        Media.Step(10);
        recording.Pause();
        party.Press('2');
        Media.Step(10);
        recording.Resume();
        Media.Step(10);

        var (left, right) = TestWav.ReadStereo((await StopAsync(recording)).Path);
        AssertSilent(left, 0, left.Length);
        AssertSilent(right, 1600, 3200);
        Assert.Equal(2, party.Sink.Digits.Count);
    }

    private static void AssertSilent(short[] pcm, int from, int to) => Assert.Equal(-1, Array.FindIndex(pcm, from, to - from, sample => sample != 0));
}

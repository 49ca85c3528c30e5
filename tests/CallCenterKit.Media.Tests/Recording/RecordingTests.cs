using CallCenterKit.Media.Bridging;
using CallCenterKit.Media.Codecs;
using CallCenterKit.Media.Playback;
using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Recording;

public sealed class RecordingTests : RecordedLegs
{
    [Fact]
    public async Task The_party_is_left_and_what_it_is_sent_is_right()
    {
        var (alice, bob) = Bridged();
        var recording = Record(alice);
        Talk(alice, bob, 100);

        var result = await StopAsync(recording);

        Assert.Null(result.Fault);
        Assert.Equal(0, result.DroppedPackets);
        var (left, right) = TestWav.ReadStereo(result.Path);
        AssertLength(left, TimeSpan.FromSeconds(2));
        Assert.Equal(result.Duration, TimeSpan.FromSeconds(left.Length / 8000.0));
        Assert.True(Tone.Has(left.AsSpan(320), 440));
        Assert.True(Tone.Lacks(left, 700));
        Assert.True(Tone.Has(right.AsSpan(320), 700));
        Assert.True(Tone.Lacks(right, 440));
    }

    [Fact]
    public async Task Lost_packets_and_silence_keep_their_length_on_both_sides()
    {
        var (alice, bob) = Bridged();
        var recording = Record(alice);
        Media.Step(200, i =>
        {
            if (i is >= 50 and < 100)
                alice.SayLost();
            else
                alice.Say(440);
            if (i < 150)
                bob.Say(700);
        });

        var (left, right) = TestWav.ReadStereo((await StopAsync(recording)).Path);

        AssertLength(left, TimeSpan.FromSeconds(4));
        Assert.True(Tone.Has(left.AsSpan(320, 7600), 440));
        Assert.True(Tone.Lacks(left.AsSpan(8320, 7300), 440));
        Assert.True(Tone.Has(left.AsSpan(16320, 15000), 440));
        Assert.True(Tone.Has(right.AsSpan(320, 23000), 700));
        Assert.True(Tone.Lacks(right.AsSpan(24400, 7000), 700));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(15)]
    public async Task Packets_that_were_held_up_together_move_nothing_on_the_time_line(int together)
    {
        var party = Media.Connect();
        var recording = Record(party);
        party.Say(440);
        Media.Step();
        Media.Step(200, i =>
        {
            if (i % together != together - 1)
                return;
            for (var late = 0; late < together; late++)
                party.Say(440);
        });

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);

        Assert.True(Tone.Has(left.AsSpan(800, 30000), 440));
    }

    [Fact]
    public async Task It_follows_the_leg_from_prompt_to_music_to_agent()
    {
        var party = Media.Connect();
        var agent = Media.Connect(AudioCodecs.Pcmu);
        var recording = Media.Engine.Record(party.Leg, new RecordingOptions(Files.PathOf("call.wav")));
        party.Leg.Play(new PlayList([new PlayItem.Tone(TonePattern.Dial)], Loop: true));
        Media.Step(50, _ => party.Say(440));
        var bridge = Media.Engine.CreateBridge();
        bridge.Add(party.Leg, new BridgeRole.Member());
        bridge.Add(agent.Leg, new BridgeRole.Member());
        Talk(party, agent, 50);

        var (left, right) = TestWav.ReadStereo((await StopAsync(recording)).Path);

        Assert.True(Tone.Has(left.AsSpan(320, 15000), 440));
        Assert.True(Tone.LevelOf(right.AsSpan(320, 7000), 425) > 5000);
        Assert.True(Tone.Has(right.AsSpan(8640, 7000), 700));
        Assert.True(Tone.LevelOf(right.AsSpan(8640, 7000), 425) < 100);
    }

    [Fact]
    public async Task A_pause_is_silence_of_the_same_length()
    {
        var party = Media.Connect();
        var recording = Record(party);
        Media.Step(50, _ => party.Say(440));
        recording.Pause();
        Media.Step(50, _ => party.Say(440));
        recording.Resume();
        Media.Step(50, _ => party.Say(440));

        var (left, _) = TestWav.ReadStereo((await StopAsync(recording)).Path);

        AssertLength(left, TimeSpan.FromSeconds(3));
        Assert.True(Tone.Has(left.AsSpan(320, 7600), 440));
        Assert.All(left.AsSpan(8160, 7800).ToArray(), sample => Assert.Equal(0, sample));
        Assert.True(Tone.Has(left.AsSpan(16160, 7500), 440));
    }

    [Fact]
    public async Task It_ends_with_its_leg()
    {
        var party = Media.Connect();
        var recording = Media.Engine.Record(party.Leg, new RecordingOptions(Files.PathOf("call.wav")));
        Media.Step(50, _ => party.Say(440));
        party.Leg.Dispose();
        Media.Run();

        var result = await recording.Completed;
        Assert.Equal(TimeSpan.FromSeconds(1), result.Duration);
        Assert.Same(result, await recording.StopAsync());
    }

    [Fact]
    public async Task What_is_said_right_before_the_end_is_whole()
    {
        var party = Media.Connect();
        var recording = Media.Engine.Record(party.Leg, new RecordingOptions(Files.PathOf("call.wav")));
        Media.Step(50, _ => party.Say(440));
        party.Leg.Dispose();
        Media.Run();

        var (left, _) = TestWav.ReadStereo((await recording.Completed).Path);
        Assert.Equal(50 * Tone.FrameSamples, left.Length);
        Assert.True(Tone.Has(left.AsSpan(0, Tone.FrameSamples), 440));
        Assert.True(Tone.Has(left.AsSpan(49 * Tone.FrameSamples), 440));
    }

    [Fact]
    public void The_file_is_never_more_than_a_fifth_of_a_second_behind()
    {
        var party = Media.Connect();
        var recording = Media.Engine.Record(party.Leg, new RecordingOptions(Files.PathOf("call.wav")));
        Media.Step(100, _ => party.Say(440));

        var (left, _) = TestWav.ReadStereo(Files.PathOf("call.wav"));
        Assert.InRange(left.Length, 1800 * 8, 16000);
        Assert.True(Tone.Has(left.AsSpan(320, left.Length - 480), 440));
        Assert.Equal(left.Length / 8000.0, recording.Duration.TotalSeconds, 3);
    }

    [Fact]
    public async Task Two_recordings_of_a_leg_do_not_disturb_each_other()
    {
        var party = Media.Connect();
        var first = Media.Engine.Record(party.Leg, new RecordingOptions(Files.PathOf("first.wav")));
        var second = Media.Engine.Record(party.Leg, new RecordingOptions(Files.PathOf("second.wav"), StartPaused: true));
        Media.Step(50, _ => party.Say(440));

        var result = await StopAsync(first);
        Media.Step(50, _ => party.Say(440));
        var silent = await StopAsync(second);

        Assert.Equal(TimeSpan.FromSeconds(1), result.Duration);
        Assert.Equal(TimeSpan.FromSeconds(2), silent.Duration);
        Assert.All(TestWav.ReadStereo(silent.Path).Left, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_told_at_once()
    {
        var party = Media.Connect();

        Assert.ThrowsAny<IOException>(() => Media.Engine.Record(party.Leg, new RecordingOptions(Files.PathOf("no/such/folder.wav"))));
    }

    [Fact]
    public async Task A_failing_disk_ends_the_recording_raises_the_alarm_and_leaves_the_call_alone()
    {
        var alarm = new FakeAlarm();
        using var media = new SteppedMedia(alarm: alarm);
        var path = Files.PathOf("call.wav");
        var party = media.Connect();
        var recording = media.Engine.Record(party.Leg, new RecordingOptions(path));
        media.Step(20, _ => party.Say(440));
        recording.File.Dispose(); // what the disk would do: every later write fails
        media.Step(20, _ => party.Say(440));

        var result = await recording.Completed;
        Assert.NotNull(result.Fault);
        Assert.Same(recording, Assert.Single(alarm.Failed).Recording);
        party.Press('1');
        media.Step(2);
        Assert.Single(party.Sink.Digits);
        TestWav.ReadStereo(path);
    }

    [Fact]
    public async Task A_full_disk_ends_the_recording_keeps_what_was_recorded_and_leaves_the_call_alone()
    {
        var (disk, alarm) = (new FakeDisk { Free = 44 + (2 * 32000) + 700 }, new FakeAlarm());
        using var media = new SteppedMedia(alarm: alarm, recorder: new RecorderParts(disk, OwnThreads: false));
        var party = media.Connect();
        var recording = media.Engine.Record(party.Leg, new RecordingOptions("disk/call.wav"));
        media.Step(150, _ => party.Say(440));

        var result = await recording.Completed;

        Assert.IsType<IOException>(result.Fault);
        Assert.Same(recording, Assert.Single(alarm.Failed).Recording);
        Assert.InRange(result.Duration, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(2.02));
        var file = disk.Read("disk/call.wav");
        Assert.Equal(44 + (result.Duration.TotalSeconds * 32000), result.Bytes);
        Assert.Equal(file.Length, result.Bytes);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)), result.Sha256);
        Assert.True(WavReader.TryRead(file, out var wav, out var problem), problem);
        var left = new short[wav.Length];
        wav.ReadChannel(0, 0, left);
        Assert.True(Tone.Has(left.AsSpan(320, left.Length - 640), 440));
        party.Press('1');
        media.Step(2);
        Assert.Single(party.Sink.Digits);
        Assert.Throws<IOException>(() => media.Engine.Record(party.Leg, new RecordingOptions("disk/next.wav")));
        Assert.Equal(2, alarm.Failed.Count);
        Assert.Equal("disk/call.wav", Assert.Single(disk.Names));
    }

    [Fact]
    public async Task Recording_allocates_nothing_on_theMedia_thread()
    {
        var (alice, bob) = Bridged();
        alice.Rtp.ForgetSent = true;
        bob.Rtp.ForgetSent = true;
        var recording = Media.Engine.Record(alice.Leg, new RecordingOptions(Files.PathOf("call.wav")));
        Media.Step(5, _ => alice.Say(440));
        for (var i = 0; i < 40; i++)
            alice.Say(440);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Media.Run();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(0, (await StopAsync(recording)).DroppedPackets);
    }

    [Fact]
    public void A_full_ring_drops_and_counts()
    {
        var party = Media.Connect();
        var recording = Record(party);
        for (var i = 0; i < 300; i++)
            party.Say(440);
        Media.Run();

        Assert.InRange(recording.Tap.DroppedPackets, 1, 150);
    }

    private static void AssertLength(short[] pcm, TimeSpan expected) =>
        Assert.InRange(TimeSpan.FromSeconds(pcm.Length / 8000.0), expected - SteppedMedia.Frame, expected + SteppedMedia.Frame);
}

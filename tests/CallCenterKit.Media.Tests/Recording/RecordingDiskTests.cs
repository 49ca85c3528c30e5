using CallCenterKit.Media.Recording;
using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Recording;

/// <summary>Disks that hang: recordings wait, and calls never. The writers run on their own threads, the time is virtual.</summary>
public sealed class RecordingDiskTests : IDisposable
{
    private const int VoiceHz = 440;
    private const int FramesPerSecond = 50;

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private readonly FakeDisk _disk = new();
    private readonly FakeAlarm _alarm = new();
    private readonly SteppedMedia _media;
    private readonly Party _party;

    public RecordingDiskTests()
    {
        _media = new SteppedMedia(alarm: _alarm, recorder: new RecorderParts(_disk, OwnThreads: true));
        _party = _media.Connect();
    }

    public void Dispose()
    {
        _disk.Answer();
        _media.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_disk_that_hangs_for_5_s_raises_the_alarm_meanwhile_and_costs_not_one_packet()
    {
        var recording = Record("slow/call.wav");
        Talk(seconds: 1);
        await HangAsync("slow");

        Talk(seconds: 5);

        var stall = Assert.Single(_alarm.Stalled);
        Assert.Equal(("slow", 1), (stall.Volume, stall.Recordings));
        Assert.InRange(stall.Lasted, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.1));
        Assert.Empty(_alarm.Recovered);
        _disk.Answer();
        Talk(seconds: 0.5);
        var result = await StopAsync(recording);
        Assert.Null(result.Fault);
        Assert.Equal(0, result.DroppedPackets);
        AssertVoice(Read("slow/call.wav"), 0.04, result.Duration.TotalSeconds - 0.02);
        await AssertRecoveredAsync();
    }

    [Fact]
    public async Task A_disk_that_hangs_for_30_s_costs_what_memory_cannot_hold_and_no_more()
    {
        var recording = Record("slow/call.wav");
        Talk(seconds: 1);
        await HangAsync("slow");
        Talk(seconds: 30);
        Assert.True(recording.DroppedPackets > 0);
        _disk.Answer();
        for (var i = 0; i < 4; i++)
        {
            await PassAsync("slow");
            Talk(seconds: 0.5);
        }

        var result = await StopAsync(recording);

        Assert.Null(result.Fault);
        var voice = Read("slow/call.wav");
        Assert.InRange(voice.Length / 8000.0, 33, 33.4);
        AssertVoice(voice, 0.04, 11);
        Assert.Equal(-1, Array.FindIndex(voice, 15 * 8000, 15 * 8000, sample => sample != 0));
        AssertVoice(voice, voice.Length / 8000.0 - 1.9, voice.Length / 8000.0 - 0.02);
        Assert.InRange(result.DroppedPackets, 2 * 15 * FramesPerSecond, 2 * 20 * FramesPerSecond);
        Assert.Single(_alarm.Stalled);
    }

    [Fact]
    public async Task Recordings_on_another_disk_go_on()
    {
        var slow = Record("slow/call.wav");
        var healthy = Record("healthy/call.wav");
        Talk(seconds: 1);
        await HangAsync("slow");
        for (var i = 0; i < 6; i++)
        {
            await PassAsync("healthy");
            Talk(seconds: 0.5);
        }

        var result = await StopAsync(healthy);

        Assert.Null(result.Fault);
        AssertVoice(Read("healthy/call.wav"), 0.04, 4);
        Assert.False(slow.Completed.IsCompleted);
        Assert.Equal("slow", Assert.Single(_alarm.Stalled).Volume);
    }

    [Fact]
    public async Task A_recording_that_begins_while_the_disk_hangs_has_its_beginning()
    {
        var first = Record("slow/first.wav");
        Talk(seconds: 1);
        await HangAsync("slow");
        Talk(seconds: 1);
        var second = Record("slow/second.wav");
        Talk(seconds: 4);
        Assert.DoesNotContain("slow/second.wav", _disk.Names);
        _disk.Answer();

        var result = await StopAsync(second);

        Assert.Equal((null, 0, TimeSpan.FromSeconds(4)), (result.Fault, result.DroppedPackets, result.Duration));
        AssertVoice(Read("slow/second.wav"), 0.04, 4);
        await StopAsync(first);
    }

    [Fact]
    public async Task On_a_full_disk_a_new_recording_is_refused_with_the_alarm_and_leaves_nothing()
    {
        _disk.Free = 20;
        var recording = Record("disk/call.wav");

        var result = await recording.Completed.WaitAsync(_limit.Token);

        Assert.IsType<IOException>(result.Fault);
        Assert.Equal((TimeSpan.Zero, null, 0), (result.Duration, result.Sha256, result.Bytes));
        Assert.Empty(_disk.Names);
        _disk.Free = long.MaxValue;
        await PassAsync("disk");                              // the writer tells the alarm before it takes on the next
        Assert.Same(recording, Assert.Single(_alarm.Failed).Recording);
    }

    private RecordingSession Record(string path)
    {
        var recording = _media.Engine.Record(_party.Leg, new RecordingOptions(path));
        _media.Run();
        return recording;
    }

    private void Talk(double seconds) => _media.Step((int)(seconds * FramesPerSecond), _ => _party.Say(VoiceHz));

    private async Task HangAsync(string volume)
    {
        var caught = _disk.HangAsync(volume);
        Talk(seconds: 0.2);                                   // a pass is due
        await caught.WaitAsync(_limit.Token);
    }

    // What waited is written when a recording is that came after it. Virtual time is quicker than a thread: it must not run away.
    private async Task PassAsync(string volume) => await StopAsync(Record($"{volume}/at-{_media.Now.Ticks}.wav"));

    private async Task<RecordingResult> StopAsync(RecordingSession recording)
    {
        var stopping = recording.StopAsync();
        _media.Run();
        return await stopping.WaitAsync(_limit.Token);
    }

    private async Task AssertRecoveredAsync()
    {
        await PassAsync("slow");
        _media.Step();
        var recovered = Assert.Single(_alarm.Recovered);
        Assert.Equal(_alarm.Stalled[0].Since, recovered.Since);
        Assert.InRange(recovered.Lasted, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
    }

    private short[] Read(string path)
    {
        Assert.True(WavReader.TryRead(_disk.Read(path), out var wav, out var problem), problem);
        var left = new short[wav.Length];
        wav.ReadChannel(0, 0, left);
        return left;
    }

    // In each 40 ms of a stretch.
    private static void AssertVoice(short[] pcm, double fromSeconds, double toSeconds)
    {
        for (var at = (int)(fromSeconds * 8000); at + 320 <= (int)(toSeconds * 8000); at += 160)
            Assert.True(Tone.Has(pcm.AsSpan(at, 320), VoiceHz), $"The voice is missing at {at / 8000.0} s of {pcm.Length / 8000.0} s.");
    }
}

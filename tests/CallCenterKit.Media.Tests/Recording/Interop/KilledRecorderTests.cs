using CallCenterKit.Media.Tests.Fakes;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Media.Tests.Recording.Interop;

/// <summary>kill -9 at random moments: every file opens, and holds all that was said until 200 ms before.</summary>
public sealed class KilledRecorderTests : IDisposable
{
    private const int VoiceHz = 440;
    private static readonly TimeSpan MostLost = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(10);

    private static readonly (string Format, string Channels)[] Kinds =
        [("WavPcm16", "Stereo"), ("WavPcm16", "Mono"), ("WavMuLaw", "Stereo"), ("WavMuLaw", "Mono")];

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(9), TimeProvider.System);
    private readonly string _folder = Directory.CreateTempSubdirectory("killed").FullName;

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task After_a_kill_at_any_moment_every_file_opens_and_misses_200_ms_at_most()
    {
        var kills = Environment.GetEnvironmentVariable("CALLCENTERKIT_FULL") == "1" ? 50 : 3;
        var random = new Random(5);
        var lost = new List<TimeSpan>();
        for (var kill = 0; kill < kills; kill++)
            lost.AddRange(await KillAsync(kill, TimeSpan.FromMilliseconds(random.Next(100, 1500))));

        TestContext.Current.TestOutputHelper?.WriteLine($"{lost.Count} files: {lost.Average(time => time.TotalMilliseconds):0} ms lost on average, {lost.Max().TotalMilliseconds:0} ms at most.");
        Assert.All(lost, time => Assert.True(time <= MostLost, $"{time.TotalMilliseconds:0} ms are lost; of all files: {string.Join(' ', lost.Select(each => $"{each.TotalMilliseconds:0}"))}."));
    }

    private async Task<IEnumerable<TimeSpan>> KillAsync(int kill, TimeSpan after)
    {
        using var process = RecordingProcess.Start(_folder);
        var started = new List<(string Path, long At)>();
        foreach (var (format, channels) in Kinds)
        {
            var path = Path.Combine(_folder, $"{kill}-{format}-{channels}.wav");
            started.Add((path, await process.RecordAsync(path, format, channels, _limit.Token)));
        }

        await Task.Delay(after, TimeProvider.System, _limit.Token);
        var spoken = await process.KillAsync(_limit.Token);
        return started.Select(recording => LostIn(recording.Path, recording.At, spoken[0], spoken[1..]));
    }

    /// <summary>How old, at the end, is the first packet that the file does not hold to its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recordedFrom">When its first frame was, in ticks.</param>
    /// <param name="spokenFrom">When the first packet was begun to be said.</param>
    /// <param name="sent">When each was sent: 20 ms later, or later still on a busy machine.</param>
    private static TimeSpan LostIn(string path, long recordedFrom, long spokenFrom, long[] sent)
    {
        var length = SoundPrograms.Open(path);
        var wav = WavReader.Load(path);
        Assert.Equal(wav.Length / 8000.0, length.TotalSeconds, tolerance: 0.001);
        var voice = new short[wav.Length];
        wav.ReadChannel(0, 0, voice);
        var end = Array.FindLastIndex(voice, sample => Math.Abs((int)sample) > 1000) + 1;
        Assert.True(Tone.PeakLevelOf(voice, VoiceHz) > 6000, $"{path} does not hold the voice.");
        var heldUntil = recordedFrom + TimeSpan.FromSeconds(end / 8000.0).Ticks + Tolerance.Ticks;
        var firstLost = Math.Max(0, (heldUntil - spokenFrom) / Packet.Ticks); // a packet lies in the file where it was said
        return firstLost >= sent.Length ? TimeSpan.Zero : TimeSpan.FromTicks(sent[^1] - sent[firstLost]) + Packet;
    }
}

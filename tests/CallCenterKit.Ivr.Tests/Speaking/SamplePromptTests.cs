using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>The recordings in samples/ConsolePbx/prompts/en.</summary>
public class SamplePromptTests
{
    private const long MostBytes = 700_000;

    private static readonly string Folder = Source.Path("samples", "ConsolePbx", "prompts");

    public static TheoryData<string> Recordings =>
        [.. Files().Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_sample_has_every_recording_that_phrases_need()
    {
        var prompts = new PromptFolder(Folder);

        Assert.Empty(new QueuePhrases(prompts, new SpokenEnglish()).MissingFrom(prompts));
    }

    [Theory]
    [InlineData("queue/callback-booked")]
    [InlineData("queue/callback-already-booked")]
    [InlineData("queue/callback-call")]
    [InlineData("queue/closed")]
    [InlineData("queue/name/support")]
    [InlineData("queue/name/sales")]
    [InlineData("login/enter-code")]
    [InlineData("login/enter-pin")]
    [InlineData("login/logged-in")]
    [InlineData("login/logged-out")]
    [InlineData("login/paused")]
    [InlineData("login/ready")]
    [InlineData("login/wrong")]
    [InlineData("agent/hello")]
    public void The_sample_has_what_its_callers_and_agents_are_told(string name) =>
        Assert.True(new PromptFolder(Folder).TryFind($"en/{name}.wav", out _));

    [Theory]
    [MemberData(nameof(Recordings))]
    public void A_recording_is_telephone_speech_without_silence_around_it(string name)
    {
        var audio = WavReader.Load(Path.Combine(Folder, name));
        var pcm = audio.ToMono();

        Assert.Equal((WavEncoding.MuLaw, 1), (audio.Encoding, audio.Channels));
        Assert.InRange(audio.Duration, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(5));
        Assert.InRange(Decibels(pcm), -18, -14);
        Assert.InRange(pcm.Max(sample => Math.Abs((int)sample)), 0, 30_000);   // not clipped
        Assert.InRange(FirstLoud(pcm), 0, WavReader.SampleRateHz / 5);
        Assert.InRange(FirstLoud(pcm.Reverse()), 0, WavReader.SampleRateHz / 5);
    }

    [Fact]
    public void All_together_they_stay_small() => Assert.InRange(Files().Sum(file => new FileInfo(file).Length), 1, MostBytes);

    private static string[] Files() => Directory.GetFiles(Path.Combine(Folder, "en"), "*.wav", SearchOption.AllDirectories);

    private static double Decibels(short[] pcm) => 20 * Math.Log10(Math.Sqrt(pcm.Average(sample => (double)sample * sample)) / short.MaxValue);

    private static int FirstLoud(IEnumerable<short> pcm) => pcm.TakeWhile(sample => Math.Abs((int)sample) < 300).Count();
}

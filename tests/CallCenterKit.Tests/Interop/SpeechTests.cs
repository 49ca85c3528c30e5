using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Tests.Interop;

/// <summary>Texts spoken by the engines that are on this machine.</summary>
public sealed class SpeechTests : IDisposable
{
    private const string Order = "Your order has left our house and will be with you tomorrow.";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("espeak-ng", "en", Order)]
    [InlineData("espeak-ng", "lt", "Jūsų užsakymas išsiųstas ir rytoj bus pas jus.")]
    [InlineData("flite", "en", Order)]
    public async Task A_text_becomes_a_file_that_can_be_played_and_is_made_once(string engine, string language, string text)
    {
        ExternalProgram.Require(engine);
        var texts = Texts(engine);

        var path = await texts.FindAsync(text, language, TestContext.Current.CancellationToken);
        var written = File.GetLastWriteTimeUtc(path);
        var audio = WavReader.Load(path);

        Assert.InRange(audio.Duration.TotalSeconds, 2, 6);
        Assert.True(audio.ToMono().Max(sample => Math.Abs((int)sample)) > 3_000);
        Assert.Equal(path, await Texts(engine).FindAsync(text, language, TestContext.Current.CancellationToken));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
    }

    [Theory]
    [InlineData("espeak-ng")]
    [InlineData("flite")]
    public async Task Nothing_in_a_text_is_taken_for_an_instruction(string engine)
    {
        ExternalProgram.Require(engine);
        var trap = _folder.File("trap");

        var path = await Texts(engine).FindAsync($"--version $(touch {trap}) `touch {trap}`; touch {trap}\n-w {trap}", "en", TestContext.Current.CancellationToken);

        Assert.True(WavReader.Load(path).Duration > TimeSpan.FromSeconds(2));
        Assert.False(File.Exists(trap));
    }

    [Fact]
    public async Task A_voice_that_is_not_there_is_said_by_the_engine()
    {
        ExternalProgram.Require("espeak-ng");

        var fault = await Assert.ThrowsAsync<SpeechException>(() => Texts("espeak-ng").FindAsync(Order, "zzz", CancellationToken.None).AsTask());

        Assert.Contains("espeak-ng", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_nobody_waits_for_is_not_spoken_to_its_end()
    {
        ExternalProgram.Require("espeak-ng");
        using var leaves = new CancellationTokenSource();

        var waiting = new EspeakSpeech().SpeakAsync(string.Concat(Enumerable.Repeat(Order, 2_000)), "en", leaves.Token).AsTask();
        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_engine_that_is_there_has_no_fault()
    {
        ExternalProgram.Require("espeak-ng", "flite");

        Assert.Null(new EspeakSpeech().Fault);
        Assert.Null(new FliteSpeech().Fault);
    }

    public void Dispose() => _folder.Dispose();

    private SpokenTexts Texts(string engine) => new(
        engine == "flite" ? new FliteSpeech() : new EspeakSpeech(),
        new() { Folder = _folder.File("speech"), TimeLimit = Limit },
        TimeProvider.System);
}

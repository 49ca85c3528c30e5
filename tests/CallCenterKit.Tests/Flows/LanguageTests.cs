using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Media.Wav;
using CallCenterKit.Testing;
using CallCenterKit.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenterKit.Tests.Flows;

/// <summary>Callers are spoken to in the language they chose, and texts nobody has recorded are spoken.</summary>
public sealed class LanguageTests
{
    private const double Lithuanian = 1_900;

    [Fact]
    public async Task A_caller_who_chose_a_language_is_told_the_place_in_it()
    {
        await using var center = await TestCenter.StartAsync(cc => cc
            .AddQueue("support", queue => (queue.AnnouncePlace, queue.AnnounceFirst) = (true, TimeSpan.FromSeconds(5)))
            .MapFlow("600", async (call, ct) =>
            {
                await call.AnswerAsync(ct);
                call.Language = "lt";
                await call.QueueAsync("support", ct);
            }));
        WriteTone(Path.Combine(center.PromptFolder, "lt", "queue", "you-are-next.wav"));
        var caller = center.Dial("600");
        await center.AdvanceAsync(0.2);
        var other = center.Dial("500");
        await center.AdvanceAsync(5.4);
        await center.RunAsync(other.HangUpAsync);
        await center.RunAsync(caller.HangUpAsync);
        await center.SettleAsync();

        Assert.True(other.Heard.ToneLevel(Sounds.Phrase, TimeSpan.FromSeconds(0.3)) > -20);
        Assert.True(caller.Heard.ToneLevel(Sounds.Phrase) < -60);
        Assert.True(caller.Heard.ToneLevel(Lithuanian, TimeSpan.FromSeconds(0.4)) > -20);
    }

    [Fact]
    public async Task A_text_is_spoken_by_the_engine_and_kept()
    {
        var engine = new ToneSpeech();
        await using var center = await TestCenter.StartAsync(cc => cc
            .UseTextToSpeech(engine)
            .MapFlow("600", async (call, ct) =>
            {
                await call.AnswerAsync(ct);
                await call.PlayAsync([new PromptPart.Text("Your order is on its way.")], ct);
            }));

        var first = await center.CallAsync(new() { Target = "600" });
        await center.CallAsync(new() { Target = "600" });
        await center.SettleAsync();

        Assert.True(first.Call.Heard.ToneLevel(Lithuanian) > -20);
        Assert.Equal(1, engine.Spoken);
    }

    [Fact]
    public async Task An_engine_or_a_language_that_is_not_there_is_named_at_the_start()
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => TestCenter.StartAsync(cc => cc.Configure(options =>
            (options.Language, options.Speech.Engine) = ("xx", "parrot"))));

        Assert.Contains("Language is 'xx'; languages are 'en', 'lt'.", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Speech: Engine 'parrot' is unknown. Engines: 'espeak-ng', 'flite'.", wrong.Message, StringComparison.Ordinal);
    }

    private static void WriteTone(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var wav = WavWriter.Create(path, channels: 1);
        wav.Append(Tone(8_000, 0.6));
    }

    private static short[] Tone(int rateHz, double seconds) =>
        [.. Enumerable.Range(0, (int)(rateHz * seconds)).Select(i => (short)(8_000 * Math.Sin(Math.Tau * Lithuanian * i / rateHz)))];

    private sealed class ToneSpeech : ITextToSpeech
    {
        public int Spoken { get; private set; }

        public string Name => "tone";

        public string VoiceOf(string language) => language;

        public ValueTask<SpokenAudio> SpeakAsync(string text, string language, CancellationToken cancellationToken)
        {
            Spoken++;
            return new(new SpokenAudio(Tone(22_050, 1), 22_050));
        }
    }
}

using System.Globalization;

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Speaks by espeak-ng, which is found on PATH when it is needed: over a hundred languages, also Lithuanian.</summary>
/// <param name="voices">The voice of a language, by its name; a language that is not here has the voice of its own name.</param>
/// <param name="wordsPerMinute">80 to 450.</param>
public sealed class EspeakSpeech(IReadOnlyDictionary<string, string>? voices = null, int wordsPerMinute = 160) : ITextToSpeech
{
    private const string Program = "espeak-ng";

    /// <inheritdoc />
    public string Name => Program;

    /// <inheritdoc />
    public string? Fault => SpeechProgram.FaultOf(Program);

    /// <inheritdoc />
    public string VoiceOf(string language) => string.Create(CultureInfo.InvariantCulture, $"{VoiceName(language)}/{wordsPerMinute}");

    /// <inheritdoc />
    public async ValueTask<SpokenAudio> SpeakAsync(string text, string language, CancellationToken cancellationToken)
    {
        string[] arguments = ["--stdin", "--stdout", "-b", "1", "-v", VoiceName(language), "-s", wordsPerMinute.ToString(CultureInfo.InvariantCulture)];
        return EngineWav.Read(await SpeechProgram.RunAsync(Program, arguments, text, cancellationToken).ConfigureAwait(false), Program);
    }

    private string VoiceName(string language) => voices?.GetValueOrDefault(language) ?? language;
}

namespace CallCenterKit.Ivr.Speaking;

/// <summary>Speaks English by flite, which is found on PATH when it is needed.</summary>
/// <param name="voice">One of those that <c>flite -lv</c> lists.</param>
public sealed class FliteSpeech(string voice = "slt") : ITextToSpeech
{
    private const string Program = "flite";

    /// <inheritdoc />
    public string Name => Program;

    /// <inheritdoc />
    public string? Fault => SpeechProgram.FaultOf(Program);

    /// <inheritdoc />
    public string VoiceOf(string language) => language == "en"
        ? voice
        : throw new SpeechException($"flite speaks English only, and not '{language}'; espeak-ng knows more languages.");

    /// <inheritdoc />
    /// <remarks>Text and sound are in files of a folder of their own meanwhile: flite reads and writes nothing else.</remarks>
    public async ValueTask<SpokenAudio> SpeakAsync(string text, string language, CancellationToken cancellationToken)
    {
        string[] voiceArguments = ["-voice", VoiceOf(language)];
        SpeechProgram.Require(Program);
        var folder = Directory.CreateTempSubdirectory("flite");
        try
        {
            var (words, sound) = (Path.Combine(folder.FullName, "text"), Path.Combine(folder.FullName, "sound.wav"));
            await File.WriteAllTextAsync(words, text, cancellationToken).ConfigureAwait(false);
            await SpeechProgram.RunAsync(Program, [.. voiceArguments, "-f", words, "-o", sound], "", cancellationToken).ConfigureAwait(false);
            return EngineWav.Read(await File.ReadAllBytesAsync(sound, cancellationToken).ConfigureAwait(false), Program);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using CallCenterKit.Ivr.Prompts;
using CallCenterKit.Ivr.Speaking;
using CallCenterKit.Media.Wav;

namespace CallCenterKit.Tests.Hosting;

/// <summary>Everybody and everything has a tone of its own, in Hz, so that it can be told who is heard.</summary>
internal static class Sounds
{
    public const double Menu = 500;
    public const double Music = 600;
    public const double Hold = 800;
    public const double Confirm = 900;
    public const double Customer = 400;
    public const double Alice = 1000;
    public const double Bob = 1300;

    /// <summary>Every phrase of the machine.</summary>
    public const double Phrase = 700;

    /// <summary>An agent's greeting, 1 s.</summary>
    public const double Greeting = 1600;

    /// <summary>How long each phrase is.</summary>
    public static readonly TimeSpan PhraseLength = TimeSpan.FromSeconds(0.6);

    /// <summary>Writes the prompts of a center into a folder.</summary>
    public static void Write(string folder)
    {
        Write(Path.Combine(folder, "menu.wav"), Menu);
        Write(Path.Combine(folder, "music.wav"), Music);
        Write(Path.Combine(folder, "hold.wav"), Hold);
        Write(Path.Combine(folder, "confirm.wav"), Confirm);
        Write(Path.Combine(folder, "hello.wav"), Greeting);
        foreach (var phrase in Phrases())
            Write(Path.Combine(folder, phrase), Phrase, PhraseLength.TotalSeconds);
    }

    private static IEnumerable<string> Phrases()
    {
        var nothing = new PromptFolder(Path.Combine(Path.GetTempPath(), "no such folder"));
        return new QueuePhrases(nothing, new SpokenEnglish()).MissingFrom(nothing).Concat(
        [
            "en/queue/callback-booked.wav", "en/queue/callback-already-booked.wav",
            "en/login/enter-code.wav", "en/login/enter-pin.wav", "en/login/logged-in.wav", "en/login/wrong.wav",
        ]);
    }

    private static void Write(string path, double frequencyHz, double seconds = 1)
    {
        var samples = new short[(int)(WavReader.SampleRateHz * seconds)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(8000 * Math.Sin(2 * Math.PI * frequencyHz * i / WavReader.SampleRateHz));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var wav = WavWriter.Create(path, channels: 1);
        wav.Append(samples);
    }
}

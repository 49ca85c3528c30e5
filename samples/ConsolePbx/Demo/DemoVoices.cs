using CallCenterKit.Media.Wav;
using CallCenterKit.Testing;

namespace ConsolePbx.Demo;

/// <summary>What callers and agents say.</summary>
internal static class DemoVoices
{
    private const int SampleRateHz = 8000;
    private const double BeepHz = 3100; // next to nothing of prompts, music and speech is up there
    private static readonly TimeSpan BeepLength = TimeSpan.FromMilliseconds(600);

    public static PhoneVoice Caller { get; } = PhoneVoice.Wav(PathOf("speech", "caller.wav"));

    /// <summary>Begins with a beep, by which the caller's script knows that somebody is there.</summary>
    public static PhoneVoice Agent { get; } = PhoneVoice.Samples([.. Beep(), .. WavReader.Load(PathOf("speech", "agent.wav")).ToMono()]);

    public static Task WaitForAgentAsync(ScriptedCall call, CancellationToken cancellationToken) =>
        call.Heard.WaitForToneAsync(BeepHz, cancellationToken: cancellationToken);

    /// <summary>How long the center speaks between the key and the queue.</summary>
    public static TimeSpan HoldPrompt { get; } = WavReader.Load(PathOf("prompts", "please-hold.wav")).Duration;

    private static IEnumerable<short> Beep() => Enumerable.Range(0, (int)(BeepLength.TotalSeconds * SampleRateHz))
        .Select(i => (short)(0.25 * short.MaxValue * Math.Sin(2 * Math.PI * BeepHz * i / SampleRateHz)));

    private static string PathOf(string folder, string file) => Path.Combine(AppContext.BaseDirectory, folder, file);
}

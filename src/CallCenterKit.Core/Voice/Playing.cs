using System.IO.Pipelines;

namespace CallCenterKit.Voice;

/// <summary>What to play on a leg.</summary>
/// <param name="Sources">One after another.</param>
/// <param name="Loop">Begins again at the end, until stopped: music on hold.</param>
/// <param name="ResumeKey">When given, playing under the same key later on this leg goes on where it was stopped.</param>
public sealed record PlayRequest(IReadOnlyList<PlaySource> Sources, bool Loop = false, string? ResumeKey = null)
{
    /// <summary>One file.</summary>
    public static PlayRequest File(string path) => new([new PlaySource.File(path)]);

    /// <summary>One file, again and again, going on where it was.</summary>
    public static PlayRequest Music(string path) => new([new PlaySource.File(path)], Loop: true, ResumeKey: path);

    /// <summary>A tone until stopped.</summary>
    public static PlayRequest Tone(ToneKind tone) => new([new PlaySource.Tone(tone)], Loop: true);
}

/// <summary>A piece of sound.</summary>
public abstract record PlaySource
{
    private PlaySource()
    {
    }

    /// <summary>A WAV file: PCM16, A-law or µ-law, 8 kHz, mono.</summary>
    public sealed record File(string Path) : PlaySource;

    /// <summary>One period of a call-progress tone.</summary>
    public sealed record Tone(ToneKind Kind) : PlaySource;

    /// <summary>Nothing, for a while.</summary>
    public sealed record Silence(TimeSpan Duration) : PlaySource;

    /// <summary>Live audio: 16-bit little-endian mono PCM at <see cref="ICall.AudioRateHz"/>, until the pipe is completed. Cannot be looped.</summary>
    /// <param name="Source">Read as fast as it is sent; while it is empty the far end is sent silence.</param>
    public sealed record Pcm(PipeReader Source) : PlaySource;

    /// <summary>16-bit little-endian mono PCM at <see cref="ICall.AudioRateHz"/>, read ahead by up to a second until it ends. Cannot be looped.</summary>
    /// <param name="Source">Disposed when it was read, or is not wanted any more.</param>
    public sealed record Stream(System.IO.Stream Source) : PlaySource;

    /// <summary>Sound that is computed while it is sent; looping asks for more after the end.</summary>
    /// <param name="Fill">
    /// Gets room for 20 ms of mono PCM and the sample rate in Hz, and returns how many samples it has made: fewer than there is
    /// room for is the end. Called on a media thread that serves many calls: no wait, no lock, no allocation. What it throws ends the call.
    /// </param>
    public sealed record Generator(Func<Span<short>, int, int> Fill) : PlaySource;
}

/// <summary>Call-progress tones. They sound as the driver is told; unless told otherwise as in Europe (ITU-T E.180 supplement 2): 425 Hz.</summary>
public enum ToneKind
{
    /// <summary>1 s on, 4 s off.</summary>
    Ringback,

    /// <summary>0.5 s on, 0.5 s off.</summary>
    Busy,

    /// <summary>0.25 s on, 0.25 s off.</summary>
    Reorder,

    /// <summary>One short beep of 1 kHz.</summary>
    Beep,
}

/// <summary>How playing ended.</summary>
public enum PlayEnd
{
    /// <summary>The list was played to its end.</summary>
    Finished,

    /// <summary>Another play, a bridge or the caller's token stopped it.</summary>
    Stopped,
}

using System.IO.Pipelines;

namespace CallCenterKit.Media.Playback;

/// <summary>A piece of sound.</summary>
public abstract record PlayItem
{
    private PlayItem()
    {
    }

    /// <summary>A mono WAV file: PCM16, A-law or µ-law. Read once and kept encoded, for all calls.</summary>
    /// <param name="Path">The file.</param>
    public sealed record File(string Path) : PlayItem;

    /// <summary>One period of a tone; loop the list to go on.</summary>
    /// <param name="Pattern">What it sounds like.</param>
    public sealed record Tone(TonePattern Pattern) : PlayItem;

    /// <summary>Nothing, for a while.</summary>
    /// <param name="Duration">Rounded up to whole 20 ms frames.</param>
    public sealed record Silence(TimeSpan Duration) : PlayItem;

    /// <summary>Live audio: 16-bit little-endian mono PCM at the codec's rate, until the pipe is completed. Cannot be looped.</summary>
    /// <param name="Source">Read as fast as it is sent; while it is empty the party is sent silence.</param>
    public sealed record Pcm(PipeReader Source) : PlayItem;

    /// <summary>16-bit little-endian mono PCM at the codec's rate, read ahead by up to a second until it ends. Cannot be looped.</summary>
    /// <param name="Source">Disposed when it was read, or is not wanted any more.</param>
    public sealed record Stream(System.IO.Stream Source) : PlayItem;

    /// <summary>Sound that is computed frame by frame; looping asks for more after the end.</summary>
    /// <param name="Fill">
    /// Gets room for 20 ms of mono PCM and the sample rate in Hz, and returns how many samples it has made: fewer than there is
    /// room for is the end. Called on a media thread between packets of all its calls: no wait, no lock, no allocation.
    /// </param>
    public sealed record Generator(Func<Span<short>, int, int> Fill) : PlayItem;
}

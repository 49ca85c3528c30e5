using System.IO.Pipelines;
using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Playback;

/// <summary>Pipes that carry PCM between a media thread and the world; their continuations run on the thread pool.</summary>
internal static class PcmPipe
{
    /// <summary>Holds one second; then the writer waits until half of it is sent.</summary>
    public static Pipe Create(int rateHz)
    {
        var oneSecond = rateHz * sizeof(short);
        return new Pipe(new PipeOptions(
            pauseWriterThreshold: oneSecond,
            resumeWriterThreshold: oneSecond / 2,
            useSynchronizationContext: false));
    }

    /// <summary>Reads a stream ahead, and disposes it when it ends, fails, or the reader is completed.</summary>
    public static PipeReader Read(Stream source)
    {
        var pipe = Create(MixerScratch.MostFrameSamples * 50);
        _ = CopyAsync(source, pipe.Writer);
        return pipe.Reader;
    }

    // A stream that fails ends there: what was read of it is heard.
    private static async Task CopyAsync(Stream source, PipeWriter writer)
    {
        try
        {
            await source.CopyToAsync(writer).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or NotSupportedException or InvalidOperationException)
        {
            // It is said by the end of the sound.
        }
        finally
        {
            await writer.CompleteAsync().ConfigureAwait(false);
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Holds two seconds.</summary>
    public static Pipe CreateLong(int rateHz)
    {
        var twoSeconds = 2 * rateHz * sizeof(short);
        return new Pipe(new PipeOptions(
            pauseWriterThreshold: twoSeconds,
            resumeWriterThreshold: twoSeconds - 1,
            useSynchronizationContext: false));
    }
}

using System.IO.Pipelines;

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

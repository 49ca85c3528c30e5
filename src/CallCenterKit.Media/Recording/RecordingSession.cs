using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Recording;

/// <summary>A running recording of one leg; ends with the leg.</summary>
/// <remarks>Any thread.</remarks>
public sealed class RecordingSession
{
    private readonly TaskCompletionSource<RecordingResult> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MediaLeg _leg;
    private readonly Action<RecordingResult>? _whenCompleted;

    internal RecordingSession(MediaLeg leg, RecordingOptions options, RecordingWriter writer, long startedAt)
    {
        _leg = leg;
        _whenCompleted = options.WhenCompleted;
        Path = options.Path;
        Tap = new RecordingTap(writer, leg.AudioRateHz, startedAt) { IsPaused = options.StartPaused };
        File = new RecordingFile(options.Path, Tap);
    }

    /// <summary>The file; a valid WAV file at any moment.</summary>
    public string Path { get; }

    /// <summary>How much audio the file holds by now.</summary>
    public TimeSpan Duration => File.Duration;

    /// <summary>Ends when the file is closed, by whatever reason; never fails.</summary>
    public Task<RecordingResult> Completed => _completed.Task;

    internal RecordingTap Tap { get; }

    internal RecordingFile File { get; }

    /// <summary>From now on silence is written in place of the voices.</summary>
    public void Pause() => Tap.IsPaused = true;

    /// <summary>From now on the voices are written again.</summary>
    public void Resume() => Tap.IsPaused = false;

    /// <summary>Ends the recording and closes the file; the same result when called again.</summary>
    public Task<RecordingResult> StopAsync()
    {
        _leg.Stream.Post(stream => stream.Detach(Tap));
        return Completed;
    }

    internal void Complete(Exception? fault)
    {
        var result = new RecordingResult(Path, File.Duration, Tap.DroppedPackets, fault);
        _completed.TrySetResult(result);
        _whenCompleted?.Invoke(result);
    }
}

using CallCenterKit.Media.Engine;

namespace CallCenterKit.Media.Recording;

/// <summary>A running recording of one leg; ends with the leg.</summary>
/// <remarks>Any thread.</remarks>
public sealed class RecordingSession
{
    private readonly TaskCompletionSource<RecordingResult> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MediaLeg _leg;
    private readonly Action<RecordingResult>? _whenCompleted;
    private bool _isComplete;

    internal RecordingSession(MediaLeg leg, RecordingOptions options, long startedAt, TimeSpan backlog)
    {
        _leg = leg;
        _whenCompleted = options.WhenCompleted;
        Path = options.Path;
        Tap = new RecordingTap(MakeRing(leg.AudioRateHz, backlog), leg.AudioRateHz, startedAt);
        File = new RecordingFile(options, Tap);
        if (options.StartPaused)
            Tap.Pauses.Begin(0);
    }

    /// <summary>The file; a valid one at any moment once it is made.</summary>
    public string Path { get; }

    /// <summary>The instant of its first frame, by the engine's clock.</summary>
    public DateTimeOffset StartedAt => new(Tap.StartedAt, TimeSpan.Zero);

    /// <summary>How much audio the file holds by now.</summary>
    public TimeSpan Duration => File.Duration;

    /// <summary>Packets that could not be kept so far because the disk was too slow.</summary>
    public long DroppedPackets => Tap.DroppedPackets;

    /// <summary>Ends when the file is closed and summed up, by whatever reason; never fails.</summary>
    public Task<RecordingResult> Completed => _completed.Task;

    internal RecordingTap Tap { get; }

    internal RecordingFile File { get; }

    /// <summary>From now on silence is written in place of the voices. What was said before and is still on its way to the file stays.</summary>
    public void Pause() => Tap.Pauses.Begin(Tap.FrameAt(_leg.Engine.Now));

    /// <summary>From now on the voices are written again. What was said before and comes late stays silent.</summary>
    public void Resume() => Tap.Pauses.End(Tap.FrameAt(_leg.Engine.Now));

    /// <summary>Ends the recording and closes the file; the same result when called again.</summary>
    public Task<RecordingResult> StopAsync()
    {
        _leg.Stream.Post(stream => stream.Detach(Tap));
        return Completed;
    }

    /// <summary>Only the first call counts.</summary>
    internal void Complete(Exception? fault, string? sha256, long bytes)
    {
        if (Interlocked.Exchange(ref _isComplete, true))
            return;
        var result = new RecordingResult(Path, File.Duration, Tap.DroppedPackets, fault) { Sha256 = sha256, Bytes = bytes };
        _completed.TrySetResult(result);
        _whenCompleted?.Invoke(result);
    }

    // A segment holds a second of both voices of G.711, half a second of uncompressed ones: the watch comes in time with the next.
    private static PacketRing MakeRing(int rateHz, TimeSpan backlog)
    {
        const int PacketsPerSecond = 50;
        var segmentBytes = 2 * rateHz;
        var perVoice = (rateHz == 8000 ? rateHz : 2 * rateHz) + (PacketsPerSecond * PacketSegment.HeaderSize);
        return new PacketRing(segmentBytes, 2 + (int)(backlog.TotalSeconds * 2 * perVoice / segmentBytes));
    }
}

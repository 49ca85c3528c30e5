namespace CallCenterKit.Media.Recording;

/// <summary>Where and how to record a leg.</summary>
/// <param name="Path">The WAV file to make; it must not exist, its folder must.</param>
/// <param name="StartPaused">Silence is written until <see cref="RecordingSession.Resume"/>.</param>
public sealed record RecordingOptions(string Path, bool StartPaused = false)
{
    /// <summary>Told what <see cref="RecordingSession.Completed"/> says, on the writer's thread, which serves all recordings: only hands over.</summary>
    public Action<RecordingResult>? WhenCompleted { get; init; }
}

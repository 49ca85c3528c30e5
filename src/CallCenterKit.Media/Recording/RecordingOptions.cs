namespace CallCenterKit.Media.Recording;

/// <summary>Where and how to record a leg.</summary>
/// <param name="Path">The file to make; it must not exist, its folder must unless <see cref="CreatesFolder"/> is set.</param>
/// <param name="StartPaused">Silence is written until <see cref="RecordingSession.Resume"/>.</param>
public sealed record RecordingOptions(string Path, bool StartPaused = false)
{
    /// <summary>How the file keeps the samples.</summary>
    public RecordingFormat Format { get; init; }

    /// <summary>Whether both sides are kept apart.</summary>
    public RecordingChannels Channels { get; init; }

    /// <summary>Whether the folder is made where it is missing.</summary>
    public bool CreatesFolder { get; init; }

    /// <summary>Told what <see cref="RecordingSession.Completed"/> says, on a thread that serves many recordings: only hands over.</summary>
    public Action<RecordingResult>? WhenCompleted { get; init; }
}

namespace CallCenterKit.Media.Recording;

/// <summary>Where and how to record a leg.</summary>
/// <param name="Path">The WAV file to make; it must not exist, its folder must.</param>
/// <param name="StartPaused">Silence is written until <see cref="RecordingSession.Resume"/>.</param>
public sealed record RecordingOptions(string Path, bool StartPaused = false);

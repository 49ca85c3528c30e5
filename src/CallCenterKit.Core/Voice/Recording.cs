namespace CallCenterKit.Voice;

/// <summary>Where and how to record a leg.</summary>
/// <param name="Id">The recording.</param>
/// <param name="Path">The file to make; its folder must exist.</param>
public sealed record RecordRequest(RecordingId Id, string Path);

/// <summary>A running recording of one leg; ends with the leg.</summary>
/// <remarks>Any thread.</remarks>
public interface ICallRecording
{
    /// <summary>The recording.</summary>
    RecordingId Id { get; }

    /// <summary>From now on silence is written in place of the voices.</summary>
    void Pause();

    /// <summary>From now on the voices are written again.</summary>
    void Resume();

    /// <summary>Ends the recording and closes the file; the same result when called again.</summary>
    ValueTask<RecordingResult> StopAsync();

    /// <summary>Ends when the file is closed, by whatever reason.</summary>
    Task<RecordingResult> Completed { get; }
}

/// <summary>What a recording came to.</summary>
/// <param name="Path">The file.</param>
/// <param name="Length">How much audio it holds.</param>
/// <param name="DroppedFrames">20 ms frames that could not be kept because the disk was too slow.</param>
/// <param name="Fault">Why it stopped early; null when it did not.</param>
public sealed record RecordingResult(string Path, TimeSpan Length, long DroppedFrames, string? Fault);

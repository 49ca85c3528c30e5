namespace CallCenterKit.Voice;

/// <summary>Where and how to record a leg.</summary>
/// <param name="Id">The recording.</param>
/// <param name="Path">The file to make; it must not exist. Its folder is made where it is missing.</param>
public sealed record RecordRequest(RecordingId Id, string Path)
{
    /// <summary>How the file keeps the samples.</summary>
    public RecordingFormat Format { get; init; }

    /// <summary>Whether both sides are kept apart.</summary>
    public RecordingChannels Channels { get; init; }

    /// <summary>Silence is written until <see cref="ICallRecording.Resume"/>.</summary>
    public bool StartPaused { get; init; }
}

/// <summary>How a recording keeps its samples.</summary>
public enum RecordingFormat
{
    /// <summary>WAV, 16-bit linear: 32 kB a second in stereo at 8,000 Hz.</summary>
    WavPcm16,

    /// <summary>WAV, 8-bit G.711 µ-law: half of that.</summary>
    WavMuLaw,
}

/// <summary>How many channels a recording has.</summary>
public enum RecordingChannels
{
    /// <summary>Left what the party says, right what it is sent.</summary>
    Stereo,

    /// <summary>Both mixed: half the size.</summary>
    Mono,
}

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

    /// <summary>Ends when the file is closed and its checksum is known, by whatever reason; never fails.</summary>
    Task<RecordingResult> Completed { get; }
}

/// <summary>What a recording came to.</summary>
/// <param name="Path">The file.</param>
/// <param name="Length">How much audio it holds.</param>
/// <param name="DroppedFrames">20 ms frames that could not be kept because the disk was too slow.</param>
/// <param name="Fault">Why it stopped early; null when it did not.</param>
public sealed record RecordingResult(string Path, TimeSpan Length, long DroppedFrames, string? Fault)
{
    /// <summary>SHA-256 of the finished file, 64 lower-case hexadecimal digits; null where a fault left no file that can be read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes of the finished file; 0 where a fault left none.</summary>
    public long Bytes { get; init; }
}

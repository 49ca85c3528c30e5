namespace CallCenterKit.Media.Recording;

/// <summary>How a recording keeps its samples.</summary>
public enum RecordingFormat
{
    /// <summary>WAV, 16-bit linear: 32 kB a second in stereo at 8,000 Hz.</summary>
    WavPcm16,

    /// <summary>WAV, 8-bit G.711 µ-law: half of that.</summary>
    WavMuLaw,
}

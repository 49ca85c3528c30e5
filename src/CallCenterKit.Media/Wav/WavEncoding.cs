namespace CallCenterKit.Media.Wav;

/// <summary>How the samples of a WAV file are kept; the numbers are the file's format tags.</summary>
public enum WavEncoding
{
    /// <summary>16-bit linear, little endian.</summary>
    Pcm16 = 1,

    /// <summary>8-bit G.711 A-law.</summary>
    ALaw = 6,

    /// <summary>8-bit G.711 µ-law.</summary>
    MuLaw = 7,
}

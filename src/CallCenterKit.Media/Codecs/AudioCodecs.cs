namespace CallCenterKit.Media.Codecs;

/// <summary>The formats this package brings.</summary>
public static class AudioCodecs
{
    /// <summary>ITU-T G.711 A-law, payload type 8 (RFC 3551 §4.5.14).</summary>
    public static AudioCodec Pcma { get; } = new PcmaCodec();

    /// <summary>ITU-T G.711 µ-law, payload type 0 (RFC 3551 §4.5.14).</summary>
    public static AudioCodec Pcmu { get; } = new PcmuCodec();

    /// <summary>What a session offers unless told otherwise: A-law, then µ-law.</summary>
    public static IReadOnlyList<AudioCodec> Default { get; } = [Pcma, Pcmu];
}

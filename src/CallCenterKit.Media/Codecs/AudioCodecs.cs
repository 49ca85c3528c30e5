namespace CallCenterKit.Media.Codecs;

/// <summary>The formats this package brings.</summary>
public static class AudioCodecs
{
    /// <summary>ITU-T G.711 A-law, payload type 8 (RFC 3551 §4.5.14).</summary>
    public static AudioCodec Pcma { get; } = new PcmaCodec();

    /// <summary>ITU-T G.711 µ-law, payload type 0 (RFC 3551 §4.5.14).</summary>
    public static AudioCodec Pcmu { get; } = new PcmuCodec();

    /// <summary>ITU-T G.722 at 64 kbit/s, payload type 9: 16,000 samples per second under an RTP clock of 8,000 (RFC 3551 §4.5.2).</summary>
    public static AudioCodec G722 { get; } = new G722Codec();

    /// <summary>Linear samples, 8,000 per second and 128 kbit/s (RFC 3551 §4.5.11): for a trusted local network or another program on the same host.</summary>
    public static AudioCodec L16 { get; } = new L16Codec(8000);

    /// <summary>Linear samples, 16,000 per second and 256 kbit/s.</summary>
    public static AudioCodec L16Wideband { get; } = new L16Codec(16000);

    /// <summary>What a session offers and takes unless told otherwise: A-law, µ-law, then G.722 for those who have nothing else in common with us.</summary>
    public static IReadOnlyList<AudioCodec> Default { get; } = [Pcma, Pcmu, G722];

    /// <summary>All there are.</summary>
    public static IReadOnlyList<AudioCodec> All { get; } = [Pcma, Pcmu, G722, L16, L16Wideband];

    /// <summary>Finds a format as configuration names it.</summary>
    /// <param name="name">Such as "PCMA" or "L16/16000", in any case; of several rates under one name, that without a rate is the slowest.</param>
    /// <returns>Null where there is none.</returns>
    public static AudioCodec? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var codec in All)
        {
            if (name.Equals(codec.Name, StringComparison.OrdinalIgnoreCase) || name.Equals(codec.ToString(), StringComparison.OrdinalIgnoreCase))
                return codec;
        }

        return null;
    }

    /// <summary>As the other overload, for a list; names that are not known or come again are left out.</summary>
    /// <param name="names">The most wanted first.</param>
    public static IReadOnlyList<AudioCodec> Find(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Select(Find).OfType<AudioCodec>().Distinct()];
    }
}

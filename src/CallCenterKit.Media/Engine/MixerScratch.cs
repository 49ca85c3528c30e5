namespace CallCenterKit.Media.Engine;

/// <summary>Work space that all legs of a media thread share, one after another.</summary>
internal sealed class MixerScratch
{
    /// <summary>20 ms at 48 kHz, the most any codec needs.</summary>
    public const int MostFrameSamples = 960;

    /// <summary>One decoded packet of whatever length.</summary>
    public short[] Decoded { get; } = new short[8192];

    /// <summary>The same at another sample rate.</summary>
    public short[] Converted { get; } = new short[8192];

    /// <summary>One encoded frame.</summary>
    public byte[] Encoded { get; } = new byte[2 * MostFrameSamples];

    /// <summary>What all members say.</summary>
    public int[] Total { get; } = new int[MostFrameSamples];

    /// <summary>What one leg hears, before it is brought into range.</summary>
    public int[] Sum { get; } = new int[MostFrameSamples];

    /// <summary>What one leg hears.</summary>
    public short[] Heard { get; } = new short[MostFrameSamples];
}

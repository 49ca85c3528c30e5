namespace CallCenterKit.Media.Playback;

/// <summary>One period of a tone: on, then off.</summary>
/// <param name="FrequencyHz">20 to 3,400.</param>
/// <param name="On">How long it sounds; whole 20 ms frames.</param>
/// <param name="Off">How long it pauses; whole 20 ms frames.</param>
/// <remarks>The standing ones are those of Europe (ITU-T E.180 supplement 2). Level -10 dBm0, of two frequencies together too.</remarks>
public sealed record TonePattern(int FrequencyHz, TimeSpan On, TimeSpan Off)
{
    /// <summary>A second frequency that sounds with the first, 20 to 3,400; null for one alone.</summary>
    public int? SecondHz { get; init; }

    /// <summary>What follows in the same period: the second ring of a double one. Null when the period is over.</summary>
    public TonePattern? Then { get; init; }

    /// <summary>425 Hz, 1 s on, 4 s off.</summary>
    public static TonePattern Ringback { get; } = new(425, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));

    /// <summary>425 Hz, 0.5 s on, 0.5 s off.</summary>
    public static TonePattern Busy { get; } = new(425, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500));

    /// <summary>425 Hz, 0.24 s on, 0.24 s off: all ways are taken.</summary>
    public static TonePattern Reorder { get; } = new(425, TimeSpan.FromMilliseconds(240), TimeSpan.FromMilliseconds(240));

    /// <summary>425 Hz without end.</summary>
    public static TonePattern Dial { get; } = new(425, TimeSpan.FromSeconds(1), TimeSpan.Zero);

    /// <summary>1 kHz, 0.2 s: speak now.</summary>
    public static TonePattern Beep { get; } = new(1000, TimeSpan.FromMilliseconds(200), TimeSpan.Zero);
}

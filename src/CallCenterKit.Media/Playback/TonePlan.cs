namespace CallCenterKit.Media.Playback;

/// <summary>What calls in progress sound like in one part of the world.</summary>
/// <param name="Ringback">Somebody is being rung.</param>
/// <param name="Busy">They are in a call.</param>
/// <param name="Reorder">All ways are taken.</param>
public sealed record TonePlan(TonePattern Ringback, TonePattern Busy, TonePattern Reorder)
{
    /// <summary>425 Hz, as in Lithuania, Germany and most of Europe (ITU-T E.180 supplement 2).</summary>
    public static TonePlan Europe { get; } = new(TonePattern.Ringback, TonePattern.Busy, TonePattern.Reorder);

    /// <summary>The double ring of 400 and 450 Hz; busy and reorder of 400 Hz (ITU-T E.180 supplement 2).</summary>
    public static TonePlan UnitedKingdom { get; } = new(
        Pair(400, 450, 0.4, 0.2) with { Then = Pair(400, 450, 0.4, 2) },
        Pattern(400, 0.38, 0.38),                             // 0.375 s, in whole frames
        Pattern(400, 0.4, 0.36) with { Then = Pattern(400, 0.22, 0.52) });

    /// <summary>440 and 480 Hz for ringing, 480 and 620 Hz for busy and reorder (ITU-T E.180 supplement 2).</summary>
    public static TonePlan NorthAmerica { get; } = new(
        Pair(440, 480, 2, 4),
        Pair(480, 620, 0.5, 0.5),
        Pair(480, 620, 0.26, 0.26));                          // 0.25 s, in whole frames

    private static TonePattern Pattern(int frequencyHz, double on, double off) => new(frequencyHz, TimeSpan.FromSeconds(on), TimeSpan.FromSeconds(off));

    private static TonePattern Pair(int frequencyHz, int secondHz, double on, double off) => Pattern(frequencyHz, on, off) with { SecondHz = secondHz };
}

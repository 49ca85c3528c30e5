namespace CallCenterKit.Media.Engine;

/// <summary>Estimates how people would rate a connection (ITU-T G.107, with all but delay and loss at their defaults).</summary>
/// <remarks>
/// G.711 and L16 count as G.711 with loss concealment (G.113 Appendix I: Ie 0, Bpl 25.1). So does G.722: on this scale,
/// which ends at 4.4, wideband is worth no less than G.711, and what it is worth more does not show.
/// </remarks>
internal static class EModel
{
    private const double BestRating = 93.2;
    private const double PacketLossRobustness = 25.1;

    /// <summary>The mean opinion score, 1 (bad) to 4.4 (as good as a telephone gets).</summary>
    /// <param name="delay">One way, mouth to ear.</param>
    /// <param name="loss">Share of packets that were not heard, 0 to 1, taken as random.</param>
    public static double Mos(TimeSpan delay, double loss)
    {
        var rating = BestRating - DelayImpairment(delay.TotalMilliseconds) - LossImpairment(100 * loss);
        return rating switch
        {
            <= 0 => 1,
            >= 100 => 4.5,
            // G.107 Annex B; its cubic dips under 1 for the very worst.
            _ => Math.Max(1, 1 + (0.035 * rating) + (rating * (rating - 60) * (100 - rating) * 7e-6)),
        };
    }

    // Id of G.107 without echo, by its usual straight lines: past 177.3 ms people begin to interrupt each other.
    private static double DelayImpairment(double milliseconds) =>
        (0.024 * milliseconds) + (0.11 * Math.Max(0, milliseconds - 177.3));

    // Ie,eff of G.107 §7.5 with Ie 0 and BurstR 1.
    private static double LossImpairment(double percent) => 95 * percent / (percent + PacketLossRobustness);
}

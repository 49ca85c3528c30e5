using JitterTraces;

namespace CallCenterKit.Media.Tests.Jitter;

/// <summary>Against a fixed buffer of 60 ms, on the traces that <c>bench/JitterTraces</c> prints.</summary>
public sealed class JitterTraceTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Fixed = TimeSpan.FromMilliseconds(60);

    // Where packets fall between frames is chance: the best place, the worst, and some between.
    public static TheoryData<int, double> Places { get; } = new() { { 1, 0 }, { 2, 5 }, { 3, 12 }, { 4, 18 } };

    [Theory]
    [MemberData(nameof(Places))]
    public void A_calm_network_costs_less_delay_and_no_concealment(int seed, double phaseMilliseconds)
    {
        var trace = JitterTrace.OfCalm(seed, Length);
        var (plain, adaptive) = Run(trace, phaseMilliseconds);

        Assert.InRange(adaptive.Delay, TimeSpan.Zero, plain.Delay * 0.6);
        Assert.Equal(0, adaptive.Concealed);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Spikes_cost_less_delay_and_less_concealment(int seed, double phaseMilliseconds)
    {
        var trace = JitterTrace.OfSpikes(seed, Length);
        var (plain, adaptive) = Run(trace, phaseMilliseconds);

        Assert.InRange(adaptive.Delay, TimeSpan.Zero, plain.Delay * 0.97);
        Assert.InRange(adaptive.Concealed, 0, plain.Concealed * 0.7);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Loss_and_drift_cost_less_delay_and_no_concealment_besides_what_is_lost(int seed, double phaseMilliseconds)
    {
        foreach (var drift in new[] { 1e-4, -1e-4 })
        {
            var (plain, adaptive) = Run(JitterTrace.OfLoss(seed, Length, drift), phaseMilliseconds);

            Assert.InRange(adaptive.Delay, TimeSpan.Zero, plain.Delay * 0.8);
            Assert.InRange(adaptive.Concealed, 0, plain.Concealed);
        }
    }

    private static (TraceFigures Plain, TraceFigures Adaptive) Run(JitterTrace trace, double phaseMilliseconds) =>
        (FixedBuffer.Run(trace, Fixed), AdaptiveBuffer.Run(trace, TimeSpan.FromMilliseconds(phaseMilliseconds)));
}

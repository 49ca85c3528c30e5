using System.Numerics;

namespace CallCenterKit.Tests.Interop;

/// <summary>One frequency in one channel.</summary>
/// <param name="LevelDb">Mean level over the channel, dB below a full-scale sine.</param>
/// <param name="First">Where the tone is first heard.</param>
/// <param name="Last">Where it is last heard.</param>
/// <param name="GapFrom">Where the longest gap begins.</param>
/// <param name="LongestGap">The longest time between the two in which it is missing, within 5 ms.</param>
/// <param name="Splices">Places where the wave goes on with another phase: a packet was lost, doubled or came out of order.</param>
internal sealed record ToneReport(double LevelDb, TimeSpan First, TimeSpan Last, TimeSpan GapFrom, TimeSpan LongestGap, int Splices)
{
    public TimeSpan Length => Last - First;
}

/// <summary>Finds sines by Goertzel's method.</summary>
internal static class Tones
{
    /// <summary>Louder than this a tone is taken as heard: music and speech stay below it at any one frequency.</summary>
    private const double FloorDb = -25;

    /// <summary>Of all that is heard, where a tone alone is meant to be.</summary>
    public const double LeastShare = 0.95;

    private const double SpliceRadians = 0.35;

    private static readonly TimeSpan GapWindow = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan GapHop = TimeSpan.FromMilliseconds(2.5);
    private static readonly TimeSpan PhaseWindow = TimeSpan.FromMilliseconds(20);

    public static ToneReport Measure(WavSamples wav, int channel, double hz) => Measure(wav.Channels[channel], wav.SampleRateHz, hz);

    public static ToneReport Measure(ReadOnlySpan<short> samples, int sampleRateHz, double hz)
    {
        var heard = Presence(samples, sampleRateHz, hz);
        var first = Array.IndexOf(heard, true);
        var last = Array.LastIndexOf(heard, true);
        var (gapFrom, gap) = first < 0 ? default : LongestGap(heard.AsSpan(first, last - first + 1));
        return new(
            LevelDb(samples, sampleRateHz, hz),
            Math.Max(first, 0) * GapHop,
            last < 0 ? TimeSpan.Zero : (last * GapHop) + GapWindow,
            ((Math.Max(first, 0) + gapFrom) * GapHop) + (GapWindow / 2),
            gap * GapHop,
            Splices(samples, sampleRateHz, hz));
    }

    /// <summary>
    /// Asserts that a channel holds the tone the other side sent and not that of this side:
    /// for at least <paramref name="atLeast"/>, 40 dB apart while it lasts, nearly all there is to hear, and no gap longer than 50 ms.
    /// </summary>
    public static ToneReport AssertHolds(WavSamples wav, int channel, double otherHz, double ownHz, TimeSpan atLeast)
    {
        var other = Measure(wav, channel, otherHz);
        Assert.True(other.Length >= atLeast, $"{otherHz} Hz is heard for {other.Length}, not for {atLeast}, in {wav.Length} of audio.");
        var talk = wav.Between(channel, other.First, other.Last);
        var apart = LevelDb(talk, wav.SampleRateHz, otherHz) - LevelDb(talk, wav.SampleRateHz, ownHz);
        Assert.True(apart >= 40, $"{otherHz} Hz is only {apart:F1} dB above {ownHz} Hz.");
        Assert.True(Share(talk, wav.SampleRateHz, otherHz) >= LeastShare, $"{otherHz} Hz is only {Share(talk, wav.SampleRateHz, otherHz):P1} of what is heard.");
        Assert.True(other.LongestGap <= TimeSpan.FromMilliseconds(50), $"{otherHz} Hz is missing for {other.LongestGap}.");
        return other;
    }

    /// <summary>Splits a channel in three at the longest time in which a tone is missing.</summary>
    public static (WavSamples Before, WavSamples Gap, WavSamples After) SplitAtGap(WavSamples wav, int channel, double hz)
    {
        var tone = Measure(wav, channel, hz);
        var to = tone.GapFrom + tone.LongestGap;
        return (wav.Part(channel, TimeSpan.Zero, tone.GapFrom), wav.Part(channel, tone.GapFrom, to), wav.Part(channel, to, wav.Length));
    }

    /// <summary>How much of all power is that of one frequency, 0 to 1, in windows of 20 ms.</summary>
    public static double Share(ReadOnlySpan<short> samples, int sampleRateHz, double hz)
    {
        double tone = 0, all = 0;
        var window = Samples(PhaseWindow, sampleRateHz);
        for (var start = 0; start + window <= samples.Length; start += window)
        {
            var part = samples.Slice(start, window);
            tone += Math.Pow(Component(part, start, sampleRateHz, hz, smooth: false).Magnitude, 2) / 2;
            double power = 0;
            foreach (var sample in part)
                power += Math.Pow((double)sample / short.MaxValue, 2);
            all += power / window;
        }

        return all == 0 ? 0 : tone / all;
    }

    /// <summary>Mean power in windows of half a second (Hann), as dB below a full-scale sine.</summary>
    public static double LevelDb(ReadOnlySpan<short> samples, int sampleRateHz, double hz)
    {
        var powers = Powers(samples, sampleRateHz, hz);
        return ToDb(Math.Sqrt(powers.Count == 0 ? 0 : powers.Average()));
    }

    /// <summary>The highest such power in any half second: what is short is not hidden by what is long.</summary>
    public static double PeakDb(ReadOnlySpan<short> samples, int sampleRateHz, double hz) =>
        ToDb(Math.Sqrt(Powers(samples, sampleRateHz, hz).DefaultIfEmpty().Max()));

    private static List<double> Powers(ReadOnlySpan<short> samples, int sampleRateHz, double hz)
    {
        var window = Math.Min(sampleRateHz / 2, samples.Length);
        List<double> powers = [];
        for (var start = 0; window > 0 && start + window <= samples.Length; start += Math.Max(window / 2, 1))
            powers.Add(Math.Pow(Component(samples.Slice(start, window), start, sampleRateHz, hz, smooth: true).Magnitude, 2));
        return powers;
    }

    // A window counts as silent when less than half of it holds the tone, that is when its middle lies in the gap.
    private static bool[] Presence(ReadOnlySpan<short> samples, int sampleRateHz, double hz)
    {
        int window = Samples(GapWindow, sampleRateHz), hop = Samples(GapHop, sampleRateHz);
        var levels = new double[Math.Max(0, ((samples.Length - window) / hop) + 1)];
        for (var i = 0; i < levels.Length; i++)
            levels[i] = Component(samples.Slice(i * hop, window), i * hop, sampleRateHz, hz, smooth: false).Magnitude;
        var loud = levels.Order().ElementAtOrDefault(levels.Length * 9 / 10);
        var threshold = Math.Max(loud / 2, Math.Pow(10, FloorDb / 20));
        return Array.ConvertAll(levels, level => level >= threshold);
    }

    private static (int From, int Length) LongestGap(ReadOnlySpan<bool> heard)
    {
        int from = 0, longest = 0, current = 0;
        for (var i = 0; i < heard.Length; i++)
        {
            current = heard[i] ? 0 : current + 1;
            if (current > longest)
                (from, longest) = (i + 1 - current, current);
        }

        return (from, longest);
    }

    private static int Splices(ReadOnlySpan<short> samples, int sampleRateHz, double hz)
    {
        var window = Samples(PhaseWindow, sampleRateHz);
        var floor = Math.Pow(10, FloorDb / 20);
        Complex? reference = null;
        Complex previous = default;
        var splices = 0;
        for (var start = 0; start + window <= samples.Length; start += window)
        {
            var current = Component(samples.Slice(start, window), start, sampleRateHz, hz, smooth: false);
            // Phase only says something between two windows that the tone fills.
            var steady = current.Magnitude >= floor && Math.Abs(current.Magnitude - previous.Magnitude) < 0.1 * current.Magnitude;
            previous = current;
            if (!steady)
                continue;
            if (reference is { } known && Math.Abs((current / known).Phase) > SpliceRadians)
                splices++;
            reference = current;
        }

        return splices;
    }

    // Amplitude and phase of one frequency, 1 for a full-scale sine; the phase is that at sample 0 of the channel.
    private static Complex Component(ReadOnlySpan<short> samples, int offset, int sampleRateHz, double hz, bool smooth)
    {
        var step = Complex.FromPolarCoordinates(1, -2 * Math.PI * hz / sampleRateHz);
        var turn = Complex.FromPolarCoordinates(1, -2 * Math.PI * hz * offset / sampleRateHz);
        double weights = 0;
        var sum = Complex.Zero;
        for (var i = 0; i < samples.Length; i++, turn *= step)
        {
            var weight = smooth ? 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / samples.Length)) : 1;
            weights += weight;
            sum += turn * (weight * samples[i]);
        }

        return weights == 0 ? Complex.Zero : sum * (2 / (weights * short.MaxValue));
    }

    private static int Samples(TimeSpan time, int sampleRateHz) => (int)(time.TotalSeconds * sampleRateHz);

    private static double ToDb(double amplitude) => 20 * Math.Log10(Math.Max(amplitude, 1e-7));
}

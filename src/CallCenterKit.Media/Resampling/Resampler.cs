using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CallCenterKit.Media.Resampling;

/// <summary>
/// Brings a stream of 16-bit PCM from one sample rate to another: flat within 0.5 dB up to 7/16 of the lower rate (3.5 kHz of
/// 8,000, 7 kHz of 16,000), what lies beyond half of it over 60 dB down.
/// </summary>
/// <remarks>
/// One for each stream, one thread at a time. Pieces may have any length: what it knows of one goes on in the next. The sound
/// is late by <see cref="Delay"/>. Never allocates after its making; between equal rates it copies.
/// </remarks>
public sealed class Resampler
{
    /// <summary>The lowest and the highest rate.</summary>
    private const int LowestHz = 8000, HighestHz = 48000;

    private const int BlockSamples = 960;

    private readonly ResamplerFilter? _filter;
    private readonly float[] _line = [];        // the past that the taps reach back to, then a block of new samples
    private int _next;                          // how many new samples lie before the one that makes the next result
    private int _phase;

    /// <summary>Begins a stream, after silence.</summary>
    /// <param name="fromHz">8,000 to 48,000 samples per second.</param>
    /// <param name="toHz">8,000 to 48,000 samples per second.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range.</exception>
    public Resampler(int fromHz, int toHz)
    {
        Check(fromHz);
        Check(toHz);
        (FromHz, ToHz) = (fromHz, toHz);
        if (fromHz == toHz)
            return;
        _filter = ResamplerFilter.Between(fromHz, toHz);
        _line = new float[_filter.Length - 1 + BlockSamples];
    }

    /// <summary>Samples per second of what it takes.</summary>
    public int FromHz { get; }

    /// <summary>Samples per second of what it gives.</summary>
    public int ToHz { get; }

    /// <summary>How much later a sound comes out: 4 ms from or to 8,000 samples per second, 2 ms between 16,000 and 48,000, nothing between equal rates.</summary>
    public TimeSpan Delay => _filter is null ? TimeSpan.Zero : TimeSpan.FromSeconds(_filter.Delay / FromHz);

    /// <summary>Converts the next piece of the stream.</summary>
    /// <param name="pcm">Any number of samples.</param>
    /// <param name="result">Receives them; what does not fit is lost, and the stream goes on.</param>
    /// <returns>Samples written. From a stream of n samples, in whatever pieces, come n · to / from, rounded up.</returns>
    public int Convert(ReadOnlySpan<short> pcm, Span<short> result)
    {
        if (_filter is not { } filter)
        {
            var copied = Math.Min(pcm.Length, result.Length);
            pcm[..copied].CopyTo(result);
            return copied;
        }

        var count = 0;
        for (; pcm.Length > BlockSamples; pcm = pcm[BlockSamples..])
            count += ConvertBlock(filter, pcm[..BlockSamples], result[count..]);
        return count + ConvertBlock(filter, pcm, result[count..]);
    }

    /// <summary>Begins anew, after silence.</summary>
    public void Reset()
    {
        Array.Clear(_line);
        (_next, _phase) = (0, 0);
    }

    /// <summary>Converts a whole recording: nothing is late, and nothing missing at the end.</summary>
    /// <param name="pcm">All of it.</param>
    /// <param name="fromHz">8,000 to 48,000 samples per second.</param>
    /// <param name="toHz">8,000 to 48,000 samples per second.</param>
    /// <returns>n · to / from samples, rounded up.</returns>
    public static short[] ConvertWhole(ReadOnlySpan<short> pcm, int fromHz, int toHz)
    {
        var resampler = new Resampler(fromHz, toHz);
        if (resampler._filter is not { } filter)
            return pcm.ToArray();
        var late = (int)Math.Round(filter.Delay * toHz / fromHz);
        var result = new short[late + Converted(pcm.Length, fromHz, toHz)];
        var count = resampler.Convert(pcm, result);
        resampler.Convert(new short[(int)Math.Ceiling(filter.Delay) + 1], result.AsSpan(count));
        return result[late..];
    }

    /// <summary>The one that is at hand if it is between these rates, else a new one.</summary>
    internal static Resampler Follow(Resampler? current, int fromHz, int toHz) =>
        current is not null && current.FromHz == fromHz && current.ToHz == toHz ? current : new Resampler(fromHz, toHz);

    /// <summary>Samples that come of a stream of so many.</summary>
    internal static int Converted(int samples, int fromHz, int toHz) => (int)((((long)samples * toHz) + fromHz - 1) / fromHz);

    private static void Check(int rateHz)
    {
        if (rateHz is < LowestHz or > HighestHz)
            throw new ArgumentOutOfRangeException(nameof(rateHz), rateHz, $"A sample rate is from {LowestHz} to {HighestHz} Hz.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ConvertBlock(ResamplerFilter filter, ReadOnlySpan<short> pcm, Span<short> result)
    {
        var line = _line.AsSpan(0, filter.Length - 1 + pcm.Length);
        var fresh = line[(filter.Length - 1)..];
        for (var i = 0; i < pcm.Length; i++)
            fresh[i] = pcm[i];

        var count = 0;
        for (; _next < pcm.Length; MoveOn(filter))
        {
            if (count < result.Length)
                result[count++] = Round(Dot(filter.Taps(_phase), line.Slice(_next, filter.Length)));
        }

        _next -= pcm.Length;
        line[pcm.Length..].CopyTo(line);
        return count;
    }

    private void MoveOn(ResamplerFilter filter)
    {
        _phase += filter.Advance;
        while (_phase >= filter.Phases)
        {
            _phase -= filter.Phases;
            _next++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(ReadOnlySpan<float> taps, ReadOnlySpan<float> samples)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(taps);
        var right = MemoryMarshal.Cast<float, Vector<float>>(samples);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < left.Length && i < right.Length; i++)
            sum += left[i] * right[i];
        return Vector.Sum(sum);
    }

    private static short Round(float sample) => (short)Math.Clamp(MathF.Round(sample), short.MinValue, short.MaxValue);
}

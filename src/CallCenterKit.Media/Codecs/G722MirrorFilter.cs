using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CallCenterKit.Media.Codecs;

/// <summary>The quadrature mirror filter that parts a signal into two bands, or joins them (ITU-T G.722 §3.1, §4.4).</summary>
/// <remarks>24 taps, of which the second half mirrors the first; even and odd samples meet twelve each.</remarks>
internal sealed class G722MirrorFilter
{
    /// <summary>Pairs of samples that fit at once.</summary>
    public const int MostPairs = 160;

    private const int Past = 22;

    private readonly int[] _line = new int[Past + (2 * MostPairs)];

    // Those of an even sample and, the other way round, of the odd one behind it, in turn as samples lie.
    private static readonly int[] Taps = [3, -11, -11, 53, 12, -156, 32, 362, -210, -805, 951, 3876, 3876, 951, -805, -210, 362, 32, -156, 12, 53, -11, -11, 3];

    /// <summary>Where new samples are laid, behind those of before.</summary>
    public Span<int> Input => _line.AsSpan(Past);

    /// <summary>What the taps make of the samples up to this pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sums(int pair, out int even, out int odd)
    {
        var window = MemoryMarshal.Cast<int, Vector256<int>>(_line.AsSpan(2 * pair, 24));
        var taps = MemoryMarshal.Cast<int, Vector256<int>>(Taps);
        var sums = (window[0] * taps[0]) + (window[1] * taps[1]) + (window[2] * taps[2]);
        var pairs = sums.GetLower() + sums.GetUpper();
        even = pairs[0] + pairs[2];
        odd = pairs[1] + pairs[3];
    }

    /// <summary>These pairs are done with.</summary>
    public void Advance(int pairs) => _line.AsSpan(2 * pairs, Past).CopyTo(_line);
}

namespace CallCenterKit.Media.Codecs;

/// <summary>The quadrature mirror filter that parts a signal into two bands, or joins them (ITU-T G.722 §3.1, §4.4).</summary>
/// <remarks>24 taps, of which the second half mirrors the first; even and odd samples meet twelve each.</remarks>
internal sealed class G722MirrorFilter
{
    /// <summary>Pairs of samples that fit at once.</summary>
    public const int MostPairs = 160;

    private const int Past = 22;

    private readonly int[] _line = new int[Past + (2 * MostPairs)];

    private static readonly int[] Taps = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

    /// <summary>Where new samples are laid, behind those of before.</summary>
    public Span<int> Input => _line.AsSpan(Past);

    /// <summary>What the taps make of the samples up to this pair.</summary>
    public void Sums(int pair, out int even, out int odd)
    {
        var window = _line.AsSpan(2 * pair, 24);
        var taps = Taps;
        (even, odd) = (0, 0);
        for (var i = 0; i < taps.Length; i++)
        {
            even += window[2 * i] * taps[i];
            odd += window[(2 * i) + 1] * taps[11 - i];
        }
    }

    /// <summary>These pairs are done with.</summary>
    public void Advance(int pairs) => _line.AsSpan(2 * pairs, Past).CopyTo(_line);
}

using System.Runtime.CompilerServices;

namespace CallCenterKit.Media.Codecs;

/// <summary>The quantizer's unit of one sub-band, which follows the loudness of the signal (ITU-T G.722 §3.5, block 3).</summary>
/// <param name="shift">8 for the lower band, 10 for the higher one.</param>
/// <param name="highest">The limit of the logarithm: 18,432 or 22,528.</param>
internal sealed class G722StepSize(int shift, int highest)
{
    // 2^(n/32), in units of 1/2048.
    private static readonly short[] Powers =
    [
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
    ];

    private int _logarithm;

    public int Value { get; private set; } = 2048 >> shift << 2;

    /// <summary>Moves on by what the last code says of the signal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Adapt(int multiplier)
    {
        _logarithm = Math.Clamp(((_logarithm * 127) >> 7) + multiplier, 0, highest);
        var down = shift - (_logarithm >> 11);
        var power = Powers[(_logarithm >> 6) & 31];
        Value = (down < 0 ? power << -down : power >> down) << 2;
    }
}

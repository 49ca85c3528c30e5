using System.Runtime.CompilerServices;

namespace CallCenterKit.Media.Codecs;

/// <summary>Foretells the next sample of a sub-band from those before, by two poles and six zeros (ITU-T G.722 §3.6, block 4).</summary>
internal sealed class G722Predictor
{
    private const int Zeros = 6;

    private readonly int[] _zeros = new int[Zeros];
    private readonly int[] _differences = new int[Zeros];
    private int _pole1;
    private int _pole2;
    private int _rebuilt;
    private int _fromZeros;
    private bool _wasNegative;
    private bool _wasNegativeBefore;

    /// <summary>What the next sample is expected to be.</summary>
    public int Estimate { get; private set; }

    /// <summary>Takes how far the sample was from its estimate, as the far end knows it too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(int difference)
    {
        AdaptPoles(isNegative: _fromZeros + difference < 0);
        AdaptZeros(difference);
        var rebuilt = Saturate(2 * (Estimate + difference));
        Estimate = Saturate(_fromZeros + ((_pole1 * rebuilt) >> 15) + ((_pole2 * _rebuilt) >> 15));
        _rebuilt = rebuilt;
    }

    public static int Saturate(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    // UPPOL2, UPPOL1: the signs of the last three partly rebuilt samples say which way. The limits keep the filter stable.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AdaptPoles(bool isNegative)
    {
        var sameAsLast = isNegative == _wasNegative;
        var step = Math.Clamp(_pole1, -8191, 8191);
        _pole2 = ((sameAsLast ? -step : step) >> 5) + (isNegative == _wasNegativeBefore ? 128 : -128) + ((_pole2 * 127) >> 7);
        _pole2 = Math.Clamp(_pole2, -12288, 12288);
        var limit = 15360 - _pole2;
        _pole1 = Math.Clamp((sameAsLast ? 192 : -192) + ((_pole1 * 255) >> 8), -limit, limit);
        (_wasNegativeBefore, _wasNegative) = (_wasNegative, isNegative);
    }

    // UPZERO, DELAYA, FILTEZ
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AdaptZeros(int difference)
    {
        var step = difference == 0 ? 0 : 128;
        var sum = 0;
        for (var i = Zeros - 1; i >= 0; i--)
        {
            var zero = ((_zeros[i] * 255) >> 8) + ((_differences[i] ^ difference) < 0 ? -step : step);
            var shifted = i == 0 ? difference : _differences[i - 1];
            sum += (shifted * zero) >> 14;
            (_zeros[i], _differences[i]) = (zero, shifted);
        }

        _fromZeros = sum;
    }
}

using System.Runtime.CompilerServices;

namespace CallCenterKit.Media.Codecs;

/// <summary>The sub-band from 4 to 8 kHz: two bits per sample (ITU-T G.722 §3).</summary>
internal sealed class G722HighBand
{
    private const int Decision = 564;           // in units of 1/4096 of the step

    private readonly G722Predictor _predictor = new();
    private readonly G722StepSize _step = new(shift: 10, highest: 22528);

    // QM2, in units of 1/32768 of the step.
    private static readonly short[] Values = [-7408, -1616, 7408, 1616];

    // WH by way of RH2.
    private static readonly short[] Multipliers = [798, -214, 798, -214];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Encode(int sample)
    {
        var difference = G722Predictor.Saturate(sample - _predictor.Estimate);
        var magnitude = difference < 0 ? ~difference : difference;
        var isLarge = magnitude >= (Decision * _step.Value) >> 12;
        var code = (difference < 0 ? 1 : 3) - (isLarge ? 1 : 0);
        Adapt(code);
        return code;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Decode(int code)
    {
        var estimate = _predictor.Estimate;
        return Math.Clamp(estimate + Adapt(code), -16384, 16383);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Adapt(int code)
    {
        var difference = (_step.Value * Values[code]) >> 15;
        _step.Adapt(Multipliers[code]);
        _predictor.Update(difference);
        return difference;
    }
}

using System.Runtime.CompilerServices;

namespace CallCenterKit.Media.Codecs;

/// <summary>The sub-band from 0 to 4 kHz: six bits per sample, of which four steer the adaptation (ITU-T G.722 §3).</summary>
internal sealed class G722LowBand
{
    private const int Levels = 29;

    private readonly G722Predictor _predictor = new();
    private readonly G722StepSize _step = new(shift: 8, highest: 18432);

    // Table 5: where the next interval of the 60-level quantizer begins, in units of 1/4096 of the step.
    private static readonly short[] Decisions =
    [
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714,
        786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
    ];

    // QM4: values of the upper four bits of a code, in units of 1/32768 of the step.
    private static readonly short[] CoarseValues =
        [0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0];

    // QM6: values of all six bits. Codes 0 to 3 are never sent: eight bits of zero would be taken for no signal.
    private static readonly short[] Values =
    [
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
        -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
        24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
    ];

    // WL by way of RL4: loud codes raise the step, quiet ones let it sink.
    private static readonly short[] Multipliers =
        [-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Encode(int sample)
    {
        var code = Quantize(G722Predictor.Saturate(sample - _predictor.Estimate));
        Adapt(code >> 2);
        return code;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Decode(int code)
    {
        var sample = Math.Clamp(_predictor.Estimate + ((_step.Value * Values[code]) >> 15), -16384, 16383);
        Adapt(code >> 2);
        return sample;
    }

    // QUANTL. Codes of negative values go down from 63, 62 and then from 31, those of the others from 61.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Quantize(int difference)
    {
        var magnitude = difference < 0 ? ~difference : difference;
        int low = 0, high = Levels;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (magnitude < (Decisions[middle] * _step.Value) >> 12)
                high = middle;
            else
                low = middle + 1;
        }

        return (difference >= 0 ? 61 : low < 2 ? 63 : 33) - low;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Adapt(int coarse)
    {
        var difference = (_step.Value * CoarseValues[coarse]) >> 15;
        _step.Adapt(Multipliers[coarse]);
        _predictor.Update(difference);
    }
}

namespace CallCenterKit.Media.Bridging;

/// <summary>
/// Turns down what one leg hears while several who talk together are louder than a sample can be, and up again once they are
/// not. One voice alone always passes unchanged.
/// </summary>
/// <remarks>A frame is known as a whole before it is sent, so the gain is down before its peak comes; only a peak within the first
/// millisecond can be cut. On the bridge's media thread.</remarks>
internal struct MixLimiter
{
    /// <summary>What the loudest sample is brought down to: 0.2 dB under the most there is.</summary>
    private const float Ceiling = 32_000;

    /// <summary>By how much the gain may rise in a frame of 20 ms: 0.5 dB, so a shout does not make the others pump.</summary>
    private const float Rise = 1.06f;

    private const int AttacksPerSecond = 1000;

    private float _cut;

    /// <summary>The gain of the last frame's end, 0 to 1.</summary>
    public readonly float Gain => 1 - _cut;

    /// <summary>Brings a sum into samples.</summary>
    /// <param name="sum">What is heard together.</param>
    /// <param name="rateHz">Its sample rate.</param>
    /// <param name="heard">As long as the sum.</param>
    public void Apply(ReadOnlySpan<int> sum, int rateHz, Span<short> heard)
    {
        var peak = MixMath.Peak(sum);
        if (_cut == 0 && peak <= -short.MinValue)
        {
            MixMath.Narrow(sum, heard);
            return;
        }

        var before = Gain;
        var wanted = peak <= Ceiling ? 1 : Ceiling / peak;
        var after = Math.Min(wanted, Math.Min(1, before * Rise));
        var ramp = after < before ? Math.Min(rateHz / AttacksPerSecond, sum.Length) : sum.Length;
        for (var i = 0; i < ramp; i++)
            heard[i] = Scale(sum[i], before + ((after - before) * (i + 1) / ramp));
        for (var i = ramp; i < sum.Length; i++)
            heard[i] = Scale(sum[i], after);
        _cut = 1 - after;
    }

    private static short Scale(int sample, float gain) => (short)Math.Clamp(sample * gain, short.MinValue, short.MaxValue);
}

using System.Numerics;

namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>xoshiro256++ begun by SplitMix64: the same numbers on every platform and in every version of .NET.</summary>
/// <param name="seed">Which run.</param>
/// <param name="stream">What the numbers are for; a seed has independent ones for each.</param>
internal sealed class SeededRandom(ulong seed, ulong stream)
{
    private readonly ulong[] _state = [.. Enumerable.Range(1, 4).Select(step => Mix(Mix(seed ^ Mix(stream)) + (ulong)step * 0x9E3779B97F4A7C15))];

    /// <summary>Uniform, from 0 to less than 1.</summary>
    public double NextShare() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double NextExponential(double mean) => -mean * Math.Log(1 - NextShare());

    private ulong Next()
    {
        var state = _state;
        var result = BitOperations.RotateLeft(state[0] + state[3], 23) + state[0];
        var shifted = state[1] << 17;
        state[2] ^= state[0];
        state[3] ^= state[1];
        state[1] ^= state[2];
        state[0] ^= state[3];
        state[2] ^= shifted;
        state[3] = BitOperations.RotateLeft(state[3], 45);
        return result;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

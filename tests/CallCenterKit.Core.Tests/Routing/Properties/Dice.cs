namespace CallCenterKit.Core.Tests.Routing.Properties;

/// <summary>Numbers that look random and follow from a seed.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>0 to less than that many.</summary>
    public int Roll(int many)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)many);
    }

    public bool OneIn(int many) => Roll(many) == 0;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Roll(choices.Length)];

    /// <summary>Whole seconds, at most that many.</summary>
    public TimeSpan Seconds(int least, int most) => TimeSpan.FromSeconds(least + Roll(most - least + 1));
}

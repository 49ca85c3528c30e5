namespace CallCenterKit.Ivr.Input;

/// <summary>What a caller keyed in, after all retries.</summary>
public abstract record DigitsResult
{
    private DigitsResult()
    {
    }

    /// <summary>As many digits as were asked for.</summary>
    /// <param name="Digits">Any of 0-9, without the terminator.</param>
    public sealed record Collected(string Digits) : DigitsResult;

    /// <summary>No key in time, at the last attempt.</summary>
    public sealed record NoInput : DigitsResult;

    /// <summary>Too few digits, or a key that is none, at the last attempt.</summary>
    /// <param name="Digits">What came before the fault.</param>
    public sealed record Invalid(string Digits) : DigitsResult;
}

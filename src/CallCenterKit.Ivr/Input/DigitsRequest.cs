using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Input;

/// <summary>How many digits a caller is asked for, and how patient the machine is.</summary>
/// <param name="Min">The fewest. 0 to <paramref name="Max"/>.</param>
/// <param name="Max">The most; the last one ends the input at once. 1 to 64.</param>
public sealed record DigitsRequest(int Min, int Max)
{
    private const int MostDigits = 64;

    /// <summary>The key that ends the input early: # by default, null for none. * or #.</summary>
    public char? Terminator { get; init; } = '#';

    /// <summary>How long to wait for the first digit after the prompt. Over zero, up to 60 s; 5 s by default.</summary>
    public TimeSpan FirstDigitTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait for each further digit. Over zero, up to 60 s; 3 s by default. Then what is there must be enough.</summary>
    public TimeSpan InterDigitTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often the prompt is repeated after no input or a wrong one. 0 to 10; 3 by default, so it is heard at most four times.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Said before the prompt is repeated because of a wrong input.</summary>
    public Prompt? InvalidPrompt { get; init; }

    /// <summary>Whether digits keyed before the prompt began count.</summary>
    public bool TypeAhead { get; init; } = true;

    /// <summary>What is wrong with these values; nothing when they can be used.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Max is < 1 or > MostDigits)
            yield return $"max {Max} must be 1 to {MostDigits}";
        if (Min < 0 || Min > Max)
            yield return $"min {Min} must be 0 to max {Max}";
        if (Terminator is not (null or '*' or '#'))
            yield return $"terminator '{Terminator}' must be * or #";
        if (!Patience.IsTimeout(FirstDigitTimeout))
            yield return $"first-digit timeout {FirstDigitTimeout} must be over zero and at most {Patience.LongestTimeout}";
        if (!Patience.IsTimeout(InterDigitTimeout))
            yield return $"inter-digit timeout {InterDigitTimeout} must be over zero and at most {Patience.LongestTimeout}";
        if (!Patience.IsRetries(Retries))
            yield return $"retries {Retries} must be 0 to {Patience.MostRetries}";
    }
}

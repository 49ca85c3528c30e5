using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Input;

/// <summary>The keys a caller may choose from, and how patient the machine is.</summary>
/// <param name="Keys">Any of 0-9, *, # and A-D, each once: "12*".</param>
public sealed record Menu(string Keys)
{
    /// <summary>How long to wait for a key after the prompt. Over zero, up to 60 s; 5 s by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the prompt is repeated after no key or a wrong one. 0 to 10; 3 by default, so it is heard at most four times.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Said before the prompt is repeated because of a wrong key.</summary>
    public Prompt? InvalidPrompt { get; init; }

    /// <summary>Whether a key pressed before the prompt began counts; false where a mistake would cost.</summary>
    public bool TypeAhead { get; init; } = true;

    /// <summary>What is wrong with these values; nothing when they can be used.</summary>
    internal IEnumerable<string> Faults()
    {
        foreach (var key in Keys.Where(key => !Keypad.IsKey(key)).Distinct())
            yield return $"key '{key}' is not on a telephone; allowed are {Keypad.Keys}";
        foreach (var key in Keys.GroupBy(key => key).Where(same => same.Count() > 1).Select(same => same.Key))
            yield return $"key '{key}' is used twice";
        if (Keys.Length == 0)
            yield return "the menu has no key";
        if (!Patience.IsTimeout(Timeout))
            yield return $"timeout {Timeout} must be over zero and at most {Patience.LongestTimeout}";
        if (!Patience.IsRetries(Retries))
            yield return $"retries {Retries} must be 0 to {Patience.MostRetries}";
    }
}

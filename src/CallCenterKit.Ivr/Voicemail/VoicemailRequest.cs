using CallCenterKit.Ivr.Prompts;

namespace CallCenterKit.Ivr.Voicemail;

/// <summary>How a message is taken.</summary>
public sealed record VoicemailRequest
{
    /// <summary>Said first, and cut short by any key; null says nothing.</summary>
    public Prompt? Greeting { get; init; }

    /// <summary>The longest message, 1 s to 1 hour.</summary>
    public TimeSpan MaxLength { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>After so much silence the message is over, 1 s to 1 min; a driver that cannot tell waits for the other ends.</summary>
    public TimeSpan SilenceEnd { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What is shorter, the silence at its end left out, is not kept. 0 s to 1 min.</summary>
    public TimeSpan MinLength { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The keys that end the message, each of 0-9, * and #; empty for none.</summary>
    public string EndKeys { get; init; } = "#";

    /// <summary>What is wrong with it; empty when it can be used.</summary>
    public IEnumerable<string> Faults()
    {
        if (MaxLength < TimeSpan.FromSeconds(1) || MaxLength > TimeSpan.FromHours(1))
            yield return $"the longest message of {MaxLength} must be 1 s to 1 hour";
        if (SilenceEnd < TimeSpan.FromSeconds(1) || SilenceEnd > TimeSpan.FromMinutes(1))
            yield return $"the silence of {SilenceEnd} must be 1 s to 1 min";
        if (MinLength < TimeSpan.Zero || MinLength > TimeSpan.FromMinutes(1))
            yield return $"the shortest message of {MinLength} must be 0 s to 1 min";
        foreach (var key in EndKeys.Where(key => !char.IsAsciiDigit(key) && key is not ('*' or '#')))
            yield return $"'{key}' is no key that can end a message";
    }
}

using CallCenterKit.Recordings;

namespace CallCenterKit.DialPlans;

/// <summary>Where a dialled number leads.</summary>
public abstract record DialPlanTarget
{
    private protected DialPlanTarget()
    {
    }

    /// <summary>Whether calls to the number are recorded, and from when; null says nothing.</summary>
    public RecordingMode? Recording { get; init; }
}

/// <summary>A flow answers.</summary>
public sealed record ToFlow(string Flow) : DialPlanTarget;

/// <summary>The caller waits in a queue, at once.</summary>
public sealed record ToQueue(QueueId Queue, bool Vip = false) : DialPlanTarget;

/// <summary>Something the center does for its agents: log in, log out, pause.</summary>
public sealed record ToFeature(string Feature) : DialPlanTarget;

/// <summary>A phone of ours rings.</summary>
public sealed record ToExtension(EndpointId Endpoint) : DialPlanTarget;

/// <summary>The phones of an agent ring, wherever the agent works now.</summary>
public sealed record ToAgent(AgentId Agent) : DialPlanTarget;

/// <summary>Says what a dialled number leads to. Immutable; any thread.</summary>
/// <remarks>
/// A pattern is a number, or the beginning of numbers followed by one "*". The exact number wins, then the longest
/// beginning. What no rule names leads nowhere: nothing is dialled outside without a rule.
/// </remarks>
public sealed class DialPlan
{
    private readonly Dictionary<string, DialPlanTarget> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DialPlanTarget> _prefixes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DialPlanTarget>.AlternateLookup<ReadOnlySpan<char>> _byPrefix;
    private readonly int _longestPrefix;

    /// <summary>Takes the rules in.</summary>
    /// <exception cref="ArgumentException">A pattern is empty, malformed, or stands twice; the message names it.</exception>
    public DialPlan(IEnumerable<KeyValuePair<string, DialPlanTarget>> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        foreach (var (pattern, target) in rules)
        {
            var star = pattern.IndexOf('*', StringComparison.Ordinal);
            var isPrefix = pattern.Length > 1 && star == pattern.Length - 1;
            if (pattern.Length == 0 || (star >= 0 && !isPrefix && !IsFeatureCode(pattern)))
                throw new ArgumentException($"Dial plan pattern '{pattern}' must be a number, or digits followed by one '*'.", nameof(rules));
            var added = isPrefix ? _prefixes.TryAdd(pattern[..^1], target) : _exact.TryAdd(pattern, target);
            if (!added)
                throw new ArgumentException($"Dial plan pattern '{pattern}' stands twice; each number can lead to one place only.", nameof(rules));
            _longestPrefix = Math.Max(_longestPrefix, isPrefix ? pattern.Length - 1 : 0);
        }
        _byPrefix = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Where a rule for exactly this number leads; null when there is none.</summary>
    public DialPlanTarget? FindExact(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return _exact.GetValueOrDefault(number);
    }

    /// <summary>Where the number leads; null when no rule names it.</summary>
    public DialPlanTarget? Find(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        if (_exact.TryGetValue(number, out var target))
            return target;
        for (var length = Math.Min(number.Length, _longestPrefix); length > 0; length--)
        {
            if (_byPrefix.TryGetValue(number.AsSpan(0, length), out target))
                return target;
        }
        return null;
    }

    /// <summary>What follows the beginning by which the number is found; empty when a rule names it whole, or none does.</summary>
    public string RestOf(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        for (var length = _exact.ContainsKey(number) ? 0 : Math.Min(number.Length, _longestPrefix); length > 0; length--)
        {
            if (_byPrefix.ContainsKey(number.AsSpan(0, length)))
                return number[length..];
        }
        return "";
    }

    private static bool IsFeatureCode(string pattern) =>
        pattern.Length > 1 && pattern[0] == '*' && pattern.AsSpan(1).IndexOf('*') < 0;
}

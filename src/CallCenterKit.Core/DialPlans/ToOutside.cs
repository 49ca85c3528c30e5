using System.Buffers;

namespace CallCenterKit.DialPlans;

/// <summary>A number outside, over trunks, for those who may dial it.</summary>
/// <remarks>
/// Toll fraud is closed by default: a rule serves our own phones and agents only. A call that came over a trunk needs to be let
/// through by name and never goes back over the trunk it came from; a stranger is never let through.
/// </remarks>
/// <param name="Rule">The name of the rule; empty for the one without options.</param>
public sealed record ToOutside(string Rule = "") : DialPlanTarget
{
    private const int LongestNumber = 32;
    private static readonly SearchValues<char> Dialled = SearchValues.Create("0123456789*#");

    /// <summary>The trunks that may carry it, one after another; empty: all.</summary>
    public IReadOnlyList<string> Trunks { get; init; } = [];

    /// <summary>How many characters are cut from the beginning of what was dialled.</summary>
    public int Strip { get; init; }

    /// <summary>What is put in their place.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The number of ours that is shown; null: that of the phone.</summary>
    public string? CallerId { get; init; }

    /// <summary>The name that is shown with it; null is none.</summary>
    public string? CallerName { get; init; }

    /// <summary>The queue whose after-call work and dispositions apply and in whose figures it counts; null: no after-call work.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>How long the number is rung.</summary>
    public TimeSpan RingTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The phones and agents that may dial it; null: each of ours.</summary>
    public OutsideCallers? Callers { get; init; }

    /// <summary>The trunks whose calls it lets through; empty: none.</summary>
    public IReadOnlyList<string> FromTrunks { get; init; } = [];

    /// <summary>Whether a caller who asked for it is called back by this rule.</summary>
    public bool CallsBack { get; init; }

    /// <summary>The rule as logs and records name it: "outside:NAME".</summary>
    public string Name => Rule.Length == 0 ? "outside" : $"outside:{Rule}";

    /// <summary>Whether somebody of ours may dial it.</summary>
    /// <param name="phone">From which phone; null from none.</param>
    /// <param name="agent">Who works from it, or asks for the call; null is nobody.</param>
    public bool Allows(EndpointId? phone, AgentId? agent) =>
        (phone is not null || agent is not null) && (Callers is null || Callers.Include(phone, agent));

    /// <summary>The trunks left to a call that came over one; none when it may not go out again.</summary>
    public IReadOnlyList<string> TrunksFor(string from) =>
        FromTrunks.Contains(from, StringComparer.Ordinal) ? [.. Trunks.Where(trunk => trunk != from)] : [];

    /// <summary>The number as the trunk is told it; null when nothing that can be dialled is left of it.</summary>
    public string? NumberOf(string dialled)
    {
        ArgumentNullException.ThrowIfNull(dialled);
        if (dialled.Length <= Strip)
            return null;
        var number = string.Concat(Prefix, dialled.AsSpan(Strip));
        return IsNumber(number) ? number : null;
    }

    /// <summary>1 to 32 digits, "*" or "#", after a "+" or not.</summary>
    public static bool IsNumber(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var digits = number.AsSpan(number.StartsWith('+') ? 1 : 0);
        return digits.Length is > 0 and <= LongestNumber && digits.IndexOfAnyExcept(Dialled) < 0;
    }
}

/// <summary>Who may dial outside by a rule.</summary>
/// <param name="Phones">From these phones anybody.</param>
/// <param name="Agents">These from any phone.</param>
public sealed record OutsideCallers(IReadOnlySet<EndpointId> Phones, IReadOnlySet<AgentId> Agents)
{
    internal bool Include(EndpointId? phone, AgentId? agent) =>
        (phone is { } from && Phones.Contains(from)) || (agent is { } who && Agents.Contains(who));
}

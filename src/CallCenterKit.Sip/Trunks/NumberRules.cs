namespace CallCenterKit.Sip.Trunks;

/// <summary>Turns numbers of one network into those of another, by their beginnings. Any thread.</summary>
internal sealed class NumberRules(IEnumerable<string> rules)
{
    private const string Arrow = "=>";

    private readonly (string Prefix, string Replacement)[] _rules = [.. rules.Select(rule => TryParse(rule, out var parsed)
        ? parsed : throw new ArgumentException($"Rule '{rule}' must be a beginning, '{Arrow}' and its replacement.", nameof(rules)))];

    /// <summary>The number after the first rule that fits.</summary>
    public string Apply(string number)
    {
        foreach (var (prefix, replacement) in _rules)
        {
            if (number.Length > 0 && number.StartsWith(prefix, StringComparison.Ordinal))
                return string.Concat(replacement, number.AsSpan(prefix.Length));
        }
        return number;
    }

    /// <summary>Only a rule that was written for just this number changes it: "1=>+491" is not meant for 112.</summary>
    public string ApplyExactly(string number)
    {
        foreach (var (prefix, replacement) in _rules)
        {
            if (number.Length > 0 && number == prefix)
                return replacement;
        }
        return number;
    }

    public static bool TryParse(string text, out (string Prefix, string Replacement) rule)
    {
        rule = default;
        var arrow = text.IndexOf(Arrow, StringComparison.Ordinal);
        if (arrow < 0)
            return false;
        rule = (text[..arrow].Trim(), text[(arrow + Arrow.Length)..].Trim());
        return IsPart(rule.Prefix) && IsPart(rule.Replacement) && rule != ("", "");
    }

    private static bool IsPart(string text) => text.All(static c => char.IsAsciiLetterOrDigit(c) || "+*#-._".Contains(c, StringComparison.Ordinal));
}

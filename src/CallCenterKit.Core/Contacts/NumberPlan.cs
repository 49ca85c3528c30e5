namespace CallCenterKit.Contacts;

/// <summary>How numbers are dialled in one country, to write every number in one way. Immutable; any thread.</summary>
/// <param name="CountryCode">1 to 3 digits without plus, "370"; empty is none, and national numbers stay national.</param>
/// <param name="InternationalPrefix">Dialled before a country code: "00", "011" in North America; empty is none.</param>
/// <param name="TrunkPrefix">Dialled before a national number: "0", "1" in North America; empty where there is none, and then every number without a plus or international prefix is national.</param>
public sealed record NumberPlan(string CountryCode, string InternationalPrefix = "00", string TrunkPrefix = "0")
{
    private const int FewestDigits = 6;
    private const int MostDigits = 15; // ITU-T E.164 §6
    private const int LongestText = 64;
    private const string WrittenTrunkPrefix = "(0)";

    /// <summary>No country: only removes separators and turns "00" into a plus.</summary>
    public static NumberPlan None { get; } = new("");

    private bool IsNorthAmerican => CountryCode == "1";

    /// <summary>The number as E.164 writes it, "+37061234567", as far as it can be told.</summary>
    /// <remarks>
    /// <para>Spaces, dots, dashes and parentheses go, so do "tel:", what follows a ';', and the "(0)" of "+44 (0)20 7946 0958".
    /// Where the country code is 1, ten digits are a national number without its prefix. Other numbers without any
    /// prefix stay national.</para>
    /// <para>Names, numbers of fewer than 6 digits (extensions, emergency calls) and of more than 15 stay as they are, without
    /// blanks around them. A number that is in order comes back unchanged.</para>
    /// </remarks>
    public string Normalise(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var whole = number.Trim();
        var body = Body(whole);
        Span<char> buffer = stackalloc char[LongestText];
        if (!TryClean(body, buffer, out var length) || length == 0)
            return whole;
        ReadOnlySpan<char> digits = buffer[..length];
        if (digits.TrimStart('+').Length < FewestDigits)
            return body.ToString();
        return WithCountryCode(digits) is { } result && result.AsSpan().TrimStart('+').Length <= MostDigits ? result : whole;
    }

    /// <summary>What is wrong with the plan, a sentence each; empty when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (CountryCode is null or { Length: > 3 } || CountryCode.StartsWith('0') || !CountryCode.All(char.IsAsciiDigit))
            yield return $"CountryCode '{CountryCode}' must be 1 to 3 digits, the first not 0, or empty for none.";
        if (!IsPrefix(InternationalPrefix))
            yield return $"InternationalPrefix '{InternationalPrefix}' must be at most 5 digits, or empty for none.";
        if (!IsPrefix(TrunkPrefix))
            yield return $"TrunkPrefix '{TrunkPrefix}' must be at most 5 digits, or empty for none.";
        if (!string.IsNullOrEmpty(InternationalPrefix) && TrunkPrefix?.StartsWith(InternationalPrefix, StringComparison.Ordinal) == true)
            yield return $"TrunkPrefix '{TrunkPrefix}' must not begin with InternationalPrefix '{InternationalPrefix}', which would always be seen first.";
    }

    /// <summary>Without the scheme and parameters of a telephone URI (RFC 3966 §3).</summary>
    private static ReadOnlySpan<char> Body(ReadOnlySpan<char> whole)
    {
        if (whole.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
            whole = whole["tel:".Length..];
        var parameters = whole.IndexOf(';');
        return (parameters < 0 ? whole : whole[..parameters]).Trim();
    }

    /// <summary>Leaves a plus and digits; false when there is anything else but separators.</summary>
    private bool TryClean(ReadOnlySpan<char> body, Span<char> digits, out int length)
    {
        length = 0;
        if (body.Length > digits.Length)
            return false;
        for (var i = 0; i < body.Length; i++)
        {
            var character = body[i];
            if (char.IsAsciiDigit(character) || (character == '+' && length == 0))
                digits[length++] = character;
            else if (body[i..].StartsWith(WrittenTrunkPrefix, StringComparison.Ordinal) && IsPastCountryCode(digits[..length]))
                i += WrittenTrunkPrefix.Length - 1;
            else if (!IsSeparator(character))
                return false;
        }
        return true;
    }

    private static bool IsSeparator(char character) => character is '.' or '(' or ')'
        || char.IsWhiteSpace(character)
        || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.DashPunctuation;

    private bool IsPastCountryCode(ReadOnlySpan<char> digits) =>
        digits.Length > 1 && (digits[0] == '+' || (IsInternational(digits) && digits.Length > InternationalPrefix.Length));

    // No country code begins with 0, so "000..." is something else.
    private bool IsInternational(ReadOnlySpan<char> digits) => InternationalPrefix.Length > 0
        && digits.StartsWith(InternationalPrefix, StringComparison.Ordinal)
        && !digits[InternationalPrefix.Length..].StartsWith('0');

    private string? WithCountryCode(ReadOnlySpan<char> digits)
    {
        if (digits[0] == '+')
            return digits.ToString();
        if (IsInternational(digits))
            return digits.Length > InternationalPrefix.Length ? $"+{digits[InternationalPrefix.Length..]}" : null;
        if (InternationalPrefix.Length > 0 && digits.StartsWith(InternationalPrefix, StringComparison.Ordinal))
            return null;
        if (CountryCode.Length > 0 && digits.StartsWith(TrunkPrefix, StringComparison.Ordinal))
            return $"+{CountryCode}{digits[TrunkPrefix.Length..]}";
        return IsNorthAmerican && digits.Length == 10 ? $"+1{digits}" : digits.ToString();
    }

    private static bool IsPrefix(string? text) => text is { Length: <= 5 } && text.All(char.IsAsciiDigit);
}

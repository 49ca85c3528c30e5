namespace CallCenterKit.Skills;

/// <summary>Which characters names and words of skills consist of.</summary>
internal static class SkillText
{
    /// <summary>A letter, then letters, digits, '-', '_' and '.', 64 at most; not a word of the language of expressions.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 64 && char.IsLetter(text[0]) && text.All(IsWordPart) && !IsReserved(text);

    /// <summary>What can stand between apostrophes.</summary>
    public static bool IsText(string text) => text.Length > 0 && !text.Any(c => c == '\'' || char.IsControl(c));

    public static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.';

    private static bool IsReserved(string text) =>
        text.Equals("and", StringComparison.OrdinalIgnoreCase)
        || text.Equals("or", StringComparison.OrdinalIgnoreCase)
        || text.Equals("not", StringComparison.OrdinalIgnoreCase)
        || text.Equals("any", StringComparison.OrdinalIgnoreCase);
}
